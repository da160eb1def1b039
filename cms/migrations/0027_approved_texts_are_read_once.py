"""What is counted of an approved text is kept beside it, of those that were approved before too."""

from django.db import migrations, models

AT_ONCE = 500


def forwards(apps, schema_editor):
    # Today's reading and no copy of it: each says its version, and one of another version is made anew when it is asked for.
    from cms import readings

    approvals = apps.get_model("cms", "Approval").objects
    unread = list(approvals.filter(reading__isnull=True).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(unread), AT_ONCE):
        rows = list(approvals.filter(pk__in=unread[start : start + AT_ONCE]).only("messages"))
        for row in rows:
            row.reading = readings.of(row.messages)
        approvals.bulk_update(rows, ["reading"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0026_approvals_know_what_must_be_seen")]

    operations = [
        migrations.AddField(
            model_name="approval", name="reading", field=models.JSONField(editable=False, null=True)
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
