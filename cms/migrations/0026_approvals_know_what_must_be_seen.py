"""Approvals that were given before note what must be seen of each image, as it is now: else all would be out of date."""

from django.db import migrations


def note(apps, schema_editor):
    image = apps.get_model("wagtailimages", "Image")
    parts = ("x", "y", "width", "height")
    stamps = {}
    for row in image.objects.exclude(focal_point_x=None):
        focus = [getattr(row, f"focal_point_{part}") for part in parts]
        if None not in focus:
            file = f"{row.file.name} {row.file_hash}"
            stamps[f"wagtailimages.Image:{row.pk}"] = (file, f"{file} {','.join(map(str, focus))}")
    if not stamps:
        return
    for approval in apps.get_model("cms", "Approval").objects.only("files").iterator():
        known = {name: stamps[name] for name in approval.files if name in stamps}
        changed = {name: new for name, (old, new) in known.items() if approval.files[name] == old}
        if changed:
            approval.files = {**approval.files, **changed}
            approval.save(update_fields=["files"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0025_pictures_of_live_pages_stand"), ("wagtailimages", "0027_image_description")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
