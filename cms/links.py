"""Links to our own site, marked for one channel so that the site's own log shows where readers came from.

Only what a channel asks for (``Channel.link_parameters``) and only on our own addresses. It stands in the message that
is shown, approved and frozen. Nothing is set in anybody's browser.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from wagtail.models import Site

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
AFTER = ".,;:!?)]}'’”»"  # ends a sentence round an address, and is no part of it


def is_ours(address: str) -> bool:
    host = urlsplit(address).hostname
    return host is not None and host in {urlsplit(path.root_url).hostname for path in Site.get_site_root_paths()}


def marked(address: str, parameters: str) -> str:
    """The address with the parameters it does not have yet; any other than ours is left alone."""
    if not parameters or not is_ours(address):
        return address
    parts = urlsplit(address)
    there = {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
    added = [pair for pair in parse_qsl(parameters) if pair[0] not in there]
    query = "&".join(part for part in (parts.query, urlencode(added)) if part)
    return parts._replace(query=query).geturl()


def marked_in(text: str, parameters: str) -> str:
    """The same for every address of ours that stands in a text."""
    if not parameters:
        return text

    def one(found: re.Match[str]) -> str:
        address = found[0].rstrip(AFTER)
        return marked(address, parameters) + found[0][len(address) :]

    return ADDRESS.sub(one, text)
