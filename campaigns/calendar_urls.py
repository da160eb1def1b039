"""Addresses of the calendar, below the admin."""

from django.urls import path

from campaigns.views import acknowledging, calendar, dragging, item, pulse, saved_views, subscribing, undoing

app_name = "campaigns_calendar"
urlpatterns = [
    path("", calendar.Month.as_view(), name="month"),
    path("list/", calendar.List.as_view(), name="list"),
    path("week/", calendar.Week.as_view(), name="week"),
    path("day/", calendar.OneDay.as_view(), name="day"),
    path("pulse/", pulse.Pulse.as_view(), name="pulse"),
    path("views/keep/", saved_views.Keep.as_view(), name="keep"),
    path("views/<int:pk>/forget/", saved_views.Forget.as_view(), name="forget"),
    path("tonight/read/", acknowledging.Acknowledge.as_view(), name="acknowledge"),
    path("subscribe/", subscribing.Subscribe.as_view(), name="subscribe"),
    path("undo/", undoing.undo, name="undo"),
    path("<int:pk>/drag/", dragging.Drag.as_view(), name="drag"),
    path("<int:pk>/", item.ItemPage.as_view(), name="item"),
]
