"""Settings of the outbox that contradict each other."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from publishing import http

# One send may take ``sending.SHARE_OF_LEASE`` of the lease; a single call half of it at most.
SHORTEST_LEASE = 2 * http.TIMEOUT


@register()
def lease(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A lease that ends while a request may still be answered makes uncertain what was sent."""
    if settings.DEBUG or settings.PUBLISHING_LEASE_SECONDS >= SHORTEST_LEASE:
        return []
    return [
        Error(
            f"PUBLISHING_LEASE_SECONDS is {settings.PUBLISHING_LEASE_SECONDS}, a request may take {http.TIMEOUT:.0f}.",
            hint=f"At least {SHORTEST_LEASE:.0f}.",
            id="publishing.E001",
        )
    ]
