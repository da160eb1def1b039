"""Addresses of the duty desk, below the admin."""

from django.urls import path, re_path

from publishing.views import (
    deliveries,
    delivery,
    film,
    going_down,
    health_page,
    held,
    needs_you,
    release,
    stop,
    strip,
    take_down,
)

app_name = "publishing_desk"
urlpatterns = [
    path("", needs_you.NeedsYou.as_view(), name="needs_you"),
    path("deliveries/", deliveries.DeliveryList.as_view(), name="deliveries"),
    path("deliveries/results/", deliveries.DeliveryList.as_view(results_only=True), name="deliveries_results"),
    path("deliveries/<int:pk>/", delivery.DeliveryPage.as_view(), name="delivery"),
    path("deliveries/<int:pk>/pictures/<int:number>/", delivery.Picture.as_view(), name="picture"),
    re_path(r"^deliveries/(?P<pk>\d+)/(?P<what>video|poster|captions)/$", film.Film.as_view(), name="film"),
    path("deliveries/<int:pk>/take-down/", take_down.TakeDown.as_view(), name="take_down"),
    path("deliveries/<int:pk>/going-down/", going_down.GoingDown.as_view(), name="going_down"),
    path("health/", health_page.HealthPage.as_view(), name="health"),
    path("held/", held.HeldPage.as_view(), name="held"),
    path("releases/<int:pk>/", release.ReleasePage.as_view(), name="release"),
    path("stop/", stop.StopPage.as_view(), name="stop"),
    path("stop/<int:pk>/lift/", stop.LiftStop.as_view(), name="lift"),
    path("strip/", strip.show, name="strip"),
]
