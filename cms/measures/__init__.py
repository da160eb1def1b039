"""What the site knows about how it works, as figures beside the coverage: only numbers, never a case or a person."""

from cms.measures import compliance, court, lead_time, quality


def install() -> None:
    for module in (court, lead_time, quality, compliance):
        module.install()
