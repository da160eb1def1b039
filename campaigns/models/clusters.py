"""Rows with rows of their own that are edited in one form."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # modelcluster ships no types: to the checker it is what it is built on
    from django.db.models import Model as Cluster
else:
    from modelcluster.models import ClusterableModel as Cluster

__all__ = ["Cluster"]
