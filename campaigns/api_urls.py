"""``/api/coverage/``: figures for other systems."""

from django.urls import path

from campaigns.views import api

app_name = "campaigns_api"
urlpatterns = [
    path("", api.Index.as_view(), name="index"),
    path("report", api.Report.as_view(), {"form": "json"}, name="report"),
    path("report.csv", api.Report.as_view(), {"form": "csv"}, name="report_csv"),
    path("definitions", api.Definitions.as_view(), name="definitions"),
]
