"""Addresses of writing and approving in the admin."""

from django.urls import path

from cms.views import approving, breaking_glass, films, pictures, planning

app_name = "approval"
urlpatterns = [
    path("", approving.Queue.as_view(), name="queue"),
    path("<int:page_id>/", approving.Look.as_view(), name="look"),
    path("<int:page_id>/without/", breaking_glass.BreakGlass.as_view(), name="break_glass"),
    path("review/<int:approval_id>/", breaking_glass.Review.as_view(), name="review"),
    path("picture/<str:token>/", pictures.picture, name="picture"),
    path("captions/<int:video_id>/", films.captions, name="captions"),
    path("film/<str:token>/", films.frozen, name="film"),
    path("words/", planning.in_words, name="words"),
]
