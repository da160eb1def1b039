"""Addresses of the time after: possible errors, corrections, reviews."""

from django.urls import path

from cms.views import correcting, incidents, reviews

app_name = "incidents"
urlpatterns = [
    path("", incidents.Incidents.as_view(), name="list"),
    path("report/<int:page_id>/", incidents.ReportError.as_view(), name="report"),
    path("<uuid:key>/", incidents.ShowIncident.as_view(), name="show"),
    path("correct/<int:page_id>/", correcting.Correct.as_view(), name="correct"),
    path("review/<int:page_id>/", reviews.ReviewContent.as_view(), name="review"),
]
