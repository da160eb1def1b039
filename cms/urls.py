"""Every address of the site: the admin, documents, and the public newsroom."""

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaigns.views import subscribing
from publishing.views import open_media

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("plan/<str:token>.ics", subscribing.feed, name="calendar_feed"),
    path("api/coverage/", include("campaigns.api_urls")),
    path("open-media/<str:token>.<slug:ending>", open_media.show, name="open_media"),
    path("jsi18n/", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("live/", include("publishing.feed_urls")),
    path("", include("cms.public_urls")),
    path("", include(wagtail_urls)),
]

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.forbidden"
handler404 = "cms.views.errors.not_found"
handler500 = "cms.views.errors.server_error"
