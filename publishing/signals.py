"""News for the layers above."""

from django.dispatch import Signal

# Sent after commit with delivery=<Delivery> when it reached a state that somebody above may care about
# (delivered, processing, failed, uncertain, held, missed, cancelled, withdrawn). Receivers only enqueue, never raise.
delivery_settled = Signal()
