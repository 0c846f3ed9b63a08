"""Two people at two windows: on a file the second window says why it stays closed, on a server nobody overwrites."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from famdesk import i18n
from famdesk.domain.errors import Stale
from famdesk.usecases import features
from famdesk.usecases.calendar import appointment_rows, calendar
from famdesk.usecases.people import people
from tests.support.offices import PASSWORD
from tests.support.offices import Desk as Centre
from tests.support.screen import Desk, Screen
from tests.window.conftest import go_to, sign_in

pytestmark = pytest.mark.window


def test_second_window_on_the_same_file(a_screen: Screen, demo_home: Path) -> None:
    first = a_screen.start(home=demo_home)
    first.wait_for("Utente", "text")
    second = a_screen.start(home=demo_home)
    assert "FamDesk è già aperto su questi dati" in second.wait_for("già aperto").name
    assert not second.find("Password"), "nobody can sign in there"
    second.press("Return")  # the only button has the keyboard
    assert second.until(lambda: second.process.poll() is not None, "the second window closes")
    assert second.process.returncode == 0
    first.raise_window()
    sign_in(first, "accoglienza")


@pytest.mark.postgres
def test_the_same_appointment_in_two_hands(a_screen: Screen, server_desk: Centre) -> None:
    """The window of the reception is the slower one; then it is the faster one."""
    features.load()
    noon = datetime.combine(date.today(), time(12))
    other = server_desk.sign_in("coordinator")
    person = other.run(people.add_person, alias="Nonna Lia")
    booked = other.run(
        calendar.book, starts=noon, ends=noon + timedelta(minutes=30), kind="interview", person_id=person
    )
    desk = a_screen.start(home=server_desk.home.folder)
    sign_in(desk, "reception", PASSWORD)
    open_appointment(desk)

    version = other.fetch(calendar.appointment, booked).version
    other.run(calendar.move, booked, version, noon + timedelta(hours=1))
    said = save_text(desk, "porta i documenti")
    assert "Prova coordinator ha salvato (mar 11 feb, 12:41)" in said
    desk.wait_for("Qualcun altro ha salvato questo appuntamento")
    assert seen(other.fetch(calendar.appointment, booked)) == (13, None), "nothing was overwritten in silence"

    desk.press("Return")  # "load theirs" has the keyboard
    desk.until(lambda: not desk.find("Qualcun altro ha salvato"), "their version is in the fields")
    version = other.fetch(calendar.appointment, booked).version
    since = desk.mark()
    focus_text(desk)
    desk.write("porta i documenti")
    go_to(desk, "Stato", "Tab")
    desk.press("ctrl+Return")
    desk.wait_heard("Salvato", since)
    assert seen(other.fetch(calendar.appointment, booked)) == (13, "porta i documenti")

    with pytest.raises(Stale) as refused, i18n.using("it"):
        other.run(calendar.move, booked, version, noon + timedelta(hours=3))
    with i18n.using("it"):
        assert "Prova reception ha modificato" in refused.value.sentence(), refused.value.sentence()
    assert seen(other.fetch(calendar.appointment, booked)) == (13, "porta i documenti")


def open_appointment(desk: Desk) -> None:
    """Opens the only appointment of the week from the calendar."""
    go_to(desk, "Calendario", "alt+3")
    desk.wait_for("Nonna Lia", "list item")
    go_to(desk, "12:00–12:30", "ctrl+Home")
    desk.press("Return")
    desk.wait_title("Appuntamento")


def focus_text(desk: Desk) -> None:
    """Leads to the field "Testo", from wherever in the dialog."""
    for _step in range(30):
        since = desk.mark()
        desk.press("Tab")
        if desk.wait_heard("", since, "focus") == "Testo":
            return
    raise AssertionError(f"no field Testo: {desk.describe()}")


def save_text(desk: Desk, text: str) -> str:
    """Writes into the field "Testo" and saves; gives what is said then."""
    desk.until(lambda: [one for one in desk.find("Persona", "text") if "focused" in one.states], "cursor")
    focus_text(desk)
    desk.write(text)
    go_to(desk, "Stato", "Tab")
    since = desk.mark()
    desk.press("ctrl+Return")
    return desk.wait_heard("ha salvato", since)


def seen(found: appointment_rows.AppointmentDetail) -> tuple[int, str | None]:
    return found.starts.hour, found.label
