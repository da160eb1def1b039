"""The words of the form: what a court, an outcome, a sanction, a stance can be. Labels are what people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Court(models.TextChoices):
    """Proper names, so not translated. ``OTHER`` is named in words."""

    COPENHAGEN = "copenhagen", "Københavns Byret"
    FREDERIKSBERG = "frederiksberg", "Retten på Frederiksberg"
    EASTERN = "eastern", "Østre Landsret"
    SUPREME = "supreme", "Højesteret"
    OTHER = "other", _("another court")


class Instance(models.IntegerChoices):
    FIRST = 1, _("first instance")
    SECOND = 2, _("second instance")
    THIRD = 3, _("third instance")


class CaseType(models.TextChoices):
    LAY_JUDGES = "lay_judges", _("trial with lay judges")
    JURY = "jury", _("trial with jurors")
    CONFESSION = "confession", _("confession case")
    SINGLE_JUDGE = "single_judge", _("single judge")
    DEFAULT = "default", _("judgment by default")


class Sex(models.TextChoices):
    MAN = "man", _("man")
    WOMAN = "woman", _("woman")
    UNSAID = "", _("not said")


class Plea(models.TextChoices):
    DENIES = "denies", _("denies")
    PARTLY = "partly", _("admits in part")
    ADMITS = "admits", _("admits")
    UNSAID = "", _("not said")


class Outcome(models.TextChoices):
    CONVICTED = "convicted", _("convicted")
    ACQUITTED = "acquitted", _("acquitted")
    PARTLY_ACQUITTED = "partly_acquitted", _("acquitted in part")
    DISMISSED = "dismissed", _("dismissed by the court")
    CHARGE_DROPPED = "charge_dropped", _("charge dropped")  # påtaleopgivelse
    PROSECUTION_WAIVED = "prosecution_waived", _("prosecution waived")  # tiltalefrafald
    REMITTED = "remitted", _("remitted to the court below")


class SanctionKind(models.TextChoices):
    PRISON = "prison", _("imprisonment")
    SUSPENDED = "suspended", _("suspended imprisonment")
    COMMUNITY_SERVICE = "community_service", _("community service")
    FINE = "fine", _("fine")
    DAY_FINES = "day_fines", _("day fines")
    DRIVING_BAN = "driving_ban", _("disqualification from driving")
    EXPULSION = "expulsion", _("expulsion with a ban on entry")
    CONFISCATION = "confiscation", _("confiscation")
    RIGHTS_LOST = "rights_lost", _("loss of a right")
    ZONE_BAN = "zone_ban", _("ban on staying in an area")
    TREATMENT = "treatment", _("treatment or placement")
    DETENTION = "detention", _("safe custody")  # forvaring
    LIFE = "life", _("imprisonment for life")


class Severity(models.TextChoices):
    LESSER = "lesser", _("less grave")
    GRAVE = "grave", _("grave")
    GRAVEST = "gravest", _("most grave")


class Relation(models.TextChoices):
    STRANGER = "stranger", _("strangers")
    ACQUAINTED = "acquainted", _("acquainted")
    FAMILY = "family", _("family or household")
    PARTNER = "partner", _("partner or former partner")
    WORK = "work", _("work, school or care")
    UNKNOWN = "unknown", _("not known")


class Stance(models.TextChoices):
    """What a defendant, or the prosecution, says to the judgment."""

    ACCEPTED = "accepted", _("accepted the judgment")  # modtog dommen
    CONSIDERING = "considering", _("asked for time to consider")  # betænkningstid
    APPEALED_GUILT = "appealed_guilt", _("appealed for acquittal")
    APPEALED_SENTENCE = "appealed_sentence", _("appealed the sentence")
    AWAITING = "awaiting", _("awaits the regional prosecutor")
    UNKNOWN = "unknown", _("not known")


# The same answer has another name when the prosecution gives it.
OF_PROSECUTION = {
    Stance.ACCEPTED: _("does not appeal"),
    Stance.APPEALED_GUILT: _("appealed for a conviction"),
    Stance.APPEALED_SENTENCE: _("appealed for a stricter sentence"),
}


def of_prosecution(stance: str) -> str:
    return str(OF_PROSECUTION.get(Stance(stance), Stance(stance).label))


class DeadlineFrom(models.TextChoices):
    PRONOUNCED = "pronounced", _("pronouncement")
    SERVED = "served", _("service on the defendant")
    DISPATCHED = "dispatched", _("dispatch of the transcript")


class Finality(models.TextChoices):
    """Where the case against one defendant stands."""

    FIRST_INSTANCE = "first_instance", _("judged in first instance, can be appealed")
    APPEALED = "appealed", _("appealed")
    SECOND_INSTANCE = "second_instance", _("judged in second instance, leave can be applied for")
    LEAVE_APPLIED = "leave_applied", _("leave to appeal applied for")
    LEAVE_GRANTED = "leave_granted", _("before the Supreme Court")
    SUPREME_COURT = "supreme_court", _("judged by the Supreme Court")
    FINAL = "final", _("final")
    REMITTED = "remitted", _("remitted, to be tried again")
    REOPENED = "reopened", _("reopened")
    DEFAULT_JUDGMENT = "default_judgment", _("judged by default, a new trial can be asked for")


class RestrictionKind(models.TextChoices):
    NAME = "name", _("ban on naming")  # navneforbud
    CLOSED_DOORS = "closed_doors", _("closed doors")  # dørlukning
    DOUBLY_CLOSED = "doubly_closed", _("closed doors, the charge included")  # dobbeltlukkede døre
    REPORTING = "reporting", _("ban on reporting")  # referatforbud
    PHOTO = "photo", _("ban on pictures")
    OTHER = "other", _("another restriction")


class RestrictionState(models.TextChoices):
    REQUESTED = "requested", _("requested, not decided")
    ACTIVE = "active", _("in force")
    EXTENDED = "extended", _("extended for the appeal")
    LIFTED_APPEALED = "lifted_appealed", _("lifted, but appealed with suspensive effect")
    LIFTED = "lifted", _("lifted")
    REFUSED = "refused", _("refused by the court")


IN_FORCE = frozenset({"requested", "active", "extended", "lifted_appealed"})  # requested counts as active
