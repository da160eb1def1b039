"""A kind that a person connects in a browser, built as the real ones are, over real sockets to ``fakes.oauth``."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from publishing import http
from publishing.adapters.base import Adapter, Candidate, Limits, Receipt, Request, Setting, Verification
from publishing.errors import NotAuthorised, TemporaryError

MARGIN = timedelta(minutes=5)


def _ask(method, url, *, effect, headers=None, data=None):
    answer = http.request(method, url, headers=headers, data=data, effect=effect)
    if answer.status in (400, 401):
        raise NotAuthorised("The platform refuses the access. Connect the channel again.", answer.where)
    if not answer.ok:
        raise TemporaryError("The platform does not answer as it should.", f"{answer.where}: {answer.status}")
    return answer


class Linked(Adapter):
    kind = "linked"
    label = "Linked"
    limits = Limits(characters=100, counting="letters", images=4, alt_text=1000, withdraw=True, in_house=True)
    connects = True
    settings = (
        Setting("server", "Server", "As people know it."),
        Setting("visibility", "Who sees it", default="public", choices=(("public", "Everybody"), ("unlisted", "Few"))),
        Setting("app_secret", "Secret of the application", secret=True, required=False),
    )

    def count(self, account, message):
        return len(message.text), 100

    def validate(self, account, message):
        return []

    def translate(self, account, message, key):
        body = {"text": message.text, "alt": [item.alt for item in message.media]}
        return [Request("POST", f"{account.config['server']}/posts", {"Authorization": "Bearer ••••"}, body)]

    def send(self, account, message, key):
        answer = self._authorised("POST", account, "/posts", effect=True)
        return Receipt(str(answer.get("id")))

    def verify(self, account):
        if not account.secrets.get("access_token"):
            return Verification(False, problem="It is not connected.")
        answer = self._authorised("GET", account, "/me", effect=False)
        expires = answer.data().get("expires_at")
        return Verification(
            True,
            account=answer.get("account"),
            learnt={"most": 500},
            expires_at=datetime.fromisoformat(expires) if expires else None,
        )

    def _authorised(self, method, account, path, *, effect):
        headers = {"Authorization": f"Bearer {account.secrets['access_token']}"}
        return _ask(method, account.config["server"] + path, headers=headers, effect=effect)

    def register(self, account, *, redirect_uri):
        if account.secrets.get("client_id"):
            return None
        answer = _ask("POST", f"{account.config['server']}/apps", data={"redirect_uri": redirect_uri}, effect=True)
        return {"client_id": answer.get("client_id"), "client_secret": answer.get("client_secret")}

    def consent(self, account, *, redirect_uri, state, challenge):
        query = {
            "client_id": account.secrets["client_id"],
            "redirect_uri": redirect_uri,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{account.config['server']}/authorize?{urlencode(query)}"

    def exchange(self, account, *, code, redirect_uri, verifier):
        return self._tokens(
            account, grant_type="authorization_code", code=code, redirect_uri=redirect_uri, code_verifier=verifier
        )

    def needs_refresh(self, account):
        good_until = account.secrets.get("good_until")
        return bool(good_until) and datetime.fromisoformat(good_until) - MARGIN <= timezone.now()

    def refresh(self, account):
        return self._tokens(account, grant_type="refresh_token", refresh_token=account.secrets["refresh_token"])

    def _tokens(self, account, **data):
        answer = _ask("POST", f"{account.config['server']}/token", data=data, effect=True)
        good_until = timezone.now() + timedelta(seconds=answer.get("expires_in"))
        return {
            "access_token": answer.get("access_token"),
            "refresh_token": answer.get("refresh_token"),
            "good_until": good_until.isoformat(),
        }


class Paged(Linked):
    """The login gives pages, each with access of its own."""

    kind = "paged"
    label = "Paged"
    picks = True

    def candidates(self, account):
        found = self._authorised("GET", account, "/pages", effect=False).get("data")
        return tuple(
            Candidate(
                page["id"],
                page["name"],
                note=page.get("town", ""),
                problem=page.get("problem", ""),
                config={"page_id": page["id"]},
                secrets={"page_token": f"access-of-page-{page['id']}"},
            )
            for page in found
        )
