"""What there is of one piece of content, as plain values: never anything of the internal half of a case.

Read from pages, approvals, deliveries, receipts and evidence. ``cms.court.models`` cannot be reached from here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models.approvals import Approval
from publishing.models import Delivery, EvidenceRecord


def bounds(since: date, until: date) -> tuple[datetime, datetime]:
    """Both days are whole ones, in district time."""
    start = timezone.make_aware(datetime.combine(since, time.min))
    return start, timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))


def sent_between(start: datetime, end: datetime) -> list[int]:
    """Content of which something went out then, dry runs left out; first what went first. Deleted content too."""
    rows = Delivery.objects.filter(sent_at__gte=start, sent_at__lt=end, parent=None, channel__dry_run=False)
    found = (page_of(row) for row in rows.order_by("sent_at", "pk"))
    return list(dict.fromkeys(pk for pk in found if pk is not None))


def drafted_between(start: datetime, end: datetime, but_for: Iterable[int]) -> list[int]:
    """Content that was worked on then, and of which nothing went out."""
    rows = Revision.page_revisions.filter(created_at__gte=start, created_at__lt=end).values_list("object_id", flat=True)
    known = set(but_for)
    pages = Page.objects.filter(pk__in={int(pk) for pk in rows} - known, depth__gt=3)
    return list(pages.order_by("pk").values_list("pk", flat=True))


def page_of(delivery: Delivery) -> int | None:
    """The content, read off the label that outlives it."""
    label = next((label for label in delivery.label_list() if label.startswith("page:")), "")
    return int(label.partition(":")[2]) if label else None


def deliveries_of(page_id: int) -> list[Delivery]:
    rows = Delivery.objects.labelled(f"page:{page_id}").select_related("channel", "receipt")
    return list(rows.prefetch_related("attempts").order_by("due_at", "pk"))


def evidence_of(page_ids: Iterable[int], deliveries: Iterable[Delivery]) -> Iterator[EvidenceRecord]:
    """Of the content and its deliveries; evidence of a case stays with the case."""
    subjects = [f"page:{pk}" for pk in page_ids]
    keys = [row.key for row in deliveries]
    yield from EvidenceRecord.objects.filter(Q(subject__in=subjects) | Q(delivery_key__in=keys)).order_by("id")


def item(page_id: int) -> tuple[dict[str, Any], list[Delivery]]:
    """One piece of content, also when the page itself is deleted: its deliveries tell of it."""
    deliveries = deliveries_of(page_id)
    page: Any = Page.objects.filter(pk=page_id).specific().first()
    title = page.title if page is not None else (deliveries[0].headline if deliveries else "")
    first = min((row.sent_at for row in deliveries if row.sent_at), default=None)
    facts = {
        "side": page_id,
        "titel": title,
        "dato_og_tema": f"{timezone.localtime(first):%d.%m.%Y} – {title}" if first else title,
        "slettet": page is None,
        **(_of_page(page) if page is not None else {}),
        "godkendelser": [_approval(row) for row in _approvals(page_id)],
        "afsendelser": [_delivery(row) for row in deliveries],
    }
    return facts, deliveries


def _of_page(page: Any) -> dict[str, Any]:
    return {
        "type": page._meta.model_name,
        "adresse": page.full_url or "",
        "journalnummer": getattr(page, "journal_number", ""),
        "formaal": getattr(page, "purpose", ""),
        "sprog": getattr(page, "language", ""),
        "enhed": str(page.owner_unit or "") if hasattr(page, "owner_unit") else "",
        "indsatsomraade": str(page.focus_area or "") if hasattr(page, "focus_area") else "",
        "initiativer": [str(tag.initiative) for tag in page.initiative_tags.all()],
        "paa_nettet": page.live,
        "foerst_paa_nettet": _moment(page.first_published_at),
        "sidst_paa_nettet": _moment(page.last_published_at),
        "rettelser": [{"tekst": row.text, "tid": _moment(row.at)} for row in page.corrections.exclude(at=None)],
        "fjernelser": [
            {"aarsag": row.cause, "tid": _moment(row.at), "vaek": _moment(row.ended_at)} for row in page.removals.all()
        ],
        "mulige_fejl": [
            {
                "noegle": str(row.key),
                "art": row.what,
                "meldt": _moment(row.reported_at),
                "lukket": _moment(row.closed_at),
                "anmeldt_til_datatilsynet": row.notified,
            }
            for row in page.incidents.all()
        ],
    }


def _approvals(page_id: int) -> Any:
    return Approval.objects.filter(page_id=page_id).select_related("by", "reviewed_by").order_by("at")


def _approval(row: Approval) -> dict[str, Any]:
    return {
        "tid": _moment(row.at),
        "af": _name(row.by),
        "maade": row.way,
        "udgave": row.revision_id,
        "fingeraftryk": row.fingerprint,
        "set_bagefter_af": _name(row.reviewed_by),
        "set_bagefter": _moment(row.reviewed_at),
    }


def _delivery(row: Delivery) -> dict[str, Any]:
    receipt = getattr(row, "receipt", None)
    return {
        "noegle": str(row.key),
        "kanal": row.channel.name,
        "kanaltype": row.channel.kind,
        "proeve": row.channel.dry_run,
        "tilstand": row.state,
        "planlagt": _moment(row.due_at),
        "sendt": _moment(row.sent_at),
        "udgave": row.revision_id,
        "besked": row.message_json,
        "besked_sha256": row.message_sha256,
        "forsoeg": [
            {"nummer": attempt.number, "udfald": attempt.outcome, "slut": _moment(attempt.ended_at)}
            for attempt in row.attempts.all()
        ],
        "kvittering": {
            "id": receipt.remote_id,
            "adresse": receipt.permalink,
            "sendt": _moment(receipt.sent_at),
            "laest_tilbage": receipt.read_back,
            "trukket_tilbage": _moment(receipt.withdrawn_at),
        }
        if receipt is not None
        else None,
    }


def drafts_of(page_id: int) -> list[dict[str, Any]]:
    """Every version that was saved, whether or not it was ever approved. Internal documents as a rule."""
    rows = Revision.page_revisions.filter(object_id=str(page_id)).select_related("user").order_by("pk")
    return [
        {"udgave": row.pk, "gemt": _moment(row.created_at), "af": _name(row.user), "indhold": row.content}
        for row in rows
    ]


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user is not None else ""
