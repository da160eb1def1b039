"""Meta's Graph in miniature: what Facebook, Instagram and Threads share. Each of them is a subclass with its edges.

::

    class FakeFacebook(FakeMeta):
        def route(self, verb, node, edge, form, seen): ...

It refuses what Meta refuses: parameters that are not in its document, access that is not good, and calls that do not
prove that they come from the application. ``remaining`` is what is left of the quota, in percent.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.fakes import meta_document
from tests.fakes.server import Answer, Fake, Seen

APP, SECRET = "770077007700", "app-secret-0123456789abcdef0123456789"


class Refused(Exception):
    """Meta's error body; the status of most of its refusals is 400."""

    def __init__(self, code, message, *, subcode=None, status=400, kind="OAuthException", **headers):
        super().__init__(message)
        error = {"message": message, "type": kind, "code": code, "fbtrace_id": "AbCdEfGhIjK"}
        if subcode is not None:
            error["error_subcode"] = subcode
        self.answer = Answer(status, {"error": error}, {name.replace("_", "-"): text for name, text in headers.items()})


def refusal(code, message="", **more):
    """The same as an answer, to order."""
    return Refused(code, message or f"(#{code}) Something", **more).answer


def gone(node):
    words = "does not exist, cannot be loaded due to missing permissions, or does not support this operation"
    return Refused(
        100, f"Unsupported get request. Object with ID '{node}' {words}", subcode=33, kind="GraphMethodException"
    )


@dataclass
class Access:
    """What a token is good for."""

    owner: str  # id of the person, the page or the account
    scopes: set[str] = field(default_factory=set)
    ends: float = 0  # epoch seconds; 0 is never


class FakeMeta(Fake):
    scopes: tuple[str, ...] = ()  # that a person grants
    proved = True  # whether every call must prove where it comes from
    page, largest = 25, 100  # of a list: when not asked for otherwise, and at most

    def __init__(self):
        super().__init__()
        self.tokens: dict[str, Access] = {}
        self.codes: dict[str, str] = {}  # code: redirect address
        self.remaining = 99
        self._last = 100_000

    # --- What a subclass adds

    def route(self, verb, node, edge, form, seen) -> Answer:
        """``form`` is query and body together, as Meta reads them; raises Refused."""
        raise Refused(2500, f"Unknown path components: /{edge}")

    # --- The common part

    def handle(self, seen: Seen) -> Answer:
        try:
            answer = self.answer(seen)
        except Refused as no:
            answer = no.answer
        used = 100 - self.remaining
        usage = json.dumps({"call_count": used, "total_time": used // 2, "total_cputime": used // 2})
        return Answer(answer.status, answer.body, {"x-app-usage": usage, **answer.headers})

    def answer(self, seen):
        _version, node, edge = (*seen.path.lstrip("/").split("/", 2), "", "")[:3]
        if (node, edge) == ("dialog", "oauth"):
            return self.dialog(seen)
        if "access_token" in seen.query:
            raise Refused(2500, "The house puts no access into an address")
        form = {**seen.query, **self.body(seen)}
        verb = form.get("method", seen.method).upper()
        if (node, edge) == ("oauth", "access_token"):
            return self.grant(form)
        self.authorise(seen, form)
        if node == "debug_token":
            return Answer(200, {"data": self.inspected(form["input_token"])})
        problem = meta_document.refused(verb, edge, set(self.body(seen)))
        if problem:
            raise Refused(100, problem)
        return self.route(verb, node, edge, form, seen)

    @staticmethod
    def body(seen):
        found = seen.content() if seen.method == "POST" else None
        return found if isinstance(found, dict) else {}

    def authorise(self, seen, form):
        token = seen.token or form.get("access_token", "")
        proof = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        if token == f"{APP}|{SECRET}":
            return
        if not token:
            raise Refused(2500, "An active access token must be used to query information about the current user.")
        access = self.tokens.get(token)
        if access is None:
            raise Refused(190, f"Invalid OAuth access token: {token}", status=401)
        if access.ends and access.ends < time.time():
            raise Refused(190, "Error validating access token: Session has expired", subcode=463, status=401)
        if self.proved and form.get("appsecret_proof") != proof:
            raise Refused(100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException")

    def access(self, seen) -> Access:
        return self.tokens[seen.token]

    def needs(self, seen, scope):
        if scope not in self.access(seen).scopes:
            raise Refused(200, f"(#200) Requires {scope} permission", status=403)

    def inspected(self, token):
        access = self.tokens.get(token)
        if access is None:
            told = {"code": 190, "message": "Error validating access token", "subcode": 458}
            return {"is_valid": False, "scopes": [], "error": told}
        good = not access.ends or access.ends > time.time()
        ends = int(access.ends)
        return {"app_id": APP, "is_valid": good, "scopes": sorted(access.scopes), "expires_at": ends} | {
            "data_access_expires_at": int(time.time()) + 90 * 86400,
            "profile_id": access.owner,
        }

    def listing(self, items, form):
        """One page of a list, newest first, with a cursor where there is more."""
        after, size = int(form.get("after") or 0), min(int(form.get("limit") or self.page), self.largest)
        found = items[after : after + size]
        told = {"data": found}
        if found:
            told["paging"] = {"cursors": {"before": str(after), "after": str(after + len(found))}}
        if after + len(found) < len(items):
            told["paging"]["next"] = f"{self.url}/next?after={after + len(found)}"
        return Answer(200, told)

    # --- Access

    def agree(self, address):
        """What happens in the browser: a person says yes; the address that the browser is sent to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["client_id"], asked["response_type"]) == (APP, "code")
        code = f"code-{self.new_id()}-abcdefghijklmnop"
        self.codes[code] = asked["redirect_uri"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def dialog(self, seen):
        """The page in the browser: two links back, as the real one redirects."""
        yes = self.agree(f"{seen.path}?{urlencode(seen.query)}")
        no = f"{seen.query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': seen.query['state']})}"
        links = f'<a id="yes" href="{yes}">Allow</a> <a id="no" href="{no}">Refuse</a>'.replace("&", "&amp;")
        return Answer(200, f"<!DOCTYPE html><html lang=en><title>Allow?</title><p>{links}</p>")

    def grant(self, form):
        if (form.get("client_id"), form.get("client_secret")) != (APP, SECRET):
            raise Refused(101, "Error validating application. Cannot get application info.")
        if form.get("grant_type") == "fb_exchange_token":
            if form["fb_exchange_token"] not in self.tokens:
                raise Refused(190, "Error validating access token", status=401)
            return self.give(self.person, "long", 60 * 86400)
        if self.codes.pop(form.get("code"), None) != form.get("redirect_uri"):
            raise Refused(100, "This authorization code has been used.", subcode=36009)
        return self.give(self.person, "short", 3600)

    person = "501"

    def give(self, owner, name, lifetime):
        token = f"meta-{name}-{self.new_id()}-abcdefghijklmnop"
        self.tokens[token] = Access(owner, set(self.scopes), time.time() + lifetime)
        return Answer(200, {"access_token": token, "token_type": "bearer", "expires_in": lifetime})

    def new_id(self):
        self._last += 1
        return str(self._last)
