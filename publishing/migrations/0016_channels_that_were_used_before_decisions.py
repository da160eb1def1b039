"""A channel that has sent for real, or whose decision was written as free text, goes on until its decision is recorded."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def forwards(apps, schema_editor):
    channel, receipt = (apps.get_model("publishing", name) for name in ("Channel", "Receipt"))
    real = receipt.objects.filter(delivery__channel=OuterRef("pk")).exclude(remote_id__startswith="dry-run:")
    channel.objects.filter(Exists(real)).update(used_before_decisions=True)
    channel.objects.exclude(risk_decision="").update(used_before_decisions=True)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0015_risk_decisions")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
