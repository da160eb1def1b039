"""A Channel: one connected account, as data. Nothing decides by its kind; the adapter's limits tell."""

from datetime import datetime, time, timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from publishing import adapters
from publishing.adapters.base import Account, Adapter, Limits

LANGUAGES = [("da", "Dansk"), ("en", "English"), ("", _("any"))]
RESTS = ("not_before", "figures_not_before")
WARN_AHEAD = timedelta(days=7)  # before the access ends


class ChannelQuerySet(models.QuerySet["Channel"]):
    def usable(self) -> "ChannelQuerySet":
        """Channels that content can be planned for: connected and not retired."""
        return self.filter(retired_at__isnull=True)

    def of_pages(self) -> "ChannelQuerySet":
        """Channels that put pages of this very site on air."""
        return self.filter(kind__in=adapters.kinds_of_pages())

    def with_stops(self) -> "ChannelQuerySet":
        """Each with ``stopping``: whether any stop is in force, whatever its scope."""
        orders = apps.get_model("publishing", "StopOrder").objects.in_force()
        return self.annotate(stopping=Exists(orders))  # type: ignore[no-redef]

    def countable(self, now: datetime) -> "ChannelQuerySet":
        """Channels whose figures may be asked for: in use, with access, and with nothing to wait for. A pause or a
        stop is about sending."""
        rested = [Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": now}) for name in RESTS]
        return self.filter(*rested, retired_at__isnull=True, dry_run=False).exclude(health=Channel.Health.FAULT)

    def access_ending(self, now: datetime) -> "ChannelQuerySet":
        """Channels whose access ends so soon that somebody must connect them again."""
        return self.filter(access_expires_at__lte=now + WARN_AHEAD, dry_run=False)


class Channel(models.Model):
    """One connected account."""

    class Health(models.TextChoices):
        UNVERIFIED = "unverified", _("not verified yet")
        OK = "ok", _("ready")
        FAULT = "fault", _("needs attention")

    kind = models.CharField(_("kind"), max_length=30, choices=adapters.choices)
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    config = models.JSONField(_("configuration"), default=dict, blank=True)
    learnt = models.JSONField(default=dict, blank=True)  # what verification found out about the account and its server
    encrypted_secrets = models.BinaryField(default=bytes, blank=True, editable=False)

    dry_run = models.BooleanField(
        _("dry run"),
        default=False,
        help_text=_("Nothing leaves: the request is written down instead of sent."),
    )
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    paused_reason = models.CharField(_("paused because"), max_length=250, blank=True)
    # A fault paused it, not a person: only a verification that succeeds ends such a pause.
    paused_by_fault = models.BooleanField(default=False)
    resume_when_verified = models.BooleanField(default=False)
    retired_at = models.DateTimeField(_("retired since"), null=True, blank=True)

    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    minimum_gap = models.PositiveIntegerField(
        _("minimum gap in seconds"), default=0, help_text=_("Between two posts on this channel.")
    )
    concurrency = models.PositiveSmallIntegerField(_("sends at the same time"), default=1)
    late_after = models.PositiveIntegerField(
        _("too late after, in minutes"), default=60, help_text=_("Proposed as the latest moment of a post.")
    )
    language = models.CharField(
        _("language"), max_length=5, blank=True, choices=LANGUAGES, default="da", db_default="da",
        help_text=_("Content that exists in several languages goes out here in this one."),
    )  # fmt: skip
    link_parameters = models.CharField(
        _("link parameters"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Put on links to our own site, such as utm_source=x&utm_medium=social, so that its log shows where readers "
            "came from. Empty: none. The site sets no cookies either way."
        ),
    )
    comments_policy = models.CharField(_("comments policy"), max_length=250, blank=True)
    # Somebody outside of this system decided that the house may be there: who, on which day, why. See ``risk``.
    risk_decision = models.TextField(_("risk decision"), blank=True, help_text=_("Who decided to use it, when, why."))
    risk_decided_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    risk_decided_on = models.DateField(null=True, blank=True)
    # It had sent before decisions were asked for: asking must not silence it.
    used_before_decisions = models.BooleanField(default=False, db_default=False)

    health = models.CharField(_("health"), max_length=12, choices=Health, default=Health.UNVERIFIED)
    health_problem = models.CharField(_("problem"), max_length=250, blank=True)
    verified_at = models.DateTimeField(_("last verified"), null=True, blank=True)
    account_name = models.CharField(_("account"), max_length=200, blank=True)
    access_expires_at = models.DateTimeField(_("access expires"), null=True, blank=True)
    # Somebody asked for a verification and waits for the answer; the problem is why there was none.
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_problem = models.CharField(max_length=250, blank=True)

    # Counts the changes people make, so that nothing learnt about an earlier set-up is written into a later one.
    version = models.PositiveIntegerField(default=0)
    secrets_set = models.JSONField(default=dict, blank=True)  # name of the secret -> when (UTC); never a value
    # One worker renews the access at a time; nobody holds a lock meanwhile (``credentials.fresh_account``).
    renewing_until = models.DateTimeField(null=True, blank=True)
    renewal_unanswered = models.BooleanField(default=False)

    # Pacing, learnt from answers: nothing is begun on this channel before then (UTC).
    not_before = models.DateTimeField(null=True, blank=True)
    # Nor are figures asked for before then, which is a rest of its own: it never keeps a post waiting.
    figures_not_before = models.DateTimeField(null=True, blank=True)
    figures_problem = models.CharField(
        max_length=250, blank=True, default="", db_default=""
    )  # why there were none the last time
    last_begun_at = models.DateTimeField(null=True, blank=True)

    stopping = False  # see ``with_stops``

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return self.name

    @property
    def adapter(self) -> Adapter:
        """The code for this kind; a channel in dry run speaks through its own kind's ``translate`` only."""
        return adapters.get(self.kind)

    @property
    def limits(self) -> Limits:
        """What this very account can carry."""
        return self.adapter.limits_for(self.account())

    def account(self) -> Account:
        """The channel without secrets, for pure steps (validate, count, translate)."""
        return Account(self.pk or 0, self.name, self.kind, {**self.config, **self.learnt})

    @property
    def waits_for_consent(self) -> bool:
        """Nobody has given it access in a browser yet, so there is nothing to verify."""
        if not self.adapter.connects or not self.encrypted_secrets:
            return self.adapter.connects
        typed = {setting.name for setting in self.adapter.settings}
        return bool(self.secrets_set) and set(self.secrets_set) <= typed

    @property
    def lacks_decision(self) -> bool:
        """Nobody has recorded that the house may be there. What stays in the house needs no decision."""
        return self.risk_decided_on is None and not self.adapter.limits.in_house

    @property
    def waits_for_decision(self) -> bool:
        """Nothing is sent on it for real before a decision is recorded."""
        return self.lacks_decision and not self.used_before_decisions and not self.dry_run

    @property
    def gap_span(self) -> timedelta:
        """The minimum gap as a length of time."""
        return timedelta(seconds=self.minimum_gap)

    def access_ends_soon(self, now: datetime) -> bool:
        """Whether it is time to connect again."""
        ends = self.access_expires_at
        return ends is not None and ends <= now + WARN_AHEAD and not self.dry_run

    def is_quiet_at(self, local: datetime) -> bool:
        """Whether a local wall time falls in the quiet hours (which may span midnight)."""
        start, end = self.quiet_from, self.quiet_until
        if start is None or end is None or start == end:
            return False
        now: time = local.time()
        return start <= now < end if start < end else now >= start or now < end
