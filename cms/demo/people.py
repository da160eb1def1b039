"""The demo's cast: one user a role. Names are invented; the passwords are printed when the demo starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

PASSWORD = "pejlemaerke-demo"  # noqa: S105 (printed on purpose; the demo refuses to run with DEBUG off)


@dataclass(frozen=True)
class Person:
    username: str
    first_name: str
    last_name: str
    role: str  # key of the role, or "" for the superuser
    job: str


CAST = (
    Person("skribent", "Mette", "Eksempel", "writer", "skriver og sender til godkendelse"),
    Person("redaktor", "Jonas", "Prøvesen", "editor", "godkender det, andre har skrevet"),
    Person("anklager", "Sara", "Mønster", "prosecutor", "indberetter domme"),
    Person("jurist", "Karen", "Testrup", "legal", "godkender fakta og forbud"),
    Person("jurist2", "Omar", "Forsøg", "legal", "giver den anden underskrift"),
    Person("planlaegger", "Ali", "Skitse", "planner", "giver tider og kanaler"),
    Person("vagt", "Lars", "Vagtmand", "duty", "stopper og frigiver"),
    Person("ledelse", "Birgit", "Overblik", "management", "ser dækningen af strategien"),
    Person("arkiv", "Niels", "Gemme", "archive", "læser og journaliserer"),
    Person("admin", "Ada", "Opsætning", "", "sætter kanaler op (må heller ikke godkende eget)"),
)


def ensure(groups: Mapping[str, Group]) -> dict[str, object]:
    """Make each person once and put them in the group of their role. Returns users by user name."""
    users = {}
    for person in CAST:
        user, created = get_user_model().objects.get_or_create(
            username=person.username,
            defaults={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "email": f"{person.username}@example.org",
                "is_superuser": not person.role,
                "is_staff": not person.role,
            },
        )
        if created:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        if person.role:
            user.groups.add(groups[person.role])
        users[person.username] = user
    return users
