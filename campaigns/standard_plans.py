"""The plan templates that a new site begins with. What staff change or rename of them stays as they left it."""

import json
from datetime import time
from pathlib import Path

from django.db import transaction

from campaigns.models import PlanStep, PlanTemplate

FILE = Path(__file__).parent / "data" / "plan_templates.json"


@transaction.atomic
def begin() -> None:
    """Each once, on a site that has no templates yet."""
    if PlanTemplate.objects.exists():
        return
    for data in json.loads(FILE.read_text(encoding="utf-8")):
        template = PlanTemplate.objects.create(name=data["name"], about=data["about"])
        PlanStep.objects.bulk_create(
            PlanStep(template=template, sort_order=order, **{**step, "time": time.fromisoformat(step["time"])})
            for order, step in enumerate(data["steps"])
        )
