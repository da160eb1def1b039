"""Worker processes of the tests: the product's own pump or Celery worker, with a place to die.

``python -m tests.crash.worker`` loads the product once and then forks a fresh process, in a group of its own, for
each line of JSON it reads; it answers with the process's number.
"""

import ctypes
import json
import os
import signal
import sys
import time
import traceback

import django

PR_SET_PDEATHSIG = 1


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    from cms.celery import app
    from tests.crash import kinds

    kinds.register()
    app.loader.import_default_modules()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            as_worker(json.loads(line), app)
        print(pid, flush=True)


def as_worker(order, app):
    """Never returns."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        run(order, app)
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def run(order, app):
    from publishing import evidence, guards, sending
    from tests.crash import killing

    if not order["guards"]:
        guards._guards.clear()
    killing.arm(order["plan"], order["seed"])
    if order["run_as"] == "celery":
        app.worker_main(["--quiet", "worker", "--pool=threads", "--concurrency=32", "--loglevel=ERROR"])
        return
    while True:
        sending.send_due()
        evidence.seal()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
