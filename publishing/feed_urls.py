"""Public addresses of the live feeds, below /live/."""

from django.urls import path, register_converter

from publishing.feed.addresses import FORMS, NAMES
from publishing.views import feed


class Document:
    """One of a feed's documents, by the end of its address."""

    regex = "|".join(name.replace(".", r"\.") for name in FORMS)

    def to_python(self, value: str) -> str:
        return FORMS[value]

    def to_url(self, value: str) -> str:
        return NAMES.get(value, value)


register_converter(Document, "live_document")

app_name = "live_feed"
urlpatterns = [
    path("hub", feed.subscribe, name="hub"),
    path("<slug:slug>/<live_document:form>", feed.show, name="list"),
    path("<slug:slug>/items/<uuid:uuid>.json", feed.item, name="item"),
    path("<slug:slug>/items/<uuid:uuid>/<slug:sha256>", feed.image, name="image"),
]
