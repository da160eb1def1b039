"""Whether words are cheerful, for a day that asks for a quiet tone. Pure; it points out, and a person decides."""

import re

from campaigns.topics import names_any, words_of

CHEERFUL = words_of(
    "hurra, tillykke, juhu*, jubel*, jubii*, fest, festen, fester, festlig*, fejr*, hygge*, sjov*, skæg, fantastisk*,"
    " glæder os, glædelig*, dejlig*, skøn, skønne, skønt, lækker*, munter*, morsom*, humor*, vittig*, grin*, smil*,"
    " haha, hihi, quiz*, konkurrence*, vind, skål, god weekend, god fornøjelse, god fest, rigtig god, yes, wow,"
    " congratulations, party, fun, happy, hooray, celebrate*, win"
)
SIGNS = re.compile(
    "[\U0001f600-\U0001f60f\U0001f61a-\U0001f61d\U0001f638-\U0001f63b\U0001f923-\U0001f929\U0001f970\U0001f973"
    "\U0001f381-\U0001f38a\U0001f389\U0001f37a-\U0001f37e\U0001f57a\U0001f483\U0001f942\U0001f64c\U0001f44f\U0001f3b6"
    "\u2728\u2600\U0001f31e\u2764]"
)


def cheerful(text: str) -> list[str]:
    """The words, smileys and exclamation marks that make it so, each once, in the order of the list."""
    found = [word.rstrip("*") for word in CHEERFUL if names_any(text, (word,))]
    found += dict.fromkeys(SIGNS.findall(text))
    return [*found, "!"] if "!" in text else found
