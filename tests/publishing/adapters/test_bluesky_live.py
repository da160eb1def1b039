"""Bluesky's own server: the whole contract against the real thing, and what a fake can only claim."""

import itertools
import threading
from dataclasses import replace

import pytest

from publishing.adapters import atproto
from publishing.adapters.bluesky import Bluesky
from publishing.errors import ContentRejected, NotAuthorised
from publishing.message import Message, mention_of
from tests.publishing.adapters.contract import Contract, Kind, Shown, picture
from tests.publishing.adapters.test_bluesky import DELETE, PUT, UPLOAD, moving
from tests.servers.through import Through

pytestmark = pytest.mark.servers
POST = "app.bsky.feed.post"
numbers = itertools.count(1)


class Live(Through):
    """An account on the real server, and a wire to it that can be cut."""

    def __init__(self, pds, owner):
        super().__init__(pds.url)
        self.pds, self.owner = pds, owner
        self.revoked = False

    @property
    def records(self):
        """Oldest first, by record key."""
        query = {"repo": self.owner.did, "collection": POST, "reverse": "true"}
        found = self.pds.call("GET", "com.atproto.repo.listRecords", params=query).json()["records"]
        return {item["uri"].rpartition("/")[2]: item["value"] for item in found}

    def blob(self, link):
        query = {"did": self.owner.did, "cid": link}
        return self.pds.call("GET", "com.atproto.sync.getBlob", params=query).content

    def owns(self, method, **body):
        """What the owner of the account does beside us."""
        body = {"repo": self.owner.did, "collection": POST, **body}
        return self.pds.call("POST", f"com.atproto.{method}", json=body, token=self.owner.token)


def shown(fake):
    return [
        Shown(
            record["text"],
            [
                (fake.blob(image["image"]["ref"]["$link"]), image["alt"])
                for image in record.get("embed", {}).get("images", [])
            ],
            record.get("embed", {}).get("external", {}).get("uri", ""),
            *record["langs"],
            record.get("reply", {}).get("parent", {}).get("uri", ""),
            moving(record.get("embed", {}), fake.blob),
        )
        for record in fake.records.values()
    ]


def lose_alt(fake):
    for rkey, record in fake.records.items():
        for image in record["embed"]["images"]:
            image["alt"] = ""
        fake.owns("repo.putRecord", rkey=rkey, record=record).raise_for_status()


def revoke(fake):
    fake.owns("server.revokeAppPassword", name="pejlemaerke").raise_for_status()
    fake.revoked = True


@pytest.fixture(scope="module")
def owners():
    """Accounts that the next test may use: making one takes a second."""
    return []


