"""Words that only colleagues understand, kept by the editors, with what to write instead."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.rules.jargon import PLAIN


class JargonQuerySet(models.QuerySet["Jargon"]):
    def entries(self) -> tuple[tuple[str, str], ...]:
        """As the rules want them; empty where the editors keep none, and the list of the rules holds."""
        return tuple(self.values_list("words", "plain"))

    def begin(self) -> int:
        """The list of the rules as a first one to edit, where there is none yet. How many were made."""
        if self.exists():
            return 0
        return len(self.bulk_create(self.model(words=words, plain=plain) for words, plain in PLAIN))


class Jargon(models.Model):
    words = models.CharField(
        _("words"),
        max_length=200,
        unique=True,
        help_text=_("Apart by commas. A star at the end of a word means with any ending: tiltalefrafald*."),
    )
    plain = models.CharField(_("write instead"), max_length=150)

    objects = JargonQuerySet.as_manager()

    class Meta:
        ordering = ["words"]
        verbose_name = _("difficult word")
        verbose_name_plural = _("difficult words")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        short = [word for word in self.words.split(",") if len(word.strip("* ")) < 2]
        if short:
            raise ValidationError({"words": gettext("Each word needs at least two letters.")})
