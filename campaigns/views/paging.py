"""Long lists a page at a time, by ``?side=2`` behind whatever else stands in the address. Pure but for reading it."""

from dataclasses import dataclass

from django.http import HttpRequest

FARTHEST = 100_000


def asked_for(request: HttpRequest) -> int:
    """The number of the page, from 1; 1 for what makes no sense."""
    number = request.GET.get("side", "")
    return min(max(1, int(number)), FARTHEST) if number.isdecimal() else 1


@dataclass(frozen=True)
class Pages:
    """A page of ``length`` things that begins behind ``start`` of ``total``; ``address`` is the first page's."""

    start: int
    length: int
    total: int
    address: str

    @property
    def number(self) -> int:
        return self.start // self.length + 1

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.length))

    @property
    def begins(self) -> int:
        """The number of the first thing on it."""
        return min(self.start + 1, self.total)

    @property
    def ends(self) -> int:
        return min(self.start + self.length, self.total)

    @property
    def before(self) -> str:
        return self.of(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self.of(self.number + 1) if self.number < self.last else ""

    @property
    def near(self) -> list[tuple[int, str]]:
        """The first, the last and those around this one, as (number, address); a gap is (0, "")."""
        shown = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        found: list[tuple[int, str]] = []
        for number in shown:
            if found and number - found[-1][0] > 1:
                found.append((0, ""))
            found.append((number, self.of(number)))
        return found

    def of(self, number: int) -> str:
        if number == 1:
            return self.address
        return f"{self.address}{'&' if '?' in self.address else '?'}side={number}"
