"""HTML as plain text, for people and machines that show no HTML. Pure; drops nothing that can be read."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

PARAGRAPHS = {"address", "aside", "blockquote", "div", "dl", "figcaption", "figure", "footer", "p", "pre", "table"} | {
    "article",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "section",
    "ul",
}
LINES = {"br", "dd", "dt", "tr"}
SILENT = {"script", "style", "template"}


def text_of(html: str, *, base: str = "") -> str:
    """The text in paragraphs, lists with dashes, links with their address, images as their alternative text."""
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    text = re.sub(r"^–\n+", "– ", "\n".join(lines), flags=re.MULTILINE)  # a paragraph inside of a list's line
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.parts: list[str] = []
        self.silent = 0
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.silent += tag in SILENT
        if tag == "a":
            self.links.append((urljoin(self.base, values.get("href", "")), len(self.parts)))
        elif tag == "img" and values.get("alt"):
            self.parts.append(f"[{values['alt']}]")
        elif tag == "li":
            self.parts.append("\n– ")
        elif tag in LINES:
            self.parts.append("\n")
        elif tag in PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))
        if tag == "a" and self.links:
            address, begun = self.links.pop()
            shown = "".join(self.parts[begun:]).strip()
            if address and shown not in (address, address.removeprefix("mailto:").removeprefix("tel:")):
                self.parts.append(f" ({address})")
        elif tag in PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))
