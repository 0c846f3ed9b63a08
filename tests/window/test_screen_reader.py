"""What somebody who does not see the screen is told: by AT-SPI, as a screen reader asks for it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from famdesk.usecases import features
from famdesk.usecases.calendar import calendar
from famdesk.usecases.people import people
from tests.support.offices import PASSWORD
from tests.support.offices import Desk as Centre
from tests.support.screen import Desk, Node, Screen
from tests.window.conftest import go_to, sign_in

pytestmark = pytest.mark.window

VIEWS = (
    # shortcut, title, something that is there when the view has been filled
    ("alt+1", "Oggi", "Polo per l’Infanzia"),
    ("alt+2", "Accoglienza", "Accessi del giorno"),
    ("alt+3", "Calendario", "libero"),
    ("alt+4", "Iniziative", "Aperitivi Pedagogici"),
    ("alt+5", "Persone", "codice fiscale"),
    ("alt+6", "Note", "nessun altro può leggere"),
    ("alt+7", "Percorsi", "Percorsi aperti"),
    ("alt+8", "Guida", "Palazzo della Carità"),
    ("alt+9", "Stampe", "Orari di apertura"),
    ("alt+0", "Impostazioni", "Motto"),
)
DIALOGS = (
    ("alt+3", "Calendario", "ctrl+n", "Nuovo appuntamento"),
    ("alt+4", "Iniziative", "ctrl+n", "Nuova iniziativa"),
    ("alt+8", "Guida", "F1", "Guida"),
)


def focusable(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if "focusable" in node.states]


def nameless(nodes: list[Node]) -> list[tuple[str, str]]:
    return [(node.role, node.description) for node in focusable(nodes) if not node.name.strip()]


def test_everything_that_takes_the_keyboard_has_a_name(
    a_screen: Screen, demo_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = a_screen.start(home=demo_home)
    desk.wait_for("Utente", "text")
    counts = {"sign-in": len(focusable(desk.nodes()))}
    lacking = {"sign-in": nameless(desk.nodes())}
    sign_in(desk, "coordinatrice")
    views = {node.name: node.role for node in desk.nodes() if node.name in {title for _keys, title, _mark in VIEWS}}
    assert "radio button" in views.values()
    assert "check box" not in views.values(), "a view is one of several, not something that is ticked"
    for keys, title, landmark in VIEWS:
        desk.press(keys)
        desk.wait_title(title)
        desk.wait_for(landmark)
        nodes = desk.nodes()
        counts[title], lacking[title] = len(focusable(nodes)), nameless(nodes)
        assert [node.name for node in nodes if "focused" in node.states and "focusable" in node.states], (
            f"{title}: the keyboard is nowhere"
        )
    for keys, title, opener, dialog in DIALOGS:
        desk.press(keys)
        desk.wait_title(title)
        desk.press(opener)
        desk.wait_for(dialog, "dialog")
        nodes = desk.nodes()
        counts[dialog], lacking[dialog] = len(focusable(nodes)), nameless(nodes)
        desk.press("Escape")
        desk.wait_title(title)
    with capsys.disabled():
        print(f"\nfocusable and showing: {counts}")
    assert min(counts.values()) > 5
    assert not any(lacking.values()), {name: found for name, found in lacking.items() if found}


def test_a_move_and_a_save_are_told(a_screen: Screen, file_desk: Centre) -> None:
    features.load()
    noon = datetime.combine(date.today(), time(12))
    office = file_desk.sign_in("coordinator")
    person = office.run(people.add_person, alias="Nonna Lia")
    ends = noon + timedelta(minutes=30)
    booked = office.run(calendar.book, starts=noon, ends=ends, kind="interview", person_id=person)
    desk = a_screen.start(home=file_desk.home.folder)
    sign_in(desk, "reception", PASSWORD)
    go_to(desk, "Calendario", "alt+3")
    desk.wait_for("Nonna Lia", "list item")
    go_to(desk, "12:00–12:30", "ctrl+Home")
    assert "Nonna Lia" in desk.heard(0, "focus")[-1], "the box says whose it is"

    since = desk.mark()
    desk.press("alt+Down")
    assert "12:15" in desk.wait_heard("12:15", since)
    desk.wait_heard("Salvato", since)
    assert office.fetch(calendar.appointment, booked).starts == noon + timedelta(minutes=15)

    since = desk.mark()
    desk.press("ctrl+z")
    assert "Appuntamento" in desk.wait_heard("Annullat", since), "undo tells what was undone"
    assert office.fetch(calendar.appointment, booked).starts == noon

    since = desk.mark()
    desk.press("Next")
    desk.wait_heard(str((noon + timedelta(days=7)).year), since)
    assert focused(desk).name, "another week is told, and the cursor is somewhere"


def focused(desk: Desk) -> Node:
    return next(node for node in reversed(desk.nodes()) if "focused" in node.states)
