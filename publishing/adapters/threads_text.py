"""How Threads counts: each sign once, but an emoji as the bytes it takes in UTF-8. Pure.

See https://developers.facebook.com/docs/threads/posts.
"""

import regex

EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3|\ufe0f")


def count(text: str) -> int:
    return sum(len(part.encode()) if EMOJI.search(part) else len(part) for part in regex.findall(r"\X", text))
