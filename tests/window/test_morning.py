"""A morning at the desk on a real window with the keyboard alone: what `must show` of the desk asks for."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from famdesk.data.home import Home
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.usecases import features, session
from famdesk.usecases.demo.demo_accounts import DEMO_PASSWORD
from tests.support.screen import Desk, Screen
from tests.window.conftest import go_to, sign_in

pytestmark = pytest.mark.window

MOST_KEYS = 12
"""What an info contact may cost beside its text."""
CONTACTS = (
    # how it came in ("" keeps the one before), need, age, answer
    ("", "asilo", "2", "Domanda online entro marzo"),
    ("", "bonus", "4", "Patronato, con ISEE"),
    ("tel", "pediatra", "1", "Elenco ASST dato"),
    ("", "italiano", "30", "CPIA, foglietto dato"),
    ("allo", "separazione", "9", "Primo colloquio proposto"),
    ("", "scuola", "7", "Ufficio scuola"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The records of a home that the morning can touch, as comparable facts by id."""

    contacts: dict[str, tuple[str, str | None, str | None, str | None]]
    cards: dict[str, tuple[str | None, str, str | None, str | None]]
    persons: dict[str, str | None]
    appointments: dict[str, tuple[str, str | None, str]]


def records(tx: Tx) -> Found:
    """Everything outside the bin."""
    contact, card, booked = InfoContact, AccessCard, Appointment
    return Found(
        _by_id(tx, contact.channel, contact.need, contact.age_band, contact.answer),
        _by_id(tx, card.person_id, card.needs, card.needs_family, card.outcome),
        {key: alias or given for key, (alias, given) in _by_id(tx, Person.alias, Person.given_name).items()},
        {key: (f"{at:%d/%m/%Y %H:%M}", *row) for key, (at, *row) in
         _by_id(tx, booked.starts, booked.person_id, booked.state).items()},
    )  # fmt: skip


def _by_id(tx: Tx, *columns: Any) -> dict[str, Any]:
    record = columns[0].class_
    found = tx.rows(select(record.id, *columns).where(record.deleted_at.is_(None)))
    return {key: tuple(rest) for key, *rest in found}


def look_into(folder: Path) -> Found:
    """What another process would read."""
    features.load()
    office = session.sign_in(Home(folder), "coordinatrice", DEMO_PASSWORD)
    try:
        return office.fetch(records)
    finally:
        office.close()


def log_contact(desk: Desk, contact: tuple[str, str, str, str]) -> int:
    """Logs a contact from the first field of the line; gives the keys that it took beside the text."""
    channel, need, age, answer = contact
    before, since = desk.keys, desk.mark()
    desk.write(channel)
    for text in (need, age, answer):
        desk.press("Tab")
        desk.write(text)
    desk.press("Return")
    desk.wait_heard("Salvato", since)
    return desk.keys - before


def upgrade_contact(desk: Desk, surname: str) -> None:
    """The contact logged last becomes a card for somebody who is known."""
    go_to(desk, "Accessi del giorno", "ctrl+1")
    desk.press("Return")
    desk.wait_for("Scheda di accesso", "label")
    since = desk.mark()
    desk.until(lambda: [one for one in desk.find("Persona interessata", "text") if "focused" in one.states], "cursor")
    desk.write(surname)
    desk.wait_heard("propost", since)
    go_to(desk, "È presente", "Tab")
    go_to(desk, "Nelle parole della famiglia", *["Tab"] * 6)
    desk.write("Il pasto costa troppo")
    go_to(desk, "Esito", *["Tab"] * 7)
    desk.write("informa")
    go_to(desk, "Annotazioni", *["Tab"] * 2)
    since = desk.mark()
    desk.press("ctrl+Return")
    desk.wait_heard("Salvato", since)
    desk.wait_for("Niente. La scheda è completa.")
    go_to(desk, "Accessi del giorno", "Escape")


def new_card(desk: Desk, name: str) -> None:
    """A card for somebody who is not known yet; it ends in the booking, which saves it."""
    go_to(desk, "Come", "ctrl+n")
    desk.write("tel")
    go_to(desk, "Persona interessata", *["Tab"] * 6)
    since = desk.mark()
    desk.write(name)
    desk.wait_heard("1 proposta", since)
    desk.press("Return")
    desk.wait_title("Nuova persona")
    desk.wait_heard("Telefono", since, "focus")
    go_to(desk, "Persona interessata", "ctrl+Return")
    go_to(desk, "Nelle parole della famiglia", *["Tab"] * 7)
    desk.write("Vorrebbe imparare l'italiano")
    go_to(desk, "Secondo", "Tab")
    desk.write("italiano")
    go_to(desk, "Annotazioni", *["Tab"] * 2)
    desk.press("ctrl+b")
    desk.wait_title("Nuovo appuntamento")


