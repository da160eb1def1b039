"""The form by which a picture comes into the library."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from cms import pictures


class ImageForm(BaseImageForm):
    """What moves is refused at the door: the website and the channels would show a still of it."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            file.seek(0)
            moving = pictures.moves(file.read())
            file.seek(0)
            if moving:
                raise ValidationError(pictures.MOVES)
        return file
