"""The internal half: tables that only the prosecutor's desk reads. Nothing here hangs on a page."""

from cms.court.models.cases import Case
from cms.court.models.defendants import Defendant, Sanction
from cms.court.models.reports import Report
from cms.court.models.restrictions import Restriction

__all__ = ["Case", "Defendant", "Report", "Restriction", "Sanction"]
