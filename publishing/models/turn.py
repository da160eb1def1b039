"""A Turn: one worker at a time does this kind of work, anywhere. A lease, never a lock: the network runs meanwhile."""

from django.db import models


class Turn(models.Model):
    name = models.CharField(max_length=60, unique=True)  # tend:<channel>, verify:<channel>
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
