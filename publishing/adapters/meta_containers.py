"""Instagram and Threads publish in two steps: a container is made ready, unseen, and then published, once.

That is the fence against doubles. What a container is called is written down (``Prepared``) before it is published,
and every later attempt goes on with the very same one: Meta publishes it once, whoever asks and however often. After
a lost answer its status and the account's own posts tell what became of it; "finished" alone is no proof of anything.

::

    nothing --> parts of a carousel, each fetched by Meta --> the whole --> published
                      '----- written down, looked at -----'------'

A video is a container too: Meta fetches it from an open address of ours and works on it, which may take long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import meta_api, meta_errors, meta_posts, meta_quota, video_steps
from publishing.adapters.base import (
    HIDDEN,
    LATER,
    Absent,
    CannotTell,
    DeliveryKey,
    Prepared,
    Processing,
    Receipt,
    Request,
)
from publishing.adapters.meta_api import Graph
from publishing.adapters.meta_container_errors import UNFETCHED
from publishing.adapters.meta_plan import Plan, Way
from publishing.adapters.meta_posts import Post
from publishing.departing import depart
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    DeliveryError,
    RateLimited,
    TemporaryError,
)

SHOWS_WITHIN = timedelta(minutes=10)  # a post that is out, as its container says


@dataclass(frozen=True)
class Containers:
    """For one account, for one step."""

    graph: Graph
    owner: str
    way: Way
    posts: meta_posts.Own

    def described(self, plan: Plan) -> list[Request]:
        """Every call of a post that goes well, whatever number of attempts they take."""
        create, look = f"{self.owner}/{self.way.create}", {"fields": f"{self.way.status},{self.way.why}"}
        children = [LATER] * len(plan.parts)
        return [
            *(self.graph.described("POST", create, part) for part in plan.parts),
            *(self._asked(look) for _part in plan.parts),
            self.graph.described("POST", create, plan.of(children)),
            self._asked(look),
            self.graph.described("POST", f"{self.owner}/{self.way.publish}", {"creation_id": LATER}),
            self._asked({"fields": "permalink"}),
        ]

    def _asked(self, params: Mapping[str, str]) -> Request:
        query = "&".join(f"{name}={value}" for name, value in params.items())
        return Request("GET", f"{self.graph.base}/{LATER}?{query}", {"Authorization": f"Bearer {HIDDEN}"})

    def send(self, plan: Plan, text: str, key: DeliveryKey) -> Receipt | Prepared | Processing:
        """One step further; only the last one can be seen."""
        ready, now = key.prepared, datetime.now(UTC)
        if container := str(ready.get("container") or ""):
            told = self._look(container)
            status = str(told.get(self.way.status))
            if status == "PUBLISHED":
                return self._published(text, key)
            if status != "FINISHED":
                return self._not_yet(status, told, ready, now, plan)
            return video_steps.until_its_hour(key) or self._publish(container)
        children = [str(child) for child in ready.get("children") or ()]
        if plan.parts and not children:
            made = [self._create(part) for part in plan.parts]
            return Prepared(now, {"children": made, "since": now.isoformat()})
        for told in [self._look(child) for child in children]:
            status = str(told.get(self.way.status))
            if status != "FINISHED":
                return self._not_yet(status, told, ready, now, plan)
        return Prepared(now, {"container": self._create(plan.of(children)), "since": now.isoformat()})

    def find(self, text: str, key: DeliveryKey) -> Receipt | Processing | Absent | CannotTell:
        """By the container's status and the account's own posts since the first attempt began, together."""
        container, now = str(key.prepared.get("container") or ""), datetime.now(UTC)
        if not container:
            return Absent(_("Nothing had been made ready on the platform yet."))
        there = self.graph.look(container, f"id,{self.way.status}")
        status = str(there.data().get(self.way.status)) if there is not None else ""
        found = self.posts.sought(text, key.moment)
        if isinstance(found, Mapping):
            return _receipt(found)
        age = now - video_steps.since(key.prepared, now)
        if status == "IN_PROGRESS" or (status == "PUBLISHED" and age < SHOWS_WITHIN):
            return Processing(now + timedelta(seconds=10))
        if status in ("FINISHED", "EXPIRED", "ERROR"):
            return found
        evidence = found.evidence if isinstance(found, CannotTell) else ()
        return CannotTell(
            _("The platform says that it was published, or does not say, and does not show it."), evidence
        )

    def _published(self, text: str, key: DeliveryKey) -> Receipt | Processing:
        """Out already, by an earlier attempt of ours whose answer was lost."""
        found = self.posts.sought(text, key.moment)
        return _receipt(found) if isinstance(found, Mapping) else Processing(datetime.now(UTC) + timedelta(seconds=10))

    def _create(self, fields: Mapping[str, str]) -> str:
        """Nothing can be seen of a container, and one that nobody publishes ends by itself."""
        response = self.graph.call("POST", f"{self.owner}/{self.way.create}", data=fields)
        if "reply_to_id" in fields and meta_errors.is_gone(response):
            raise ContentRejected(_("The post that this answers is not there any more."), response.where)
        return str(self._check(response).get("id"))

    def _look(self, container: str) -> Mapping[str, Any]:
        there = self.graph.look(container, f"{self.way.status},{self.way.why}")
        if there is None:  # now and then for one that is there: no proof of anything
            raise TemporaryError(_("The platform does not show what was made ready."), container)
        there.get(self.way.status)
        return there.data()

    def _not_yet(
        self, status: str, told: Mapping[str, Any], ready: Mapping[str, Any], now: datetime, plan: Plan
    ) -> Prepared:
        why = str(told.get(self.way.why) or "")
        again = video_steps.look_again(video_steps.since(ready, now), now, plan.patience)
        if status == "IN_PROGRESS" and again is not None:
            return Prepared(again, ready)
        if status == "ERROR":
            unfetched = "2207052" in why or "2207003" in why or "DOWNLOADING" in why
            sentence = UNFETCHED if unfetched else _("The platform could not use the images, the video or the text.")
            raise ContentRejected(sentence, why[:300], afresh=True)
        if status == "EXPIRED":
            raise TemporaryError(_("What was made ready has expired unpublished; it is made anew."), afresh=True)
        # A whole container is kept: an earlier attempt may have asked for it to be published.
        raise TemporaryError(
            _("The platform has not finished with the images or the video."), status, afresh="container" not in ready
        )

    def _publish(self, container: str) -> Receipt:
        depart()
        path, form = f"{self.owner}/{self.way.publish}", {"creation_id": container}
        response = self._check(self.graph.call("POST", path, data=form, effect=True))
        made = str(response.get("id"))
        return Receipt(made, self._permalink(made), not_before=meta_api.not_before(response))

    def _check(self, response: Any) -> Any:
        """As the graph does; a quota that is used up is asked how large it is."""
        try:
            return self.graph.check(response)
        except RateLimited as error:
            limited = error
        raise meta_quota.explained(self.graph, self.owner, self.way.quota, limited)

    def _permalink(self, made: str) -> str:
        """It is out: whatever goes wrong now is no reason to say otherwise."""
        try:
            return str(self.graph.get(made, fields="permalink").data().get("permalink") or "")
        except (DeliveryError, ChannelMisconfigured):
            return ""


def _receipt(post: Post) -> Receipt:
    return Receipt(str(post["id"]), str(post.get("permalink") or ""))
