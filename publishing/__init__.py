"""Reliable delivery: one Message to one Channel at one time, once.

The road of a delivery, by file:

1. ``scheduling``   the layer above hands over a frozen Message; nothing else may create a Delivery
2. ``claiming``     one worker takes due rows by a conditional update and gets a lease
3. ``guards``       anything that forbids sending now says so (at claim and again at begin)
4. ``sending``      begin (Attempt, ``sending``) -> the adapter talks to the platform -> settle (Receipt or error);
                    where the platform wants it made ready first, that is written down (``preparing``) and claimed again
5. ``reconciling``  a lost worker or a lost answer is ``uncertain``: ask the platform, never resend blindly
6. ``retry``        when to try again, or never
7. ``evidence``     every step is an append-only record, sealed into a chain

The database is the truth; the broker is only a doorbell (``tasks``).
"""
