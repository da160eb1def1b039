"""The internal half: tables that only the prosecutor's desk reads. Nothing here hangs on a page."""

from cms.court.models.cases import Case, CasePage
from cms.court.models.defendants import Defendant, Sanction
from cms.court.models.earlier import EarlierPost
from cms.court.models.protected import ProtectedNames
from cms.court.models.reports import Report
from cms.court.models.restrictions import Restriction, RestrictionMove, Verb
from cms.court.models.routes import Route
from cms.court.models.standing import AppealDeadline, FollowUp, StandingMove

__all__ = [
    "AppealDeadline",
    "Case",
    "CasePage",
    "Defendant",
    "EarlierPost",
    "FollowUp",
    "ProtectedNames",
    "Report",
    "Restriction",
    "RestrictionMove",
    "Route",
    "Sanction",
    "StandingMove",
    "Verb",
]
