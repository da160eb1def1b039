"""Pages as people read them: the words of an HTML page with the language each stands in, and where it leads."""

import json
import re
from html.parser import HTMLParser

SILENT = {"script", "style", "template", "noscript"}
SAID = ("title", "aria-label", "placeholder", "alt", "aria-description")
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"}


class Reading(HTMLParser):
    """``words``: text and spoken attributes in Danish parts of the page; ``links``: addresses that a GET may follow."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.open = [], [], []
        self.feed(html)

    @property
    def danish(self):
        return all(language in ("", "da") for _tag, language, _silent in self.open)

    def handle_starttag(self, tag, attributes):
        values = {key: value or "" for key, value in attributes}
        foreign = "en" if values.get("translate") == "no" or tag in ("code", "pre", "kbd") else ""
        language = values.get("lang", "") or foreign
        if self.danish and language in ("", "da") and not any(silent for *_rest, silent in self.open):
            self.words += [values[name] for name in SAID if values.get(name)]
            if tag == "input" and values.get("type") in ("submit", "button"):
                self.words.append(values.get("value", ""))
        if tag == "a" and values.get("href", "").startswith(("/", "?")) and "download" not in values:
            self.links.append(values["href"])
        if tag not in VOID:
            self.open.append((tag, language, tag in SILENT))

    def handle_endtag(self, tag):
        while self.open and tag in [name for name, *_rest in self.open]:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        said = " ".join(data.split())
        if said and self.danish and not any(silent for *_rest, silent in self.open):
            self.words.append(said)


def menu(html):
    """What the side menu leads to, which Wagtail sends as JSON: labels and addresses."""
    found = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.S)
    if not found:
        return [], []
    labels, links = [], []

    def look(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "label" and isinstance(inner, str):
                    labels.append(inner)
                if key in ("url", "href") and isinstance(inner, str) and inner.startswith("/"):
                    links.append(inner)
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(json.loads(found[1]))
    return labels, links
