"""Lists of e-mail addresses as people keep them: one a line, with names, comments and repeats. Pure."""

import re
from dataclasses import dataclass

LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
LABEL = r"[^\W_](?:[^\W_]|-)*"
ADDRESS = re.compile(rf"(?P<local>{LOCAL})@(?P<domain>(?:{LABEL}\.)+{LABEL})")
NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
LONGEST = 254


@dataclass(frozen=True)
class Parsed:
    """``addresses`` in the order of the list, each once; ``faults`` are (line number, what stands there)."""

    addresses: tuple[str, ...]
    faults: tuple[tuple[int, str], ...]


def parse(text: str) -> Parsed:
    """``Name <address>`` or just the address on each line; what follows a # is a comment."""
    found: dict[str, str] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = re.sub(r"(^|\s)#.*", "", line).strip().rstrip(",;").strip()
        if not said:
            continue
        named = NAMED.fullmatch(said)
        address = named[1] if named else said
        if wire_form(address):
            found.setdefault(address.lower(), address)
        else:
            faults.append((number, said[:80]))
    return Parsed(tuple(found.values()), tuple(faults))


def wire_form(address: str) -> str:
    """The address as mail servers take it, its domain in ASCII; empty when it is none."""
    match = ADDRESS.fullmatch(address)
    if match is None or len(match["local"]) > 64 or len(address) > LONGEST:
        return ""
    try:
        domain = match["domain"].encode("idna").decode()
    except UnicodeError:
        return ""
    wire = f"{match['local']}@{domain}"
    return wire if len(wire) <= LONGEST else ""
