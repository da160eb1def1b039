"""Addresses of a case on the prosecutor's desk, under the admin. A case is named by a random key."""

from django.urls import path

from cms.views.cases import case, earlier, protected, restrictions, standing

app_name = "court_desk"
urlpatterns = [
    path("", case.Cases.as_view(), name="cases"),
    path("<uuid:key>/", case.ShowCase.as_view(), name="case"),
    path("<uuid:key>/close/", case.close, name="close"),
    path("<uuid:key>/export/", case.export, name="export"),
    path("<uuid:key>/link/", case.link, name="link"),
    path("<uuid:key>/restrictions/new/", restrictions.Register.as_view(), name="register"),
    path("<uuid:key>/restrictions/confirm/", restrictions.confirm, name="confirm"),
    path("<uuid:key>/restrictions/<int:pk>/", restrictions.move, name="move"),
    path("<uuid:key>/names/", protected.Protected.as_view(), name="protected"),
    path("<uuid:key>/standing/", standing.confirm_stage, name="confirm_stage"),
    path("<uuid:key>/standing/<int:number>/", standing.Happened.as_view(), name="standing"),
    path("<uuid:key>/standing/<int:number>/deadline/", standing.confirm_deadline, name="deadline"),
    path("<uuid:key>/follow-ups/<int:pk>/report/", standing.report, name="follow_up_report"),
    path("<uuid:key>/follow-ups/<int:pk>/end/", standing.end, name="follow_up_end"),
    path("<uuid:key>/earlier/", earlier.Earlier.as_view(), name="earlier"),
]
