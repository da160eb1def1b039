"""Addresses of the series, below the admin."""

from django.urls import path, re_path

from campaigns.views import series, series_acts, series_form

app_name = "campaigns_series"
urlpatterns = [
    path("", series.Index.as_view(), name="index"),
    path("add/", series_form.Add.as_view(), name="add"),
    path("words/", series_form.Words.as_view(), name="words"),
    path("<int:pk>/", series.Show.as_view(), name="show"),
    path("<int:pk>/edit/", series_form.Form.as_view(), name="edit"),
    re_path(r"^(?P<pk>\d+)/(?P<what>pause|resume|end)/$", series_acts.Rest.as_view(), name="rest"),
    re_path(r"^slot/(?P<pk>\d+)/(?P<what>skip|put-back|reword)/$", series_acts.Act.as_view(), name="act"),
]
