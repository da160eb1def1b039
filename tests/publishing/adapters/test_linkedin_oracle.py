"""What LinkedIn's own Python client sends, compared field by field with what we send.

The client is told the same things in its own words and talks to the same fake, which records both.
"""

import json
from dataclasses import replace

import pytest
from linkedin_api.clients.auth.client import AuthClient
from linkedin_api.clients.restli.client import RestliClient
from linkedin_api.common import constants

from publishing.adapters.linkedin import LinkedIn
from tests.fakes.linkedin import CLIENT, ORGANIZATION, SECRET, TOKEN
from tests.publishing.adapters.contract import Stage, film, jpeg
from tests.publishing.adapters.test_linkedin import KIND

VERSION = "202606"
HEADERS = ("authorization", "linkedin-version", "x-restli-protocol-version", "x-restli-method", "content-type")
BACK = "https://pejlemaerke.example/admin/channels/connected/"


def facts(seen):
    """All that LinkedIn could tell the two apart by."""
    sent = seen.headers.get("content-type", "")
    body = (json.loads(seen.body) if sent == "application/json" else seen.content()) if seen.body else None
    heads = {name: seen.headers.get(name) for name in HEADERS if name != "content-type" or seen.body}
    return {"method": seen.method, "path": seen.path, "query": seen.query, "body": body, **heads}


