"""Where Wagtail's workflow ends. A module of its own: Wagtail imports it while its own models are still loading."""

from typing import Any


def finish(workflow_state: Any, user: Any = None) -> None:
    """See ``cms.approval.finish``."""
    from cms import approval

    approval.finish(workflow_state, user)
