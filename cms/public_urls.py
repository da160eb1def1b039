"""The public site beside its pages. First words that no section can have: arkiv, feeds, live, media, soeg."""

from django.urls import path, re_path, register_converter

from cms.feeds.views import feed
from cms.views import archive, errors, files, films, meta, pages


class Form:
    """A feed's format, by the end of its address."""

    regex = "rss.xml|atom.xml|feed.json"
    names = {"rss.xml": "rss", "atom.xml": "atom", "feed.json": "json"}

    def to_python(self, value: str) -> str:
        return self.names[value]

    def to_url(self, value: str) -> str:
        return next(end for end, name in self.names.items() if name == value)


register_converter(Form, "feed_form")

urlpatterns = [
    path("robots.txt", meta.robots),
    path("sitemap.xml", meta.sitemap, name="newsroom_sitemap"),
    path("favicon.ico", meta.Icon.as_view()),
    path("soeg/", archive.search, name="newsroom_search"),
    path("feeds/<feed_form:form>", feed, name="newsroom_feed"),
    path("feeds/emne/<slug:key>/<feed_form:form>", feed, name="newsroom_focus_feed"),
    path("arkiv/", archive.overview, name="newsroom_archive"),
    path("arkiv/emne/<slug:key>/", archive.focus_area, name="newsroom_focus_area"),
    path("arkiv/enhed/<slug:key>/", archive.unit, name="newsroom_unit"),
    path("arkiv/<int:year>/<int:month>/", archive.month, name="newsroom_month"),
    path("media/film/<int:page_id>/<str:name>", films.film, name="newsroom_film"),
    path("media/sendt/<int:page_id>/<str:name>", films.sent_picture, name="newsroom_sent_picture"),
    path("media/<path:path>", files.media),
    # Before Wagtail's own of the same shape, whose name makes the addresses.
    re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", pages.page),
    # What no page can have as its address; without the slash that is left off, which the browser is sent to add.
    re_path(r"^(?!(?:[\w\-]+/)*[\w\-]*$).*$", errors.not_found),
]
