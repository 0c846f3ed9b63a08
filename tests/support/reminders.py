"""A centre that reminds its families of appointments: with a mail account and somebody to be reminded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment, Reminder
from famdesk.data.tables.people import ContactPoint
from famdesk.usecases.calendar import calendar
from famdesk.usecases.family import relations
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import mail, reminders
from famdesk.usecases.post.reminder_rows import Outbound
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version

ACCOUNT: dict[str, Any] = {
    "host": "smtp.example.it", "port": 465, "security": "tls", "login": "centro", "sender": "posta@example.it",
    "sender_name": "Centro di prova", "neutral_sender": "avvisi@example.it", "hours_before": 24,
}  # fmt: skip
ADDRESS = "ines@example.it"
FIVE = at(17)


class Place:
    """A centre with a mail account, and somebody who can have an appointment on Thursday at five."""

    def __init__(self, desk: Desk, **account: Any) -> None:
        self.desk = desk
        self.office = desk.sign_in("coordinator")
        self.seeded: Seeded = seed(self.office)
        self.person = self.seeded.person
        deed: Any = mail.save_account
        self.office.run(deed, None, "segreto", **{**ACCOUNT, **account})
        self.points: dict[str, str] = {}

    def point(self, kind: str, value: str, person: str | None = None, **rule: Any) -> str:
        deed: Any = contacts.add_contact_point
        self.points[kind] = self.office.run(deed, person or self.person, kind=kind, value=value, **rule)
        return self.points[kind]

    def rule(self, kind: str, value: str, **rule: Any) -> None:
        deed: Any = contacts.change_contact_point
        point = self.points[kind]
        self.office.run(deed, point, version(self.office, ContactPoint, point), kind=kind, value=value, **rule)

    def book(self, starts: datetime = FIVE, person: str | None = None, **more: Any) -> str:
        values = {"kind": "interview", "ends": starts + timedelta(hours=1), **more}
        deed: Any = calendar.book
        return str(self.office.run(deed, starts=starts, person_id=person or self.person,
                                   access_point_id=self.seeded.point, **values))  # fmt: skip

    def refresh(self, office: Office | None = None) -> int:
        return (office or self.office).tend(reminders.refresh)

    def claim(self, office: Office | None = None) -> Outbound | None:
        return (office or self.office).tend(reminders.claim)

    def rows(self) -> list[tuple[str, str]]:
        """Channel and state of what is put down."""
        columns = select(Reminder.channel, Reminder.state).where(Reminder.deleted_at.is_(None)).order_by(Reminder.id)
        return [(row.channel, row.state) for row in self.office.fetch(lambda tx: tx.rows(columns))]

    def tasks(self) -> list[tuple[str, str | None]]:
        """What the list of calls holds: way and number or address."""
        return [(row.way, row.value) for row in self.office.fetch(call_list.call_list)]

    def version(self, booked: str) -> int:
        return version(self.office, Appointment, booked)


def day_before(place: Place) -> None:
    """Wednesday, 17:41: a day before and a little less."""
    place.desk.clock.forward(hours=29)


def child_of(place: Place, mother: str) -> str:
    child = place.office.run(people.add_person, surname="Prova", given_name="Ugo", birth_date=date(2016, 5, 4))
    place.office.run(relations.add_relation, mother, child, "birth_parent")
    return child
