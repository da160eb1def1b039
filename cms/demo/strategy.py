"""What editors have done with the strategy so far: some targets, some mappings decided, one anomaly settled."""

from collections.abc import Iterator, Mapping
from typing import Any

from campaigns import anomalies, mapping
from campaigns.models import Anomaly, FocusArea, FocusMapping

TARGETS = {
    "borgervendt-kommunikation": 8,
    "borgerinddragelse": 6,
    "i-oejenhoejde-med-borgerne": 6,
    "baeredygtig-opgaveloesning": 3,
}
CONFIRMED = ("1132", "1118", "1203", "1196", "1189", "1124", "1174", "1167")
REJECTED = ("1202",)


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """Decide once; what somebody decided otherwise stays."""
    for key, target in TARGETS.items():
        FocusArea.objects.filter(key=key, target_per_quarter=None).update(target_per_quarter=target)
    if FocusMapping.objects.exclude(status=FocusMapping.Status.PROPOSED).exists():
        return
    editor = users["redaktor"]
    for numbers, status in (
        (CONFIRMED, FocusMapping.Status.CONFIRMED),
        (REJECTED, FocusMapping.Status.REJECTED),
    ):
        rows = FocusMapping.objects.filter(initiative__number__in=numbers)
        yield f"{mapping.decide(rows, status, by=editor)} mappings {status}"
    for anomaly in Anomaly.objects.filter(code="A12", settled_at=None):
        anomalies.settle(anomaly, anomaly.proposal, by=editor)
