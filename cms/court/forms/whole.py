"""The whole form: judgment, defendants, restrictions. Read from one flat post, kept as far as it is whole."""

from typing import Any

from cms.court.completeness import Missing
from cms.court.forms.defendant import DefendantForm
from cms.court.forms.report import ReportForm
from cms.court.forms.restriction import RestrictionForm
from cms.court.models import Defendant, Report
from cms.court.vocabulary import CaseType, Finality, Instance, Outcome

PRONOUNCED = {
    Instance.FIRST: Finality.FIRST_INSTANCE,
    Instance.SECOND: Finality.SECOND_INSTANCE,
    Instance.THIRD: Finality.SUPREME_COURT,
}
MOST = 20  # defendants, and restrictions
BLANK = 999


class ReportForms:
    """``data`` None: as stored. Otherwise as posted; rows are named by number: ``t1-age``, ``r1-kind``."""

    def __init__(self, report: Report, data: Any = None) -> None:
        self.report, self.data = report, data
        self.main = ReportForm(data, instance=report)
        stored = {person.number: person for person in report.defendants.prefetch_related("sanctions")}
        numbers = _numbers(data, "t", stored)
        self.defendants = [
            DefendantForm(data, instance=stored.get(n) or Defendant(report=report, number=n), prefix=f"t{n}")
            for n in numbers
        ]
        rows = {int(row): values for row, values in report.restriction_rows.items()}
        self.restrictions = [
            RestrictionForm(data, stored=rows.get(n, {}), numbers=numbers, prefix=f"r{n}")
            for n in _numbers(data, "r", rows) or [max(rows, default=0) + 1]
        ]
        self.registered = report.case.restrictions.all()  # shown, not changed: they have a life of their own

    @property
    def all(self) -> list[Any]:
        return [self.main, *self.defendants, *self.restrictions]

    @property
    def blank_defendant(self) -> DefendantForm:
        """For the script: a row whose number is ``BLANK`` until it is added."""
        return DefendantForm(instance=Defendant(number=BLANK), prefix=f"t{BLANK}")

    @property
    def blank_restriction(self) -> RestrictionForm:
        numbers = [form.number for form in self.defendants]
        return RestrictionForm(stored={}, numbers=numbers, prefix=f"r{BLANK}")

    def errors(self) -> dict[str, list[str]]:
        """By the name of the field in the page."""
        found = {}
        for form in self.all:
            for name, faults in form.errors.items():
                found[form.add_prefix(name)] = [str(fault) for fault in faults]
        return found

    def faults(self) -> list[Missing]:
        """The same for people: which field, and what is wrong with it."""
        return [
            Missing(form.add_prefix(name), " ".join([f"{form[name].label}:", *map(str, faults)]))
            for form in self.all
            for name, faults in form.errors.items()
        ]

    def keep(self) -> None:
        """Store what is whole; a field with a fault keeps what it had."""
        self.errors()
        _keep(self.main, self.report)
        self.main.save_parts()
        self.report.case.save(update_fields=["police_number", "court_number", "nickname"])
        self._keep_restrictions()
        self.report.save()
        for name in ("channels", "initiatives"):
            if name in self.main.cleaned_data:
                getattr(self.report, name).set(self.main.cleaned_data[name])
        for form in self.defendants:
            self._keep_defendant(form)

    def _keep_defendant(self, form: DefendantForm) -> None:
        person = form.instance
        if form.cleaned_data.get("gone"):
            if person.pk and len(self.defendants) > 1:
                person.delete()
            return
        _keep(form, person)
        if self.report.state == Report.State.DRAFT:  # afterwards it moves on the page of the case alone
            person.finality = begins_as(self.report, person)
        person.save()
        form.save_parts()

    def _keep_restrictions(self) -> None:
        """None when the prosecutor says that there are none."""
        some = self.report.restrictions_answer != Report.Restrictions.NONE
        rows = {form.row: form.values for form in self.restrictions} if some else {}
        self.report.restriction_rows = {row: values for row, values in rows.items() if values}


def begins_as(report: Report, person: Defendant) -> str:
    """Where a judgment of this court stands when it is pronounced. Nothing is final by itself."""
    if person.outcome == Outcome.REMITTED:
        return Finality.REMITTED.value
    if report.case_type == CaseType.DEFAULT:
        return Finality.DEFAULT_JUDGMENT.value
    return PRONOUNCED[report.instance].value


def _keep(form: Any, instance: Any) -> None:
    """Only the fields without a fault; Django's own way sets those of ``cleaned_data``, which is the same."""
    for name in form._meta.fields:
        if name in form.cleaned_data and not _is_many(instance, name):
            setattr(instance, name, _value(instance, name, form.cleaned_data[name]))


def _is_many(instance: Any, name: str) -> bool:
    return bool(instance._meta.get_field(name).many_to_many)


def _value(instance: Any, name: str, value: Any) -> Any:
    """Nothing chosen is the field's default where the field cannot be empty."""
    field = instance._meta.get_field(name)
    if value in (None, "") and not field.null and field.has_default():
        return field.get_default()
    return value


def _numbers(data: Any, letter: str, stored: Any) -> list[int]:
    """Rows of the post, or those that are stored."""
    if data is None:
        return sorted(stored)
    listed = [int(part) for part in str(data.get(f"{letter}-rows", "")).split(",") if part.strip().isdecimal()]
    found = sorted({n for n in listed if 0 < n <= MOST})
    return found or (sorted(stored) if letter == "t" else [])
