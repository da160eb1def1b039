"""What Instagram and Threads add to Meta's table of refusals: what can be wrong with a container.

See https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from publishing.adapters import answers, meta_errors
from publishing.errors import ContentRejected, NotAuthorised, OutcomeUnknown, RateLimited, TemporaryError

UNFETCHED = _("The platform could not fetch an image or the video from this site.")
RESTRICTED = _("The platform has restricted the account: log in there and do what it asks for.")
CODES: Mapping[str | int, answers.Meaning] = {
    "-2/2207003": (TemporaryError, UNFETCHED),
    "9004/2207052": (TemporaryError, UNFETCHED),
    "-1/2207032": TemporaryError,
    "9007": (TemporaryError, _("The platform is still working on an image or the video.")),
    "24/2207008": TemporaryError,
    "24/2207006": (OutcomeUnknown, _("The platform does not know any more what was made ready.")),
    "4/2207051": (ContentRejected, _("The platform takes this for spam: look at the account there.")),
    "9/2207042": (RateLimited, _("The account has posted as much today as the platform allows.")),
    "25/2207050": (NotAuthorised, RESTRICTED),
    "36003/2207009": (ContentRejected, _("The image is too narrow or too wide for this channel. Crop it.")),
}
PLATFORM = replace(meta_errors.platform(CODES), failing=frozenset({"1", "2", "-1", "-2"}))
