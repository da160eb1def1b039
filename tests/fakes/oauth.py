"""A platform behind OAuth 2: registers applications, asks a person, gives tokens for a code, and renews each once.

Refuses what real ones refuse: a code used twice or with the wrong verifier or address, a refresh token that is spent.
"""

import base64
import hashlib
import itertools
from urllib.parse import parse_qs, urlencode

from tests.fakes.server import Answer, Fake, Seen


class FakeOAuth(Fake):
    """``account`` is who logs in; ``spent`` counts what was renewed. ``lifetime`` is that of each access token."""

    def __init__(self) -> None:
        super().__init__()
        self.account = "@politi"
        self.lifetime = 7200
        self.expires_at = ""
        self.pages: list[dict[str, str]] = []  # that the person who logs in looks after
        self.clients: dict[str, str] = {}  # id -> redirect address
        self.codes: dict[str, tuple[str, str]] = {}  # code -> (challenge, redirect address)
        self.access: set[str] = set()
        self.renewable: set[str] = set()
        self._count = itertools.count(1)

    def handle(self, seen: Seen) -> Answer:
        step = {
            ("POST", "/apps"): self.register,
            ("GET", "/authorize"): self.authorize,
            ("POST", "/token"): self.token,
            ("GET", "/me"): self.me,
            ("GET", "/pages"): self.look_after,
            ("POST", "/posts"): self.post,
        }.get((seen.method, seen.path))
        return step(seen) if step else Answer(404, {"error": "not_found"})

    @property
    def renewals(self) -> list[Seen]:
        return [seen for seen in self.asked("POST", "/token") if self.form(seen)["grant_type"] == "refresh_token"]

    @staticmethod
    def form(seen: Seen) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(seen.body.decode()).items()}

    def register(self, seen: Seen) -> Answer:
        client = f"client-{next(self._count)}"
        self.clients[client] = self.form(seen)["redirect_uri"]
        return Answer(200, {"client_id": client, "client_secret": f"secret-of-{client}"})

    def authorize(self, seen: Seen) -> Answer:
        """The page on which the person says yes or no: two links back, as the real one redirects."""
        ask = seen.query
        if self.clients.get(ask["client_id"]) != ask["redirect_uri"] or ask["code_challenge_method"] != "S256":
            return Answer(400, "<!DOCTYPE html><title>Oh no</title><p>Bad request</p>")
        code = f"code-{next(self._count)}"
        self.codes[code] = (ask["code_challenge"], ask["redirect_uri"])
        yes = urlencode({"code": code, "state": ask["state"]})
        no = urlencode({"error": "access_denied", "state": ask["state"]})
        back = ask["redirect_uri"]
        page = f"<!DOCTYPE html><html lang=en><title>Allow?</title><p>{self.account}</p>"
        page += f'<p><a id="yes" href="{back}?{yes}">Allow</a> <a id="no" href="{back}?{no}">Refuse</a></p>'
        return Answer(200, page.replace("&", "&amp;"))

    def token(self, seen: Seen) -> Answer:
        asked = self.form(seen)
        if asked["grant_type"] == "refresh_token":
            if asked["refresh_token"] not in self.renewable:
                return Answer(400, {"error": "invalid_grant"})
            self.renewable.discard(asked["refresh_token"])
            return self.tokens()
        challenge, back = self.codes.pop(asked["code"], ("", ""))
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).decode().rstrip("=")
        if proof != challenge or asked["redirect_uri"] != back:
            return Answer(400, {"error": "invalid_grant"})
        return self.tokens()

    def tokens(self) -> Answer:
        number = next(self._count)
        self.access.add(f"access-{number}")
        self.renewable.add(f"refresh-{number}")
        return Answer(
            200,
            {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}", "expires_in": self.lifetime},
        )

    def me(self, seen: Seen) -> Answer:
        if seen.token not in self.access:
            return Answer(401, {"error": "invalid_token"})
        return Answer(200, {"account": self.account, "expires_at": self.expires_at})

    def look_after(self, seen: Seen) -> Answer:
        return Answer(200, {"data": self.pages}) if seen.token in self.access else Answer(401, {})

    def post(self, seen: Seen) -> Answer:
        if seen.token not in self.access:
            return Answer(401, {"error": "invalid_token"})
        return Answer(201, {"id": str(next(self._count))})
