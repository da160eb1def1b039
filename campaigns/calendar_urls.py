"""Addresses of the calendar, below the admin."""

from django.urls import path

from campaigns.views import calendar, item

app_name = "campaigns_calendar"
urlpatterns = [
    path("", calendar.Month.as_view(), name="month"),
    path("list/", calendar.List.as_view(), name="list"),
    path("<int:pk>/", item.ItemPage.as_view(), name="item"),
]
