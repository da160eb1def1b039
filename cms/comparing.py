"""What changed between two versions, field by field: words struck and added, pictures side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Revision

from cms.models.approvals import Approval

MARKED = re.compile(r'<span class="(addition|deletion)">([^<]*)</span>')
ELEMENT = {"addition": "ins", "deletion": "del"}


@dataclass(frozen=True)
class Change:
    label: str
    html: SafeString


def last_approved(page: Any, before: Revision) -> Approval | None:
    """The latest approval of an older version that two people stand behind."""
    earlier = Approval.objects.by_two().filter(page_id=page.pk, revision_id__lt=before.pk)
    return earlier.select_related("revision", "by").order_by("-revision_id").first()


def changes(page: Any, older: Revision, newer: Revision, request: Any) -> Iterator[Change]:
    """Every field that differs, in the order of the form. Wagtail compares; we name it as readers expect."""
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=request, form=None)
    old, new = older.as_object(), newer.as_object()
    for compare in panel.get_comparison():
        found = compare(old, new)
        if found.has_changed():
            yield Change(str(found.field_label()), _marked(found))


def _marked(found: Any) -> SafeString:
    """With the elements that say "inserted" and "deleted" to everybody, not by colour."""
    if found.is_field:
        html = found.htmldiff()
    else:
        children = found.get_child_comparisons()
        html = "".join(_child(child) for child in children)
    return mark_safe(MARKED.sub(lambda m: f"<{ELEMENT[m[1]]}>{m[2]}</{ELEMENT[m[1]]}>", str(html)))


def _child(child: Any) -> str:
    """One row of a list within the content (an initiative, a text for one channel)."""
    kind = "addition" if child.is_addition() else "deletion" if child.is_deletion() else ""
    said = (str(field.htmldiff()) for field in child.get_field_comparisons())
    inner = "; ".join(text for text in said if text.strip())
    element = ELEMENT.get(kind, "div")
    return f'<div class="changed-row"><{element}>{inner}</{element}></div>'
