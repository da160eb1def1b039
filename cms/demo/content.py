"""Take the sample texts down the road by the real verbs, so that every screen has something true to show."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from campaigns import clock
from campaigns.models import Campaign, FocusArea, Initiative, Placement, Unit
from cms.demo import films, pictures
from cms.demo.sample import Sample
from cms.demo.texts import SAMPLES
from cms.models import (
    CampaignIndex,
    CampaignPage,
    CommunicationInitiative,
    CourtResult,
    CourtResultIndex,
    MoreImage,
    Post,
    PostIndex,
    Story,
    StoryIndex,
)
from publishing import deciding, stopping
from publishing.models import Channel, Delivery, Receipt, State
from publishing.models.delivery import FAR

MODELS: dict[str, Any] = {
    "story": (Story, StoryIndex),
    "post": (Post, PostIndex),
    "campaign_page": (CampaignPage, CampaignIndex),
    "court_result": (CourtResult, CourtResultIndex),
}


def ensure(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> Iterator[str]:
    """Make every sample once, telling what was done."""
    campaign = _campaign(users["planlaegger"])
    for sample in SAMPLES:
        model, _section = MODELS[sample.kind]
        if model.objects.filter(title=sample.title).exists():
            continue
        page = draft(sample, users, campaign)
        _place(page, sample, channels, users)
        take_along(page, sample, users)
        yield f"{sample.title} ({sample.ending})"
    _age()


def _campaign(owner: Any) -> Campaign:
    this_year = timezone.localdate().year
    return Campaign.objects.get_or_create(
        title="Lys på",
        defaults={
            "objective": "Flere cykler med lys i de mørke måneder.",
            "starts_on": date(this_year, 10, 1),
            "ends_on": date(this_year + 1, 2, 28),
            "owner": owner,
            "focus_area": FocusArea.objects.filter(key="borgervendt-kommunikation").first(),
        },
    )[0]


def draft(sample: Sample, users: Mapping[str, Any], campaign: Campaign | None = None) -> Page:
    """The sample as a draft of its own kind, by whoever writes such."""
    model, section = MODELS[sample.kind]
    writer = users["anklager" if sample.kind == "court_result" else "skribent"]
    page = model(
        title=sample.title,
        summary=sample.summary,
        language=sample.language,
        live=False,
        owner=writer,
        focus_area=FocusArea.objects.filter(key=sample.focus).first(),
        owner_unit=Unit.objects.filter(key=sample.unit).first(),
        campaign=campaign if sample.campaign else None,
    )
    if sample.body:
        page.body = [_block(*part) for part in sample.body]
    if isinstance(page, CourtResult):
        page.judged_on = timezone.localdate(timezone.now() + timedelta(hours=min(sample.hours, 0)))
    if sample.alt:
        page.social_image, page.social_image_alt = pictures.image(sample.scene, sample.alt), sample.alt
    if sample.film:
        page.video = films.video(writer)
    page.more_images = [MoreImage(image=pictures.image(scene, alt), alt=alt) for scene, alt in sample.more]
    parent = section.objects.get()
    if sample.campaign and model is Post:
        parent = CampaignPage.objects.filter(campaign=campaign).first() or parent
    parent.add_child(instance=page)
    page.initiative_tags = [
        CommunicationInitiative(initiative=Initiative.objects.filter(number=number).first())
        for number in sample.initiatives
    ]
    page.save_revision(user=writer, log_action=True)
    return model.objects.get(pk=page.pk)


def _block(kind: str, text: str) -> tuple[str, Any]:
    first, _bar, second = text.partition("|")
    match kind:
        case "quote":
            return kind, {"quote": first, "source": second}
        case "advice":
            return kind, {"heading": first, "text": second}
    return kind, text


def _place(page: Page, sample: Sample, channels: Mapping[str, Channel], users: Mapping[str, Any]) -> None:
    due = (timezone.now() + timedelta(hours=sample.hours)).replace(second=0, microsecond=0)
    due -= timedelta(minutes=due.minute % 15)
    for number, slug in enumerate(sample.channels):
        moment = due + timedelta(minutes=5 * number)
        Placement.objects.create(
            page=page,
            channel=channels[slug],
            campaign_id=page.campaign_id,
            due_at=moment,
            wall_time=clock.written(moment),
            # History is made now: only what shall be missed may be too late.
            latest_at=None if sample.ending in ("missed", "planned") else moment + timedelta(days=60),
            created_by=users["planlaegger"],
        )


def take_along(page: Page, sample: Sample, users: Mapping[str, Any]) -> None:
    """As far down the road as the sample goes."""
    if sample.ending == "draft":
        return
    page.get_workflow().start(page, page.owner)
    page = Page.objects.get(pk=page.pk).specific
    if sample.ending == "in_approval":
        return
    approver = users["jurist" if sample.kind == "court_result" else "redaktor"]
    page.current_workflow_task_state.approve(user=approver)
    deliveries = list(Delivery.objects.filter(placements__page_id=page.pk))
    for delivery in deliveries:
        _end(delivery, sample.ending, users)


def _end(delivery: Delivery, ending: str, users: Mapping[str, Any]) -> None:
    match ending:
        case "sent" | "missed" | "withdrawn":
            Channel.objects.filter(pk=delivery.channel_id).update(last_begun_at=None)
            call_command("send_due", verbosity=0)
            if ending == "withdrawn":
                delivery.refresh_from_db()
                deciding.withdrawn_by_hand(delivery, by=users["vagt"])
        case "held":
            stopping.hold(delivery, reason="Afventer svar fra NSK.", by=users["vagt"])
        case "uncertain":
            Delivery.objects.filter(pk=delivery.pk).update(
                state=State.UNCERTAIN,
                next_at=FAR,
                state_reason="Svaret fra X gik tabt, og opslaget kunne ikke findes med sikkerhed.",
                findings=[
                    {"text": "Så du uheldet på Tagensvej i dag?", "permalink": "", "at": "15.32"},
                    {"text": "Vejen er åben igen.", "permalink": "", "at": "14.05"},
                ],
            )
        case "failed":
            Delivery.objects.filter(pk=delivery.pk).update(
                state=State.FAILED, next_at=FAR, state_reason="Mastodon afviste opslaget: teksten er for lang der."
            )


def _age() -> None:
    """What was sent while setting up shall look as old as it is meant to be."""
    for delivery in Delivery.objects.filter(sent_at__isnull=False).exclude(sent_at__lt=timezone.now() - timedelta(1)):
        Delivery.objects.filter(pk=delivery.pk).update(sent_at=delivery.due_at)
        Receipt.objects.filter(delivery=delivery).update(sent_at=delivery.due_at)
    for page in Page.objects.live().filter(placements__delivery__sent_at__isnull=False).distinct():
        first = Placement.objects.filter(page=page, delivery__sent_at__isnull=False).order_by("due_at").first()
        Page.objects.filter(pk=page.pk).update(first_published_at=first.due_at, last_published_at=first.due_at)