class TestTheRealServer(Contract):
    kind = Kind(
        adapter=Bluesky(),
        fake=Live,
        config=lambda fake: {"service": fake.url, "handle": fake.owner.handle},
        secrets=lambda fake: {"app_password": fake.owner.app_password},
        shown=shown,
        revoke=revoke,
        posting=lambda seen: seen.path == PUT,
        uploading=lambda seen: seen.path == UPLOAD,
        deleting=lambda seen: seen.path == DELETE,
        lose_alt=lose_alt,
        refuses_orphans=False,
    )

    @pytest.fixture
    def fake(self, bluesky_server, owners):
        owner = owners.pop() if owners else bluesky_server.account(f"politi{next(numbers)}")
        with self.kind.fake(bluesky_server, owner) as fake:
            yield fake
            if not fake.revoked:
                for rkey in fake.records:
                    fake.owns("repo.deleteRecord", rkey=rkey).raise_for_status()
                owners.append(owner)

    # Figures come from Bluesky's index of all servers, which does not run here.
    test_figures_are_whole_numbers = None
    test_a_post_that_is_gone_has_no_figures = None
    # Here the wire answers, not the server: with the fake is enough.
    test_a_refused_post_becomes_the_true_error = None
    test_a_refused_image_stops_the_post = None
    test_a_lost_answer_to_an_image_is_temporary_and_nothing_is_posted = None
    test_a_good_status_without_a_proof_is_unknown = None
    test_a_refused_connection_is_temporary = None
    test_it_waits_as_long_as_it_is_told = None

    @pytest.mark.parametrize("letter", ["æ", "🚲", "👩‍👩‍👧", "e\u0301", "🇩🇰", "👍🏽", "\r\n", "한", "กำ", "❤️"])
    def test_it_counts_as_we_do(self, fake, account, letter):
        text = letter * 20
        used, most = self.kind.adapter.count(account, Message(text=text))
        full = text + "." * (most - used)
        self.kind.adapter.send(account, Message(text=full), self.new_key())
        assert [record["text"] for record in fake.records.values()] == [full]
        too_long = {"$type": POST, "text": f"{full}.", "createdAt": "2026-03-01T08:00:00.000Z"}
        answer = fake.owns("repo.createRecord", record=too_long)
        assert "grapheme too big (maximum 300, got 301)" in answer.json()["message"]

    def test_facets_and_cards_are_taken_as_valid(self, fake, account):
        text = "Ålborg 🚲👩‍👩‍👧 #Øresund og https://politi.example/å?a=1&b=2. (Se https://politi.example/x_(y))"
        message = Message(text=text, link="https://politi.example/lys", title="Lys", summary="Sådan")
        self.kind.adapter.send(account, message, self.new_key())
        [record] = fake.records.values()
        data = record["text"].encode()
        cut = [data[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in record["facets"]]
        assert cut == ["#Øresund", "https://politi.example/å?a=1&b=2", "https://politi.example/x_(y)"]

    def test_a_mention_names_whom_the_server_knows_by_that_handle(self, fake, account):
        handle = f"@{fake.owner.handle}"
        assert self.kind.adapter.identify(account, handle) == fake.owner.did
        assert self.kind.adapter.identify(account, "@ingen.test") is None
        message = Message(text=f"Ålborg: {handle}.", extra={mention_of(handle): fake.owner.did})
        self.kind.adapter.send(account, message, self.new_key())
        [record] = fake.records.values()
        [facet] = record["facets"]
        assert facet["features"][0]["did"] == fake.owner.did
        assert record["text"].encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]] == handle.encode()

    def test_six_workers_with_the_same_delivery_make_one_post(self, fake, account, outbox):
        message, key, found = Message(text="Hej", media=(picture("En cykel"),)), self.new_key(), []
        account = replace(account, config={**account.config, "service": fake.pds.url})  # all at once, past the wire

        def work():
            found.append(self.kind.adapter.send(account, message, key).remote_id)

        workers = [threading.Thread(target=work) for _number in range(6)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
        assert len(found) == 6
        assert len(set(found)) == len(fake.records) == 1

    def test_our_record_keys_and_addresses_of_images_are_the_servers_own(self, fake, account, message):
        key = self.new_key()
        receipt = self.kind.adapter.send(account, message, key)
        assert list(fake.records) == [atproto.tid(key)]
        assert receipt.remote_id == f"at://{fake.owner.did}/{POST}/{atproto.tid(key)}"
        [record] = fake.records.values()
        links = [image["image"]["ref"]["$link"] for image in record["embed"]["images"]]
        assert links == [atproto.cid(media.sha256) for media in message.media]

    def test_another_post_under_our_key_is_not_overwritten(self, fake, account):
        key = self.new_key()
        self.kind.adapter.send(account, Message(text="Først"), key)
        with pytest.raises(ContentRejected):
            self.kind.adapter.send(account, Message(text="Noget andet"), key)
        assert [record["text"] for record in fake.records.values()] == ["Først"]

    def test_a_revoked_app_password_is_noticed_when_the_session_is_renewed(self, fake, account):
        revoke(fake)
        with pytest.raises(NotAuthorised):
            self.kind.adapter.refresh(account)
        with pytest.raises(NotAuthorised):
            self.kind.adapter.verify(account)
