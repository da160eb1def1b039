"""Why a file does not come into the library."""

from publishing.errors import Words


class Refused(ValueError):
    """``sentence`` tells whoever chose the file what to do."""

    def __init__(self, sentence: Words) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
