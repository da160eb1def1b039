"""The Danish is complete: nothing untranslated, nothing fuzzy, what is compiled is what is written, Wagtail's too."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CATALOGUES = sorted(
    path for folder in ("cms", "campaigns", "publishing") for path in (ROOT / folder).glob("*locale/da/*/*.po")
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")


def name(path):
    return str(path.relative_to(ROOT))


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_every_string_has_its_danish(path):
    catalogue = polib.pofile(str(path))
    assert not [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete or not all(texts(entry))]


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_no_placeholder_is_invented(path):
    for entry in polib.pofile(str(path)):
        known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in texts(entry):
            assert set(PLACEHOLDER.findall(text)) <= known, entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_what_is_compiled_is_what_is_written(path):
    def content(catalogue):
        return {(entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue}

    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert content(compiled) == content(polib.pofile(str(path))), "run .ci/messages"


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_wagtail_speaks_danish_everywhere(domain):
    root = Path(wagtail.__file__).parent
    ours = polib.pofile(str(ROOT / f"cms/wagtail_locale/da/LC_MESSAGES/{domain}.po"))
    have = {(entry.msgctxt, entry.msgid) for entry in ours}
    missing = []
    for app in apps.get_app_configs():
        source = Path(app.path) / f"locale/en/LC_MESSAGES/{domain}.po"
        if root not in [Path(app.path), *Path(app.path).parents] or not source.exists():
            continue
        theirs = Path(app.path) / f"locale/da/LC_MESSAGES/{domain}.po"
        if theirs.exists():
            have |= {(e.msgctxt, e.msgid) for e in polib.pofile(str(theirs)) if e.translated()}
        wanted = (entry for entry in polib.pofile(str(source)) if not entry.obsolete)
        missing += [e.msgid for e in wanted if (e.msgctxt, e.msgid) not in have]
    assert not missing
