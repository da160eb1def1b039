"""Addresses of the user guide in the admin."""

from django.urls import path

from cms.views import guide

app_name = "guide"
urlpatterns = [
    path("", guide.Guide.as_view(), name="index"),
    path("<slug:slug>/", guide.Page.as_view(), name="page"),
]
