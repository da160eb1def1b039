"""How a person gives us access to Facebook pages, which pages that are, and what the access is worth.

See https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow and ``/guides/access-tokens``. The
code is worth an hour of the person's own access, which is changed for long-lived access; what pages get by that does
not end by itself, but Meta wants to see the person again after 90 days. The application proves itself by its secret,
so no PKCE: Meta knows it for OpenID only. Secrets go in bodies, also where Meta's own examples put them in addresses.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Account, Candidate, Verification
from publishing.adapters.connecting import Connecting
from publishing.adapters.meta_api import GRAPH, VERSION, Graph
from publishing.errors import ChannelMisconfigured, ContentRejected

LOGIN = "https://www.facebook.com"
NEEDED = ("pages_show_list", "pages_read_engagement", "pages_manage_posts")
COMMENTING, MAY_COMMENT = "pages_manage_engagement", "may_comment"  # what allows it, and what we remember of that
WANTED = (COMMENTING, "read_insights", "business_management", "publish_video")  # the last two: portfolios, videos
PAGES = 10  # of a hundred; who looks after more picks among these


class Login(Connecting):
    """An application of the house's own, a consent to it in the browser, and a page picked after it."""

    connects = True
    picks = True

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        graph = Graph(account)
        query = {"client_id": _app_id(account), "redirect_uri": redirect_uri, "state": state, "response_type": "code"}
        configuration = str(account.config.get("config_id") or "").strip()
        if configuration:  # Facebook Login for Business: what is asked for is set up there
            query["config_id"] = configuration
        else:
            query |= {"scope": ",".join((*NEEDED, *WANTED)), "auth_type": "rerequest"}
        host = LOGIN if graph.host == GRAPH else graph.host
        return f"{host}/{VERSION}/dialog/oauth?{urlencode(query)}"

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> dict[str, str]:
        """Long-lived access of the person's; ``candidates`` makes that of pages of it."""
        short = _ask(account, {"code": code, "redirect_uri": redirect_uri}, code)
        return {"access_token": _ask(account, {"grant_type": "fb_exchange_token", "fb_exchange_token": short}, short)}

    def candidates(self, account: Account) -> tuple[Candidate, ...]:
        """The pages that the person looks after, each with access of its own."""
        graph, query, found = Graph(account), {"fields": "id,name,access_token,tasks,link", "limit": "100"}, list[Any]()
        for _page in range(PAGES):
            told = graph.get("me/accounts", **query).data()
            found += told.get("data", [])
            if "next" not in told.get("paging", {}):
                break
            query["after"] = told["paging"]["cursors"]["after"]
        return tuple(map(_candidate, found))

    def verify(self, account: Account) -> Verification:
        """Whether the page is there, and what our access to it covers and until when."""
        graph, page_id = Graph(account), str(account.config.get("page_id") or "")
        if not page_id:
            raise ChannelMisconfigured(_("No page was picked: connect the channel again."))
        try:
            page = graph.get(page_id, fields="id,name,link,is_published").data()
        except ContentRejected as error:
            sentence = _("Facebook does not accept the app's secret: check it.")
            raise ChannelMisconfigured(sentence, error.detail) from None
        access = _inspected(graph)
        name = str(page.get("name") or page_id)
        missing = [scope for scope in NEEDED if scope not in access.get("scopes", NEEDED)]
        if missing:
            sentence = _("The access does not cover this: %(missing)s. Connect the channel again and allow everything.")
            return Verification(False, name, sentence % {"missing": ", ".join(missing)})
        if page.get("is_published") is False:
            return Verification(False, name, _("The page is not published: nobody would see the post."))
        learnt = {MAY_COMMENT: COMMENTING in access["scopes"]} if "scopes" in access else {}
        return Verification(True, name, learnt=learnt, expires_at=_ends(access))


def _candidate(page: dict[str, Any]) -> Candidate:
    token, tasks = str(page.get("access_token") or ""), page.get("tasks")
    may_post = token and (tasks is None or any(str(task).endswith("CREATE_CONTENT") for task in tasks))
    return Candidate(
        key=str(page["id"]),
        name=str(page.get("name") or page["id"]),
        note=str(page.get("link") or page["id"]),
        problem="" if may_post else _("You may not post as this page: ask its administrator for content access."),
        config={"page_id": str(page["id"])},
        secrets={"access_token": token},
    )


def _inspected(graph: Graph) -> dict[str, Any]:
    """What Meta knows about our access; nothing where it does not tell, which is no fault of the access.

    As a question in a body, so that the access stands in no address.
    """
    secrets = graph.account.secrets
    app = f"{_app_id(graph.account)}|{secrets.get('app_secret', '')}"
    form = {"method": "get", "input_token": secrets.get("access_token", "")}
    try:
        told = graph.check(graph.call("POST", "debug_token", data=form, token=app), app).get("data")
    except (ChannelMisconfigured, ContentRejected):  # the page itself has just answered to this very access
        return {}
    return told if isinstance(told, dict) else {}


def _ends(access: dict[str, Any]) -> datetime | None:
    """The earlier of two ends: of the access itself, and of Meta's patience with whoever gave it. 0 is never."""
    told = [access.get(name) for name in ("expires_at", "data_access_expires_at")]
    moments = [moment for moment in told if type(moment) is int and moment > 0]
    return datetime.fromtimestamp(min(moments), UTC) if moments else None


def _app_id(account: Account) -> str:
    return str(account.config.get("app_id") or "").strip()


def _ask(account: Account, form: dict[str, str], *hidden: str) -> str:
    graph = Graph(account)
    app = {"client_id": _app_id(account), "client_secret": account.secrets.get("app_secret", "")}
    response = graph.call("POST", "oauth/access_token", data={**app, **form}, token="")
    return str(graph.check(response, *hidden).get("access_token"))