def book(desk: Desk, day: date) -> None:
    """Books in the dialog that is open."""
    since = desk.mark()
    desk.until(lambda: [one for one in desk.find("Persona", "text") if "focused" in one.states], "cursor")
    go_to(desk, "Giorno", *["Tab"] * 3)
    desk.write(f"{day:%d/%m/%Y}")
    desk.press("Tab")
    desk.write("930")
    go_to(desk, "Fine", "Tab")
    desk.press("ctrl+Return")
    desk.wait_heard("Fissato", since)
    desk.wait_title("Calendario")
    desk.wait_heard("9:30–10:15", since, "focus")


def save_slip(desk: Desk, path: Path) -> None:
    """The slip of the appointment that is selected, seen in the preview and saved."""
    desk.press("ctrl+p")
    desk.wait_title("Stampe")
    desk.until(lambda: [one for one in desk.nodes() if one.name == "Promemoria dell’appuntamento"], "the preview")
    go_to(desk, "Nome del file", "ctrl+s")
    desk.write(str(path))
    desk.press("Return")
    desk.until(lambda: path.is_file() and path.stat().st_size, "the slip as a file")
    desk.wait_title("Stampe")


def undo_one(desk: Desk) -> None:
    """A contact that was a mistake is logged and taken back by name; the card that was booked for is left first."""
    go_to(desk, "Come", "alt+2")
    go_to(desk, "Accessi del giorno", "Escape")
    go_to(desk, "Come", "alt+2")
    log_contact(desk, ("", "bonus", "5", "Sbagliato"))
    since = desk.mark()
    desk.press("ctrl+z")
    assert "Contatto" in desk.wait_heard("Annullat", since)


def lock_and_unlock(desk: Desk) -> None:
    desk.press("ctrl+l")
    desk.wait_title("bloccato")
    desk.wait_for("Password", "password text")
    assert not desk.find("Accessi"), "the lock hides what is under it"
    desk.write(DEMO_PASSWORD)
    desk.press("Return")
    desk.wait_title("Accoglienza")


def close(desk: Desk) -> None:
    desk.press("alt+F4")
    assert desk.until(lambda: desk.process.poll() is not None, "the program ends")
    assert desk.process.returncode == 0


def tuesday() -> date:
    """A Tuesday that is one to two weeks away."""
    day = date.today() + timedelta(7)
    return day + timedelta((1 - day.weekday()) % 7)


def verify(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "famdesk", "verify", "--home", str(folder)]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_morning(a_screen: Screen, demo_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = look_into(demo_home)
    slip, name = tmp_path / "promemoria.pdf", "zita"
    desk = a_screen.start(home=demo_home)
    sign_in(desk, "accoglienza")
    go_to(desk, "Come", "alt+2")
    costs = [log_contact(desk, contact) for contact in CONTACTS]
    upgrade_contact(desk, "singh")
    new_card(desk, name)
    book(desk, tuesday())
    save_slip(desk, slip)
    undo_one(desk)
    lock_and_unlock(desk)
    close(desk)
    with capsys.disabled():
        print(f"\ninfo contacts: {costs} keys beside the text; the morning: {desk.keys} keys, {desk.letters} letters")
    assert max(costs) <= MOST_KEYS
    check_records(before, look_into(demo_home), name)
    assert "9:30" in "".join(page.extract_text() for page in PdfReader(slip).pages)
    checked = verify(demo_home, a_screen.environment)
    assert checked.returncode == 0, checked.stderr


def check_records(before: Found, after: Found, name: str) -> None:
    """Exactly what was typed is there, and what was there before is as it was."""
    for kind in ("contacts", "cards", "persons", "appointments"):
        old, new = getattr(before, kind), getattr(after, kind)
        assert {key: new.get(key) for key in old} == old
    contacts = {key: row for key, row in after.contacts.items() if key not in before.contacts}
    assert sorted(row[3] or "" for row in contacts.values()) == sorted(contact[3] for contact in CONTACTS)
    assert all(need and age for _channel, need, age, _answer in contacts.values())
    assert sum(channel == "phone" for channel, *_rest in contacts.values()) == 2
    persons = [key for key in after.persons if key not in before.persons]
    assert [after.persons[key] for key in persons] == [name]
    cards = [row for key, row in after.cards.items() if key not in before.cards]
    assert len(cards) == 2
    known, new = sorted(cards, key=lambda row: row[0] == persons[0])
    assert known[0] in before.persons
    assert known[2:] == ("Il pasto costa troppo", "informed")
    assert new == (persons[0], "italian_course", "Vorrebbe imparare l'italiano", None)
    booked = [row for key, row in after.appointments.items() if key not in before.appointments]
    assert booked == [(f"{tuesday():%d/%m/%Y} 09:30", persons[0], "planned")]
