"""C-30, C-31, C-50, C-51: what the channel, the hour and the state of the world say."""

from collections.abc import Iterator
from datetime import timedelta

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Severity, at, whole
from cms.rules.normalising import Normal

RESERVED = regex.compile(r"(?i)#kriseinfodk\b")
POLITICAL = regex.compile(
    r"(?i)\b(?:\p{L}*minister(?:en|iet|ens)?|folketingskandidat\p{L}*|byrådskandidat\p{L}*|lovforslag\p{L}*|politisk[ ]aftale|regeringen|Socialdemokratiet|Venstre|Moderaterne|Dansk[ ]Folkeparti|Enhedslisten|Radikale[ ]Venstre|Konservative|Liberal[ ]Alliance|Danmarksdemokraterne|Alternativet|SF)\b"
)
APART = timedelta(minutes=30)
NIGHT_FROM, NIGHT_TO = 22, 7


def world(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-30. Whether a stop is in force is the outbox's own matter."""
    if not context.crisis_mode:
        for match in RESERVED.finditer(normal.text):
            message = _("#kriseinfodk is reserved for major incidents. Leave it out.")
            yield at("C-30", Severity.BLOCK, normal, match.span(), message)
    if context.neutrality_period:
        for match in POLITICAL.finditer(normal.text):
            message = _("An election is on: facts only, and nothing about parties, ministers or their proposals.")
            yield at("C-30", Severity.SECOND_PERSON, normal, match.span(), message)


def hour(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-31. ``due`` is in the time of the district."""
    if context.due is None or context.urgent:
        return
    if context.due.hour >= NIGHT_FROM or context.due.hour < NIGHT_TO:
        yield whole(
            "C-31", Severity.WARN, normal, _("It is sent at night. Choose a time between 7 and 22 unless it is urgent.")
        )
    if any(abs(other - context.due) < APART for other in context.other_sends):
        yield whole(
            "C-31",
            Severity.WARN,
            normal,
            _("Something else goes to this channel within half an hour. Leave more time between them."),
        )


def length(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-50, where only a number is known; the channels themselves count in their own way."""
    if context.max_chars is not None and len(normal.original) > context.max_chars:
        over = len(normal.original) - context.max_chars
        message = _("It is %(over)s characters too long for the channel. Shorten it.") % {"over": over}
        yield Finding("C-50", Severity.BLOCK, context.max_chars, len(normal.original), message)


def focus(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-51."""
    if context.has_focus is False:
        yield whole(
            "C-51", Severity.WARN, normal, _("Choose an initiative or a focus area, so that it counts in the coverage.")
        )
