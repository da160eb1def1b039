"""Celery tasks: one call each. A message from the broker only says "look now"."""

from celery import shared_task
from django.utils import timezone

from publishing import claiming, evidence, health, lanes, metrics, oauth, preflight, sending, tending, verifying
from publishing.feed import hub, pushing
from publishing.models import Channel, Consent, Release


@shared_task(name="publishing.send_due", time_limit=20)
def send_due() -> None:
    """Ring the bell of each channel that has something due."""
    now = timezone.now()
    for channel_id in claiming.due_channels(now):
        pump_channel.apply_async([channel_id], expires=5)
    health.beat("send_due", now)


@shared_task(name="publishing.pump_channel", time_limit=120)
def pump_channel(channel_id: int) -> None:
    """Send what is due on one channel for some seconds; ring again if there is more."""
    health.beat_worker(timezone.now())
    with lanes.sending(channel_id) as free:
        more = free and sending.pump(channel_id)
    if more:
        pump_channel.delay(channel_id)


@shared_task(name="publishing.preflight_releases", time_limit=20)
def preflight_releases() -> None:
    """Ring for each release whose first delivery is due soon."""
    for release in Release.objects.to_check(timezone.now()):
        preflight_release.apply_async([release.pk], expires=10)


@shared_task(name="publishing.preflight_release", time_limit=300)
def preflight_release(release_id: int) -> None:
    """Look over every channel and post of one release."""
    preflight.check(Release.objects.select_related("first__channel").get(pk=release_id))


@shared_task(name="publishing.tend_channels", time_limit=20)
def tend_channels() -> None:
    """Ring for each channel on which something is to be looked up, read back or taken down."""
    for channel_id in tending.channels(timezone.now()):
        tend_channel.apply_async([channel_id], expires=5)


@shared_task(name="publishing.tend_channel", time_limit=120)
def tend_channel(channel_id: int) -> None:
    """Take down, find out, read back on one channel, for some seconds."""
    health.beat_worker(timezone.now())
    with lanes.asking() as free:
        if free:
            tending.tend(channel_id)


@shared_task(name="publishing.collect_figures", time_limit=20)
def collect_figures() -> None:
    """Ring for each channel on which figures are to be asked for."""
    for channel_id in metrics.channels(timezone.now()):
        collect_channel_figures.apply_async([channel_id], expires=50)


@shared_task(name="publishing.collect_channel_figures", time_limit=120)
def collect_channel_figures(channel_id: int) -> None:
    """Ask one channel how its posts do, for some seconds; sending goes first."""
    with lanes.asking() as free:
        if free:
            metrics.collect(channel_id)


@shared_task(name="publishing.tend_feeds", time_limit=20)
def tend_feeds() -> None:
    """Ring for each subscriber of a live feed that has something to be told, or has asked to be one."""
    intents, subscribers = pushing.due(timezone.now())
    for intent_id in intents:
        confirm_feed_intent.apply_async([intent_id], expires=10)
    for subscriber_id in subscribers:
        push_feed.apply_async([subscriber_id], expires=10)


@shared_task(name="publishing.confirm_feed_intent", time_limit=60)
def confirm_feed_intent(intent_id: int) -> None:
    """Ask a callback whether it wants what was asked for."""
    with lanes.asking() as free:
        if free:
            hub.confirm(intent_id)


@shared_task(name="publishing.push_feed", time_limit=120)
def push_feed(subscriber_id: int) -> None:
    """Tell one subscriber what it has not taken yet; ring again if there is more."""
    with lanes.asking() as free:
        more = free and pushing.push(subscriber_id)
    if more:
        push_feed.delay(subscriber_id)


@shared_task(name="publishing.seal_evidence", time_limit=60)
def seal_evidence() -> None:
    """Link new evidence into the chain."""
    evidence.seal()
    health.beat("seal_evidence", timezone.now())


@shared_task(name="publishing.verify_channels", time_limit=20)
def verify_channels() -> None:
    """Find a broken channel before its next post is due; each is asked by itself, so that none waits for another."""
    for channel_id in verifying.due(timezone.now()):
        verify_channel.apply_async([channel_id], expires=60)


@shared_task(name="publishing.verify_channel", time_limit=60)
def verify_channel(channel_id: int) -> None:
    """Ask one channel's platform whether it could send now."""
    with lanes.asking() as free:
        if free:
            verifying.verify(Channel.objects.get(pk=channel_id))


@shared_task(name="publishing.prepare_consent", time_limit=60)
def prepare_consent(consent_id: int) -> None:
    """Prepare what a person needs to give a channel access in the browser."""
    oauth.prepare(Consent.objects.select_related("channel", "by").get(pk=consent_id))


@shared_task(name="publishing.finish_consent", time_limit=60)
def finish_consent(consent_id: int) -> None:
    """Turn a person's consent into access."""
    oauth.finish(Consent.objects.select_related("channel", "by").get(pk=consent_id))


@shared_task(name="publishing.sweep_consents", time_limit=20)
def sweep_consents() -> None:
    """End consents that nobody will finish."""
    oauth.sweep(timezone.now())


@shared_task(name="publishing.watch_health", time_limit=60)
def watch_health() -> None:
    """Raise the alarm when deliveries stop moving."""
    health.watch(timezone.now())


@shared_task(name="publishing.verify_evidence", time_limit=3600)
def verify_evidence() -> None:
    """Prove the chain of evidence, and raise the alarm when it does not hold."""
    found = evidence.verify(timezone.now())
    if found:
        health.alert(found[0])
