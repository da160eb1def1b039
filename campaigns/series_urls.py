"""Addresses of the series, below the admin."""

from django.urls import path, re_path

from campaigns.views import series

app_name = "campaigns_series"
urlpatterns = [
    path("", series.Index.as_view(), name="index"),
    path("add/", series.Add.as_view(), name="add"),
    path("words/", series.Words.as_view(), name="words"),
    path("<int:pk>/", series.Show.as_view(), name="show"),
    path("<int:pk>/edit/", series.Form.as_view(), name="edit"),
    re_path(r"^(?P<pk>\d+)/(?P<what>pause|resume|end)/$", series.Rest.as_view(), name="rest"),
    re_path(r"^slot/(?P<pk>\d+)/(?P<what>skip|put-back|reword)/$", series.Act.as_view(), name="act"),
]
