"""What was sent in the last ninety days is asked about too, spread by its number over the first six hours."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

NAMELESS = ("by-hand:", "dry-run:", "list:")


def forwards(apps, schema_editor):
    now = timezone.now()
    sent = apps.get_model("publishing", "Receipt").objects.filter(
        sent_at__gte=now - timedelta(days=90),
        withdrawn_at__isnull=True,
        delivery__state="delivered",
        delivery__channel__dry_run=False,
    )
    for receipt in sent.only("pk", "remote_id").iterator():
        if not receipt.remote_id.startswith(NAMELESS):
            receipt.figures_next_at = now + timedelta(minutes=receipt.pk % 360)
            receipt.save(update_fields=["figures_next_at"])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0009_figures_on_a_schedule")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
