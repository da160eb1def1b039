"""The page form as the browser would post it: everything that stands in it, with some changes."""

from datetime import datetime

from wagtail.blocks import StreamValue
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaigns import clock


def filled(client, url, **changes):
    """What the form at ``url`` holds, with ``changes`` by the name of the input."""
    form = client.get(url).context["form"]
    data = {}
    for part in (form, *(row for rows in form.formsets.values() for row in (rows.management_form, *rows.forms))):
        for bound in part:
            if bound.field.disabled:  # a browser sends nothing of it
                continue
            value = bound.value()
            if isinstance(value, StreamValue):
                data |= nested_form_data({bound.html_name: streamfield([(b.block_type, b.value) for b in value])})
            else:
                data[bound.html_name] = _typed(value)
    data = {name: value for name, value in data.items() if not (name.endswith("-DELETE") and value in ("", False))}
    return data | changes


def _typed(value):
    if isinstance(value, datetime):
        return (clock.to_wall(value) if value.tzinfo else value).strftime("%d.%m.%Y %H:%M")
    if value is None or value is False:
        return ""
    return "on" if value is True else value
