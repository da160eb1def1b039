"""Whose approval still stands, of many at once: the answer of ``approval.current``, in a fixed number of queries."""

from collections.abc import Mapping

from wagtail.models import Revision

from cms.fingerprints import files_now, fingerprint
from cms.models.approvals import Approval
from cms.models.removals import Removal


def among(latest: Mapping[int, int | None]) -> set[int]:
    """Of these pages (id to latest revision's id) those that still say and show what was approved."""
    last: dict[int, Approval] = {}
    for given in Approval.objects.filter(page_id__in=latest).defer("messages").order_by("at", "id"):
        last[given.page_id] = given
    changed = [latest[pk] for pk, given in last.items() if given.revision_id != latest[pk]]
    written = {row.pk: fingerprint(row) for row in Revision.objects.filter(pk__in=changed)}
    files = files_now({name: "" for given in last.values() for name in given.files})
    removed: dict[int, list[object]] = {}
    for pk, at in Removal.objects.filter(page_id__in=latest).values_list("page_id", "at"):
        removed.setdefault(pk, []).append(at)
    return {
        pk
        for pk, given in last.items()
        if (given.revision_id == latest[pk] or written.get(latest[pk] or 0) == given.fingerprint)
        and all(files.get(name) == stamp for name, stamp in given.files.items())
        and not any(at >= given.at for at in removed.get(pk, ()))  # type: ignore[operator]
    }
