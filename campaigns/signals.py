"""News for the layer above."""

from django.dispatch import Signal

# Sent with placement=<Placement> and by=<User> inside the transaction in which somebody gave a placement a time, so
# that approved content is planned for it or nothing happens. Receivers may raise Refused.
placement_timed = Signal()
