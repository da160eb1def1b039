"""Three kinds of channel over real HTTP: what a platform can promise decides what we can.

* keyed: the platform merges repeats of one key, and can be asked
* open: no key, but the time line can be read
* closed: no key, and nothing to read; then only a person can know
"""

from importlib import import_module

from publishing import adapters, http
from publishing.adapters.base import Absent, Adapter, Limits, ReadBack, Receipt
from publishing.errors import OutcomeUnknown, TemporaryError


class Keyed(Adapter):
    kind = "crash_keyed"
    label = "Keyed"
    limits = Limits(characters=1000, idempotent=True, find=True, read=True, replies=True, in_house=True)
    keyed = True

    def validate(self, account, message):
        return []

    def translate(self, account, message, key):
        return []

    def send(self, account, message, key):
        headers = {"Idempotency-Key": str(key.uuid)} if self.keyed else {}
        body = {"text": message.text, "answers": key.answers.remote_id if key.answers else None}
        response = http.request("POST", f"{account.config['url']}/posts", headers=headers, json=body, effect=True)
        if response.status == 503:
            raise TemporaryError("Down.")
        if not response.ok:
            raise OutcomeUnknown("The answer makes no sense.", str(response.status))
        return Receipt(response.get("id"))

    def find(self, account, message, key):
        response = http.request("GET", f"{account.config['url']}/posts", params={"text": message.text}, effect=False)
        found = response.get("ids")
        return Receipt(found[0]) if found else Absent("not on the time line")

    def read(self, account, message, receipt):
        response = http.request("GET", f"{account.config['url']}/posts", params={"text": message.text}, effect=False)
        return ReadBack(bool(response.get("ids")))


class Open(Keyed):
    kind = "crash_open"
    limits = Limits(characters=1000, find=True, read=True, replies=True, in_house=True)
    keyed = False


class Closed(Keyed):
    kind = "crash_closed"
    limits = Limits(characters=1000, in_house=True)
    keyed = False


KINDS = {cls.kind: f"{__name__}.{cls.__name__}" for cls in (Keyed, Open, Closed)}


# Pieces of a video, in bytes: small, so that a small one has several, and they go in several attempts.
PIECES = {"facebook_upload.PIECE": 20_000, "linkedin_video.PART": 20_000, "video_steps.AT_ONCE": 40_000}


def register():
    """In a worker."""
    adapters.KINDS.update(KINDS)
    for name, size in PIECES.items():
        module, constant = name.split(".")
        setattr(import_module(f"publishing.adapters.{module}"), constant, size)
