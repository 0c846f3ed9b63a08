"""The mail account, and where somebody has to come, on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import Place
from famdesk.domain.errors import FamDeskError, Forbidden, Required, Stale
from famdesk.usecases.calendar import appointment_where, calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import mail, reminder_offers
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import write

GOOD: dict[str, Any] = {"host": "smtp.example.it", "port": 465, "security": "tls", "login": "centro",
                        "sender": "posta@example.it", "hours_before": 24}  # fmt: skip


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def _save(office: Office, read: int | None = None, password: str | None = None, **values: Any) -> str:
    deed: Any = mail.save_account
    return str(office.run(deed, read, password, **values))


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"host": " "}, Required, "host"),
        ({"host": "smtp.example.it:465"}, mail.BadHost, "host"),
        ({"port": None}, mail.BadPort, "port"),
        ({"port": 70_000}, mail.BadPort, "port"),
        ({"security": "none"}, mail.UnknownSecurity, "security"),
        ({"sender": "nessuno"}, mail.BadAddress, "sender"),
        ({"neutral_sender": "àvvisi@example.it"}, mail.BadAddress, "neutral_sender"),
        ({"hours_before": 1}, mail.BadHours, "hours_before"),
        ({"hours_before": None}, mail.BadHours, "hours_before"),
    ],
)
def test_what_cannot_be_a_mail_account(
    lead: Office, values: dict[str, Any], error: type[FamDeskError], field: str
) -> None:
    with pytest.raises(error) as raised:
        _save(lead, **{**GOOD, **values})
    assert raised.value.field == field  # type: ignore[attr-defined]
    assert lead.fetch(mail.account) is None
    assert lead.fetch(mail.server_for_test) is None


def test_one_account_and_its_password(desk: Desk, lead: Office) -> None:
    first = _save(lead, None, "segreto", **GOOD)
    kept = lead.fetch(mail.account)
    assert kept is not None
    assert kept.has_password
    assert _save(lead, kept.version, None, sender_name="Centro") == first
    found = lead.fetch(mail.server_for_test)
    assert found is not None
    assert (found[0].password, found[1]) == ("segreto", "posta@example.it")
    with pytest.raises(Stale):
        _save(lead, kept.version, None, host="altro.example.it")
    administrator = desk.sign_in("administrator")
    now = administrator.fetch(mail.account)
    assert now is not None
    _save(administrator, now.version, "nuovo", hours_before=48)
    changed = lead.fetch(mail.server_for_test)
    assert changed is not None
    assert changed[0].password == "nuovo"
    with pytest.raises(Forbidden):
        _save(desk.sign_in("reception"), None, "mio", **GOOD)


def _where(office: Office, booked: str) -> tuple[str, tuple[str, ...]]:
    found = office.fetch(appointment_where.place_of, booked)
    return found.name, found.lines


def _booked(office: Office, seeded: Seeded, **more: Any) -> str:
    values: dict[str, Any] = {"starts": at(17), "ends": at(18), "kind": "interview", "person_id": seeded.person, **more}
    deed: Any = calendar.book
    return str(office.run(deed, **values))


def _change(office: Office, booked: str, **values: Any) -> None:
    def change(tx: Any) -> None:
        with tx.doing("calendar.change"):
            found = tx.get(Appointment, booked)
            for name, value in values.items():
                setattr(found, name, value)

    office.run(change)


def test_where_one_has_to_come(lead: Office, seeded: Seeded) -> None:
    booked = _booked(lead, seeded, access_point_id=seeded.point)
    assert _where(lead, booked) == ("piazza Giovanni XXIII", ("piazza Giovanni XXIII",))
    _change(lead, booked, where_text="al parco")
    assert _where(lead, booked) == ("al parco", ())
    school = Place(name="Scuola", kind="school", address="via Scuola 2", town="Cremona")
    shelter = Place(name="Casa rifugio", kind="hidden", address="via Segreta 1")
    write(lead, calendar.book, school, shelter)
    _change(lead, booked, place_id=school.id)
    assert _where(lead, booked) == ("Scuola", ("via Scuola 2", "Cremona"))
    _change(lead, booked, place_id=shelter.id)
    assert _where(lead, booked) == ("", ())
    _change(lead, booked, place_id=None, where_text=None, kind="home_visit")
    assert _where(lead, booked) == ("", ())
    assert _where(lead, _booked(lead, seeded, starts=at(9), ends=at(10))) == ("", ())


def test_what_is_offered_after_a_change(lead: Office, seeded: Seeded) -> None:
    _save(lead, None, "segreto", **GOOD)
    booked = _booked(lead, seeded)
    found = lead.fetch(reminder_offers.offers, booked)
    assert found is not None
    assert (found.by_mail, found.by_phone, found.slip, found.neutral) == (False, False, True, False)
    assert found.persons[0].why == "No contact is noted that may be used for this."
    lead.run(contacts.add_contact_point, seeded.person, kind="mail", value="ines@example.it")
    lead.run(contacts.add_contact_point, seeded.person, kind="mobile", value="333 1234567")
    found = lead.fetch(reminder_offers.offers, booked)
    assert found is not None
    assert (found.by_mail, found.by_phone, found.persons[0].now) == (True, True, True)
    for other in (
        _booked(lead, seeded, kind="network", starts=at(9), ends=at(10)),
        _booked(lead, seeded, starts=at(9) - timedelta(days=3), ends=at(10) - timedelta(days=3)),
        _booked(lead, seeded, person_id=None, starts=at(11), ends=at(12)),
    ):
        assert lead.fetch(reminder_offers.offers, other) is None
