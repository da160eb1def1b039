"""``uv run python -m tests.benchmarks [throughput lateness claims drain month coverage]``: measures, and prints tables.

Needs PostgreSQL and Redis on this machine (BENCHMARK_POSTGRESQL, BENCHMARK_REDIS name others); the embedded set-up
needs nothing. Everything runs in databases of its own, which are dropped afterwards. Images are measured apart, by
``tests.benchmarks.images``.
"""

import json
import os
import subprocess
import sys
from tempfile import TemporaryDirectory

import psycopg

POSTGRESQL = os.environ.get("BENCHMARK_POSTGRESQL", "postgres://root@127.0.0.1:5432")
REDIS = os.environ.get("BENCHMARK_REDIS", "redis://127.0.0.1:6379/6")
DATABASE = "pm_crash_benchmark"
ROWS = (10_000, 1_000_000)


def measure(environment, *words):
    command = [sys.executable, "-m", "tests.benchmarks.measures", *map(str, words)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def environments(folder):
    """PostgreSQL with Redis, and the embedded set-up, each migrated."""
    common = {
        **os.environ,
        # As in production: with DEBUG every statement is written down, which costs as much as running it.
        "DEBUG": "False",
        "SECRET_KEY": "only-for-the-benchmarks" * 3,
        "CREDENTIALS_KEYS": "only-for-the-benchmarks",
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://example.org",
        "PUBLISHING_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        "LOG_LEVEL": "CRITICAL",
        "DATA_DIR": folder,
    }
    found = {
        "PostgreSQL + Redis": {**common, "DATABASE_URL": f"{POSTGRESQL}/{DATABASE}", "BROKER_URL": REDIS},
        "SQLite, embedded": {**common, "DATABASE_URL": f"sqlite:///{folder}/b.sqlite3", "BROKER_URL": "filesystem://"},
    }
    for environment in found.values():
        for words in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([sys.executable, "manage.py", *words, "-v0"], env=environment, check=True)
    return found


def main(wanted):
    admin = psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True)
    admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    admin.execute(f"CREATE DATABASE {DATABASE}")
    try:
        with TemporaryDirectory() as folder:
            report(wanted, environments(folder))
    finally:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def report(wanted, places):
    print(f"Load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    for place, environment in places.items():
        if "throughput" in wanted and "PostgreSQL" in place:
            found = measure(environment, "throughput")
            print(f"{place}: throughput {found['ratio']:.2f} of a bare session", flush=True)
            print(f"  engine {found['engine']:.0f}/s, bare {found['bare'][0]:.0f} and {found['bare'][1]:.0f}/s")
        if "drain" in wanted:
            found = measure(environment, "drain")
            print(f"{place}: {found['count']} due posts drained in {found['seconds']:.1f} s", flush=True)
        if "month" in wanted:
            found = measure(environment, "month")
            print(f"{place}: a month of {found['entries']} placements of {found['rows']:,}: {found['queries']} queries")
            print(f"  {found['of_the_view']} of them read the plan, in {found['reading'] * 1000:.0f} ms;", end=" ")
            print(f"the page {found['seconds'] * 1000:.0f} ms and {found['kilobytes']:.0f} kB", flush=True)
        if "coverage" in wanted and "PostgreSQL" in place:
            found = measure(environment, "coverage")
            rows = f"{found['placements']:,} placements, {found['months']} closed months"
            print(f"{place}: coverage of {rows}: the table of this quarter {found['figure']:.2f} s", end="")
            print(f" in {found['queries']} queries, of the year {found['year']:.2f} s; ", end="")
            print(f"the page {found['page']:.2f} s, what stands beside it {found['beside']:.2f} s")
            print(f"  counting what is open, once a minute, {found['kept']:.1f} s; ", end="")
            print(f"while nobody has, the table takes {found['live']:.2f} s")
            print(f"  figures beside: every ten minutes, {found['kept_beside']:.1f} s; while nobody has", end=" ")
            print(f"counted, {found['counted_beside']:.2f} s for the quarter; of the year {found['beside_year']:.2f} s")
            parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in found["selections"].items())
            print(f"  a selection of the quarter: {parts}; beside it, of the year {found['selected']:.2f} s")
            print(f"  the front page {found['front']:.2f} s, a page without figures {found['other']:.2f} s", end="; ")
            print(
                f"all months closed in one pass in {found['closed']:.1f} s and held against what is there in", end=" "
            )
            print(f"{found['compared']:.1f} s ({found['megabytes']:.0f} MB)", *found["plans"], sep="\n\n", flush=True)
        for rows in ROWS:
            if "claims" in wanted:
                found = measure(environment, "claims", rows)
                times = f"{found['p50'] * 1000:.1f} ms, the bell {found['bell'] * 1000:.2f} ms"
                print(f"{place}: a claim of 20 beside {rows:,} planned rows: {times}\n{found['plan']}", flush=True)
            if "lateness" in wanted:
                found = measure(environment, "lateness", rows)
                late = f"p50 {found['p50']:.2f} s, p99 {found['p99']:.2f} s, worst {found['worst']:.2f} s"
                print(f"{place}: lateness beside {rows:,} planned rows: {late}", flush=True)
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["throughput", "drain", "claims", "lateness", "month", "coverage"])