class TestOracle(Stage):
    kind = KIND

    @pytest.fixture(autouse=True)
    def to_the_fake(self, fake, monkeypatch):
        monkeypatch.setattr(constants, "VERSIONED_BASE_URL", f"{fake.url}/rest")
        monkeypatch.setattr(constants, "OAUTH_BASE_URL", f"{fake.url}/oauth/v2")

    @pytest.fixture
    def client(self):
        client = RestliClient()
        client.session.trust_env = False
        yield client
        client.session.close()

    def ours(self, fake, wanted):
        return [facts(seen) for seen in fake.seen if wanted(seen)]

    def theirs(self, fake, ask):
        fake.seen.clear()
        ask()
        [seen] = fake.seen
        return facts(seen)

    def test_a_post_with_images_is_made_as_linkedin_makes_it(self, fake, account, message, client):
        LinkedIn().send(account, message, self.new_key())
        [ours] = self.ours(fake, lambda seen: (seen.method, seen.path) == ("POST", "/rest/posts"))
        fake.ghosts.clear()
        fake.posts.clear()
        images = [{"id": urn, "altText": media.alt} for urn, media in zip(fake.images, message.media, strict=True)]
        entity = {
            "author": ORGANIZATION,
            "commentary": "Husk lys på cyklen 🚲 når det er mørkt.\n\nSe hvordan her. {hashtag|\\#|trafik}"
            "\n\nhttps://politi.example/lys?a=1&b=2",
            "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "content": {"multiImage": {"images": images}},
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        told = {"resource_path": "/posts", "access_token": TOKEN, "version_string": VERSION}
        assert ours == self.theirs(fake, lambda: client.create(entity=entity, **told))

    def test_a_place_for_an_image_is_asked_for_as_linkedin_asks(self, fake, account, message, client):
        LinkedIn().send(account, message, self.new_key())
        [ours, _second] = self.ours(fake, lambda seen: (seen.method, seen.path) == ("POST", "/rest/images"))
        told = {"resource_path": "/images", "access_token": TOKEN, "version_string": VERSION}
        params = {"initializeUploadRequest": {"owner": ORGANIZATION}}
        assert ours == self.theirs(
            fake, lambda: client.action(action_name="initializeUpload", action_params=params, **told)
        )
        assert jpeg() in [content for content, _mime in fake.images.values()]

    def test_a_video_is_announced_ended_and_looked_at_as_linkedin_does(self, fake, account, message, client):
        moving = replace(message, media=(), video=film(LinkedIn.limits))
        self.send(account, moving)
        [urn] = fake.videos
        begun, ended, looked = self.ours(fake, lambda seen: seen.path.startswith("/rest/videos"))
        [posted] = self.ours(fake, lambda seen: seen.path == "/rest/posts")
        assert posted["body"]["content"] == {"media": {"id": urn, "altText": moving.video.description}}
        told = {"access_token": TOKEN, "version_string": VERSION}
        asked = {"owner": ORGANIZATION, "fileSizeBytes": moving.video.size}
        asked |= {"uploadCaptions": True, "uploadThumbnail": False}
        begin = {"action_name": "initializeUpload", "action_params": {"initializeUploadRequest": asked}}
        assert begun == self.theirs(fake, lambda: client.action(resource_path="/videos", **begin, **told))
        fake.videos[urn].whole = False
        end = {"action_name": "finalizeUpload", "action_params": ended["body"]}
        assert ended == self.theirs(fake, lambda: client.action(resource_path="/videos", **end, **told))
        one = {"resource_path": "/videos/{id}", "path_keys": {"id": urn}}
        assert looked == self.theirs(fake, lambda: client.get(**one, **told))

    def test_a_post_is_looked_at_found_and_deleted_as_linkedin_does(self, fake, account, message, client):
        key = self.new_key()
        receipt = LinkedIn().send(account, message, key)
        LinkedIn().find(account, message, key)
        LinkedIn().withdraw(account, receipt)
        [delete] = self.ours(fake, lambda seen: seen.method == "DELETE")
        looked = self.ours(fake, lambda seen: seen.method == "GET" and seen.path.startswith("/rest/posts"))
        one = {"resource_path": "/posts/{id}", "path_keys": {"id": receipt.remote_id}}
        told = {"access_token": TOKEN, "version_string": VERSION}
        query = {"author": ORGANIZATION, "count": 100, "start": 0, "sortBy": "CREATED"}
        find = {"resource_path": "/posts", "finder_name": "author", "query_params": query}
        assert delete == self.theirs(fake, lambda: client.delete(**one, **told))
        assert looked == [
            self.theirs(fake, lambda: client.finder(**find, **told)),
            self.theirs(fake, lambda: client.get(**one, **told)),
        ]

    def test_a_post_is_changed_as_linkedin_changes_one(self, fake, account, message, client):
        receipt = LinkedIn().send(account, message, self.new_key())
        LinkedIn().edit(account, replace(message, text="Rettelse: fra kl. 16. #lys"), receipt, self.new_key())
        [ours] = self.ours(fake, lambda seen: seen.headers.get("x-restli-method") == "PARTIAL_UPDATE")
        words = f"Rettelse: fra kl. 16. {{hashtag|\\#|lys}}\n\n{message.link}"
        one = {"resource_path": "/posts/{id}", "path_keys": {"id": receipt.remote_id}}
        told = {"access_token": TOKEN, "version_string": VERSION}
        assert ours == self.theirs(
            fake, lambda: client.partial_update(patch_set_object={"commentary": words}, **one, **told)
        )

    def test_figures_are_asked_for_as_linkedin_asks(self, fake, account, message, client):
        receipt = LinkedIn().send(account, message, self.new_key())
        LinkedIn().metrics(account, receipt)
        [ours] = self.ours(fake, lambda seen: "Statistics" in seen.path)
        query = {"organizationalEntity": ORGANIZATION, "shares": [receipt.remote_id]}
        told = {"access_token": TOKEN, "version_string": VERSION}
        path = "/organizationalEntityShareStatistics"
        assert ours == self.theirs(
            fake,
            lambda: client.finder(resource_path=path, finder_name="organizationalEntity", query_params=query, **told),
        )

    def test_access_is_asked_for_as_linkedin_asks(self, fake, account):
        page = LinkedIn().consent(account, redirect_uri=BACK, state="s", challenge="c")
        theirs = AuthClient(CLIENT, SECRET, BACK)
        theirs.session.trust_env = False
        scopes = ["r_organization_social", "w_organization_social", "r_organization_admin"]
        asked = theirs.generate_member_auth_url(scopes=scopes, state="s").replace("%20", "+")
        assert page.replace(fake.url, "https://www.linkedin.com") == asked
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fake, "codes", {"c": BACK, "d": BACK})
            LinkedIn().exchange(account, code="c", redirect_uri=BACK, verifier="v")
            [ours] = self.ours(fake, lambda seen: seen.path.endswith("/accessToken"))
            found = self.theirs(fake, lambda: theirs.exchange_auth_code_for_access_token("d"))
        assert {**ours, "body": {**ours["body"], "code": ""}} == {**found, "body": {**found["body"], "code": ""}}
        fake.seen.clear()
        LinkedIn().verify(account)
        [ours] = self.ours(fake, lambda seen: seen.path.endswith("/introspectToken"))
        assert ours == self.theirs(fake, lambda: theirs.introspect_access_token(TOKEN))
        theirs.session.close()
