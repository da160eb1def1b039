"""The front page for whoever asks what was told: the three focus areas that wait longest, and the finding."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from campaigns.coverage import dossier, findings, neglect
from campaigns.coverage.ledger import Ledger
from campaigns.coverage.periods import whole_year
from campaigns.models import Strategy


class NeglectedPanel(Component):  # type: ignore[misc]
    name = "neglected"
    template_name = "campaigns/home_neglected.html"

    def __init__(self, *, after: int) -> None:
        self.order = after + 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        now = timezone.now()
        year = timezone.localdate(now).year
        found, _standing = dossier.table(Ledger(Strategy.objects.in_force(), now), whole_year(year))
        rows = [(row, self.stories_of(row.area.id, year)) for row in neglect.neglected(found) if row.area]
        return {"rows": rows, "finding": findings.main_finding(found)}

    def stories_of(self, area: int, year: int) -> str:
        return f"{reverse('campaigns_coverage:stories')}?{urlencode({'year': year, 'area': area})}"
