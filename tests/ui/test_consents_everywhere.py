"""“1 of 2 signatures” is seen wherever the person is: search, file, Today, calendar, access card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.consents.dialogs import GroundDialog, SignDialog
from famdesk.ui.intake.card_side import CardSide
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.today import words as today_words
from famdesk.usecases import search, today
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import person_search
from tests.support.calendar_window import Window
from tests.support.offices import Desk
from tests.support.scenarios_consents import Parents, family

WAITS = "Interviews with a minor: 1 of 2 signatures"
NOON = datetime(2025, 2, 13, 12)


@pytest.fixture
def desk_office(file_desk: Desk) -> Office:
    return file_desk.sign_in("social_worker")


@pytest.fixture
def known(desk_office: Office) -> Parents:
    found = family(desk_office)
    desk_office.run(consenting.give, found.child, "minor_interview", (Signing("parent", other_id=found.mother),))
    return found


@pytest.fixture
def window(qtbot: QtBot, desk_office: Office) -> Iterator[Window]:
    made = Window(qtbot, desk_office)
    yield made
    made.runner.close()


def test_in_every_search(desk_office: Office, known: Parents) -> None:
    hits = {hit.id: hit.detail for hit in desk_office.fetch(person_search.find_persons, "quarantotti")}
    assert hits[known.child].endswith(f" · {WAITS}")
    assert "signatures" not in hits[known.father]
    rows = {row.id: row.consents for row in desk_office.fetch(person_search.list_persons, "quarantotti")}
    assert rows == {known.child: (WAITS,), known.father: ()}
    everything = desk_office.fetch(search.search, "pinuccia quarantotti")
    assert any(WAITS in hit.detail for hit in everything)


def test_in_the_list_and_on_top_of_the_file(qtbot: QtBot, desk_office: Office, known: Parents) -> None:
    runner = Runner(desk_office)
    page = PeoplePage(runner)
    page.resize(1280, 760)
    qtbot.addWidget(page)
    page.show()
    page.found.search.setText("pinuccia")
    page.found.search.ask_now()
    qtbot.waitUntil(runner.idle)
    model = page.found.table.model()
    shown = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert "1 of 2 signatures" in shown
    page.open_item("consents", known.child)
    qtbot.waitUntil(runner.idle)
    assert WAITS in page.file.identity.badges()
    assert page.file.tabs.current() == "consents"
    panel: Any = page.file.panel()
    assert [line.badge for line in panel.purposes.lines() if line.id == "minor_interview"] == ["1 of 2 signatures"]
    runner.close()


def test_today_asks_for_it(desk_office: Office, known: Parents) -> None:
    board = desk_office.fetch(today.board)
    tasks = [task for task in board.tasks if task.kind == "consent"]
    assert [(task.record_id, task.who) for task in tasks] == [(known.child, "Quarantotti Pinuccia")]
    line = today_words.task_line(tasks[0], board.at)
    assert (line.title, line.detail) == ("Consent without all signatures", f"Quarantotti Pinuccia · {WAITS}")
    desk_office.run(consenting.give, known.child, "minor_interview",
                    (Signing("parent", other_id=known.mother), Signing("parent", other_id=known.father)))  # fmt: skip
    assert [task.kind for task in desk_office.fetch(today.board).tasks] == []


def test_beside_the_access_card(qtbot: QtBot, desk_office: Office, known: Parents) -> None:
    (brief,) = desk_office.fetch(intake.who, [known.child])
    assert brief.consents == (WAITS,)
    runner = Runner(desk_office)
    side = CardSide(runner, lambda: NOON)
    qtbot.addWidget(side)
    side.about(known.child)
    qtbot.waitUntil(runner.idle)
    assert WAITS in side.person_box.words()
    runner.close()


def test_in_the_appointment_editor_before_saving(window: Window, known: Parents) -> None:
    window.page._booking.edit(Start(NOON, person_id=known.child, person="Quarantotti Pinuccia"))
    dialog = window.dialog()
    window.wait()
    assert "1 of 2 so far. Still to sign: Quarantotti Gaspare." in dialog._consent.text()
    assert dialog._consent.isVisible()
    dialog.try_save()
    window.wait()
    field = dialog.fields.field("person_id")
    assert "Still to sign: Quarantotti Gaspare." in field.accessibleDescription()
    told = [one for one in dialog.findChildren(QLabel) if "Quarantotti Gaspare" in one.text() and one.isVisible()]
    assert len(told) == 1, "the field says it, and nothing else"
    assert dialog._consent.sign.isVisible()
    window.qtbot.mouseClick(dialog._consent.sign, Qt.MouseButton.LeftButton)
    window.wait()
    signing = window.dialog(SignDialog)
    assert signing.form.value("signer0") is True
    signing.try_save()
    window.wait()
    assert not dialog._consent.isVisible()
    assert "sign" not in field.accessibleDescription()
    assert not field.property("wrong")
    dialog.try_save()
    window.wait()
    assert window.spans() == ["13 12:00-12:45"]


def test_a_lawful_ground_opens_the_way_from_the_editor(window: Window, desk_office: Office) -> None:
    child = family(desk_office, born=date(2015, 1, 1)).child
    window.page._booking.edit(Start(NOON, person_id=child, person="Quarantotti Pinuccia"))
    dialog = window.dialog()
    window.wait()
    assert "0 of 2 so far" in dialog._consent.text()
    window.qtbot.mouseClick(dialog._consent.ground, Qt.MouseButton.LeftButton)
    window.wait()
    ground = window.dialog(GroundDialog)
    for name, value in (("ground", "need"), ("act", "Procura minorile avvisata"), ("on", date(2025, 2, 10))):
        ground.form.field(name).set_value(value)
    ground.try_save()
    window.wait()
    dialog.try_save()
    window.wait()
    assert window.spans() == ["13 12:00-12:45"]


def test_what_is_no_interview_needs_no_signature(window: Window, known: Parents) -> None:
    window.page._booking.edit(Start(NOON, person_id=known.child, person="Quarantotti Pinuccia"))
    dialog = window.dialog()
    window.wait()
    kind = dialog.fields.field("kind")
    kind.set_value("network")
    kind.edited.emit()
    window.qtbot.waitUntil(lambda: not dialog._consent.isVisible())
    dialog.try_save()
    window.wait()
    assert [row.kind for row in window.rows()] == ["network"]


def test_an_edited_person_is_looked_at_anew(window: Window, known: Parents) -> None:
    window.page._booking.edit(Start(NOON, person_id=known.child, person="Quarantotti Pinuccia"))
    dialog = window.dialog()
    window.wait()
    dialog.try_save()
    window.wait()
    label = dialog._consent._label
    assert label.isHidden()
    dialog.fields.field("starts").edited.emit()
    assert dialog.fields.field("person_id").accessibleDescription() == ""
    assert label.isVisible()
