"""Addresses of exports and filing."""

from django.urls import path

from cms.views import exports

app_name = "exports"
urlpatterns = [
    path("", exports.Exports.as_view(), name="list"),
    path("filing/", exports.NotFiled.as_view(), name="not_filed"),
    path("filing/<int:page_id>/", exports.give_number, name="give_number"),
    path("<uuid:key>/", exports.fetch, name="fetch"),
]
