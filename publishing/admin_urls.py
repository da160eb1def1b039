"""Addresses of the duty desk, below the admin."""

from django.urls import path

from publishing.views import held, stop, strip

app_name = "publishing_desk"
urlpatterns = [
    path("held/", held.HeldPage.as_view(), name="held"),
    path("stop/", stop.StopPage.as_view(), name="stop"),
    path("stop/<int:pk>/lift/", stop.LiftStop.as_view(), name="lift"),
    path("strip/", strip.show, name="strip"),
]
