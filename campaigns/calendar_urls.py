"""Addresses of the calendar, below the admin."""

from django.urls import path

from campaigns.views import (
    acknowledging,
    bringing_in,
    calendar,
    calendar_hours,
    calendar_list,
    dragging,
    item,
    pulse,
    saved_views,
    subscribing,
    suggesting,
    taking_out,
    tone,
    undoing,
)

app_name = "campaigns_calendar"
urlpatterns = [
    path("", calendar.Month.as_view(), name="month"),
    path("list/", calendar_list.List.as_view(), name="list"),
    path("tray/", calendar_list.WholeTray.as_view(), name="tray"),
    path("week/", calendar_hours.Week.as_view(), name="week"),
    path("day/", calendar_hours.OneDay.as_view(), name="day"),
    path("<slug:view>/plan.<slug:form>", taking_out.TakeOut.as_view(), name="take_out"),
    path("bring-in/", bringing_in.BringIn.as_view(), name="bring_in"),
    path("bring-in/template.<slug:form>", bringing_in.Template.as_view(), name="plan_template"),
    path("bring-in/<uuid:key>/", bringing_in.Brought.as_view(), name="brought"),
    path("pulse/", pulse.Pulse.as_view(), name="pulse"),
    path("views/keep/", saved_views.Keep.as_view(), name="keep"),
    path("views/<int:pk>/forget/", saved_views.Forget.as_view(), name="forget"),
    path("tone/", tone.ToneCheck.as_view(), name="tone"),
    path("tonight/read/", acknowledging.Acknowledge.as_view(), name="acknowledge"),
    path("suggestions/", suggesting.Suggestions.as_view(), name="suggestions"),
    path("year/<int:pk>/draft/", suggesting.Draft.as_view(), name="year_draft"),
    path("year/<int:pk>/not/", suggesting.NotThisYear.as_view(), name="year_not"),
    path("subscribe/", subscribing.Subscribe.as_view(), name="subscribe"),
    path("undo/", undoing.undo, name="undo"),
    path("<int:pk>/drag/", dragging.Drag.as_view(), name="drag"),
    path("<int:pk>/", item.ItemPage.as_view(), name="item"),
]
