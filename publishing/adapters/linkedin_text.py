"""LinkedIn's "little text": the small language in which a post is written. Pure.

A sign of the language that stands for itself takes a backslash before it. Without that LinkedIn drops everything from
there on and answers 201 all the same, so here nothing is left to chance: every such sign is escaped wherever it stands,
also in an address. A hashtag is a template of its own. See learn.microsoft.com, "little Text Format".
"""

import regex

from publishing.adapters import own_posts

MOST = 3000
SIGNS = frozenset("\\|{}@[]()<>#*_~")

_OF_WORDS = r"[\p{L}\p{M}\p{N}]"
# Letters and digits of any script, one letter at least. Not inside of a word or an address.
_HASHTAG = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}_#&/@])#([\p{{L}}\p{{N}}]{_OF_WORDS}*+)(?![_#])")
_THEIRS = regex.compile(
    r"\\(?P<sign>.)|\{hashtag\|\\?#\|(?P<tag>(?:\\.|[^}\\])*)\}|@\[(?P<name>(?:\\.|[^\]\\])*)\]\((?:\\.|[^)\\])*\)",
    regex.DOTALL,
)


def little(text: str) -> str:
    """The text as LinkedIn must be told it, so that a reader sees every sign of it."""
    parts, at = list[str](), 0
    for match in _HASHTAG.finditer(text):
        if regex.search(r"\p{L}", match[1]):
            parts += [_escaped(text[at : match.start()]), f"{{hashtag|\\#|{match[1]}}}"]
            at = match.end()
    return "".join([*parts, _escaped(text[at:])])


def plain(told: str) -> str:
    """What a reader sees of little text, ours or what LinkedIn made of it."""
    return _THEIRS.sub(_seen, told)


def length(told: str) -> int:
    """In UTF-16 units, as LinkedIn's servers count."""
    return len(told.encode("utf-16-le", "surrogatepass")) // 2


def is_same(text: str, told: str) -> bool:
    """Whether this little text says this text, whatever was made of white space."""
    return own_posts.bare(text) == own_posts.bare(plain(told))


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in SIGNS else sign for sign in text)


def _seen(match: "regex.Match[str]") -> str:
    if match["sign"] is not None:
        return str(match["sign"])
    if match["tag"] is not None:
        return "#" + plain(match["tag"])
    return plain(match["name"])
