"""News for the layers above."""

from django.dispatch import Signal

# Sent after commit with delivery=<Delivery> when it reached a state that somebody above may care about
# (delivered, processing, failed, uncertain, held, missed, cancelled, withdrawn). Receivers only enqueue, never raise.
delivery_settled = Signal()

# Sent with delivery=<Delivery> inside the transaction in which somebody at the desk gave it a new time, so that what
# planned it follows or nothing happens.
delivery_retimed = Signal()
