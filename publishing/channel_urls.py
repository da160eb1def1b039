"""Addresses of the channels, below the admin."""

from django.urls import path

from publishing.views import capabilities, channel_actions, channel_edit, channels, consents, feed_desk, risks, trying

app_name = "publishing_channels"
urlpatterns = [
    path("", channels.ChannelIndex.as_view(), name="list"),
    path("results/", channels.ChannelIndex.as_view(results_only=True), name="results"),
    path("capabilities/", capabilities.CapabilityPage.as_view(), name="capabilities"),
    path("feeds/", feed_desk.Feeds.as_view(), name="feeds"),
    path("feeds/keys/<int:pk>/take-back/", feed_desk.TakeBackKey.as_view(), name="feed_key_back"),
    path("feeds/subscribers/<int:pk>/end/", feed_desk.EndSubscription.as_view(), name="feed_end"),
    path("connected/", consents.ComeBack.as_view(), name="consent_back"),
    path("consents/<uuid:key>/", consents.ConsentPage.as_view(), name="consent"),
    path("consents/<uuid:key>/go/", consents.GoToPlatform.as_view(), name="consent_go"),
    path("consents/<uuid:key>/pick/", consents.PickAccount.as_view(), name="consent_pick"),
    path("new/", channel_edit.ChooseKind.as_view(), name="new"),
    path("new/<slug:kind>/", channel_edit.AddChannel.as_view(), name="add"),
    path("<int:pk>/", channels.ChannelPage.as_view(), name="show"),
    path("<int:pk>/edit/", channel_edit.EditChannel.as_view(), name="edit"),
    path("<int:pk>/connect/", consents.Connect.as_view(), name="connect"),
    path("<int:pk>/risk/", risks.RiskPage.as_view(), name="risk"),
    path("<int:pk>/try/", trying.TryPage.as_view(), name="try"),
    path("<int:pk>/<slug:action>/", channel_actions.Act.as_view(), name="act"),
]
