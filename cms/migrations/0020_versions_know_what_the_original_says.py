"""What the original of a version says now stands beside what it said; those that differ already tell it at its next save."""

from django.db import migrations, models
from django.db.models import F


def forwards(apps, schema_editor):
    apps.get_model("cms", "Version").objects.update(original_words=F("words"))


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0019_permanent_names_of_accounts'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='original_words',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
