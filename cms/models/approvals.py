"""An Approval: who said yes to which revision. The one record of what may be sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.message import Message
from publishing.models import Channel


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def to_review(self) -> "ApprovalQuerySet":
        """Sent by break-glass and not yet looked at by a second person."""
        return self.filter(way=Approval.Way.BREAK_GLASS, reviewed_at__isnull=True)

    def for_the_website(self) -> "ApprovalQuerySet":
        """Those that approved how it looks there, and not on other channels only."""
        keys = [str(pk) for pk in Channel.objects.of_pages().values_list("pk", flat=True)]
        return self.filter(messages__has_any_keys=keys) if keys else self.none()

    def by_two(self) -> "ApprovalQuerySet":
        """Seen by a second person, before it was sent or after."""
        return self.exclude(way=Approval.Way.BREAK_GLASS, reviewed_at__isnull=True)


class Approval(models.Model):
    """``fingerprint`` tells whether later revisions still say the same, ``files`` whether the pictures still show it.

    ``messages`` is what was approved for each channel, by channel id: the very words that are sent, and no others.
    """

    class Way(models.TextChoices):
        WORKFLOW = "workflow", _("approved by a second person")
        BREAK_GLASS = "break_glass", _("sent without approval")

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="approvals")
    revision = models.ForeignKey("wagtailcore.Revision", models.RESTRICT, related_name="approvals")
    fingerprint = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    messages = models.JSONField(default=dict)
    # What is counted of them, as ``cms.readings`` has it; empty: not read yet.
    reading = models.JSONField(null=True, editable=False)
    # What is posted below it, part by part, by channel id.
    parts = models.JSONField(default=dict, blank=True)
    # What was approved to correct it elsewhere: by note and channel id, the very words.
    corrections = models.JSONField(default=dict, blank=True)
    way = models.CharField(_("way"), max_length=12, choices=Way, default=Way.WORKFLOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.CharField(_("note of the review"), max_length=500, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        get_latest_by = "at"
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        permissions = [("break_glass", _("Can send at once without approval, with a review afterwards"))]

    def __str__(self) -> str:
        return f"{self.page_id} {self.way} {self.at}"

    def message_for(self, channel_id: int) -> Message | None:
        """What was approved for a channel; None when nobody has seen how it looks there."""
        data = self.messages.get(str(channel_id))
        return Message.from_json(data) if data is not None else None

    def parts_for(self, channel_id: int) -> list[Message]:
        """What was approved to be posted below it on a channel, in order."""
        return [Message.from_json(data) for data in self.parts.get(str(channel_id), [])]

    def allows(self, channel_id: int, sha256: str) -> bool:
        """Whether these very words were approved for a channel, as its content, below it, or to correct it."""
        given = [self.messages, *self.corrections.values()]
        found = [messages[str(channel_id)] for messages in given if str(channel_id) in messages]
        found += self.parts.get(str(channel_id), [])
        return any(Message.from_json(data).sha256() == sha256 for data in found)
