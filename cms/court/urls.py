"""Addresses of the prosecutor's desk, under the admin. A case or a report is named by a random key."""

from django.urls import path

from cms.views.court import reading, reports

app_name = "court"
urlpatterns = [
    path("", reports.Index.as_view(), name="index"),
    path("new/", reports.new, name="new"),
    path("<uuid:key>/", reports.Write.as_view(), name="report"),
    path("<uuid:key>/save/", reports.save, name="save"),
    path("<uuid:key>/shown/", reports.shown, name="shown"),
    path("<uuid:key>/reopen/", reports.reopen, name="reopen"),
    path("<uuid:key>/read/", reading.Read.as_view(), name="read"),
    path("<uuid:key>/words/", reading.confirm_words, name="confirm_words"),
]
