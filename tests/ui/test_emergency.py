"""Emergency access through the window, by the keyboard: from the empty answer to the file, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.emergency_dialogs import AccessesDialog, EmergencyDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.usecases.people import emergency, people, person_file
from famdesk.usecases.people.emergency import Wanted
from tests.support.offices import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
BORN = date(1987, 5, 3)
WHY = "La madre sta male e chiede del bambino"


@dataclass
class Scene:
    desk: Desk
    ada: str

    def page(self, qtbot: QtBot, login: str) -> PeoplePage:
        page = PeoplePage(Runner(self.desk.sign_in(login)))
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.runner.idle)
        return page


@pytest.fixture
def scene(file_desk: Desk) -> Scene:
    leads, works = file_desk.sign_in("coordinator"), file_desk.sign_in("psychologist")
    ada = works.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=BORN, phone="0372 123456")
    leads.run(people.assign, ada, works.actor.staff_id)
    leads.run(people.set_protection, ada, works.fetch(person_file.person, ada).version, protected=True,
              restricted=False, reason="ordine")  # fmt: skip
    return Scene(file_desk, ada)


@pytest.fixture
def page(qtbot: QtBot, scene: Scene) -> Iterator[PeoplePage]:
    made = scene.page(qtbot, "social_worker")
    yield made
    made.runner.close()


def _search(qtbot: QtBot, page: PeoplePage, typed: str) -> None:
    qtbot.keyClicks(page.found.search, typed)
    page.found.search.ask_now()
    qtbot.waitUntil(page.runner.idle)


def _ask(qtbot: QtBot, page: PeoplePage, given_name: str = "Ada", reason: str = WHY) -> EmergencyDialog:
    page.emergencies.action.trigger()
    dialog = next(one for one in page.findChildren(EmergencyDialog) if one.isVisible())
    assert dialog.form is not None
    for name, text in (("surname", "Rossi"), ("given_name", given_name), ("birth_date", "3/5/1987"),
                       ("reason", reason)):  # fmt: skip
        field = dialog.form.field(name)
        field.setFocus()
        qtbot.keyClicks(field, text)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.runner.idle)
    return dialog


def test_from_the_empty_answer_to_the_file(qtbot: QtBot, page: PeoplePage, scene: Scene) -> None:
    assert not page.emergencies.hint.isVisible()
    _search(qtbot, page, "rossi")
    assert page.emergencies.hint.isVisible()
    link = page.emergencies.hint.findChild(QAbstractButton)
    assert link.text() == "Emergency access…"
    assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
    _ask(qtbot, page)
    file = page.shown_file()
    assert file is not None
    assert file.id == scene.ada
    assert file.open_until == datetime(2025, 2, 12)
    assert any("read only" in badge for badge in page.file.identity.badges())
    assert [action.isEnabled() for action in page.deeds.frequent] == [False, False, False]
    allowed = {action.data() for action in page.deeds.rare if action.isEnabled()}
    assert allowed == {"history", "emergencies"}


def test_nothing_opened_keeps_what_was_typed(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _ask(qtbot, page, given_name="Eva")
    assert dialog.isVisible()
    assert dialog.bar.isVisible()
    assert dialog.form is not None
    assert dialog.form.value("reason") == WHY
    assert page.shown_file() is None
    dialog.done(0)


def test_a_short_reason_is_told_at_its_field(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _ask(qtbot, page, reason="urgente")
    assert dialog.form is not None
    assert dialog.form.field("reason").property("wrong")
    dialog.done(0)


@pytest.mark.parametrize("login", ["reception", "educator", "coordinator"])
def test_others_are_not_offered_it(qtbot: QtBot, scene: Scene, login: str) -> None:
    page = scene.page(qtbot, login)
    assert "Emergency access…" not in {action.text() for action in page.actions()}
    _search(qtbot, page, "nessuno")
    assert not page.emergencies.hint.isVisible()
    page.runner.close()


def test_the_colleague_of_the_file_sees_it_and_ends_it(qtbot: QtBot, scene: Scene) -> None:
    asks = scene.desk.sign_in("social_worker")
    asks.run(emergency.ask, Wanted("Rossi", "Ada", BORN), WHY)
    page = scene.page(qtbot, "psychologist")
    page.open_person(scene.ada)
    qtbot.waitUntil(page.runner.idle)
    line = next(one for one in page.file.overview.timeline.lines() if one.id.startswith("emergency:"))
    assert "Prova social_worker" in line.title
    assert WHY in line.detail
    assert line.badge == "open now"
    page.file.timeline_chosen.emit("emergency", "")
    dialog = next(one for one in page.findChildren(AccessesDialog) if one.isVisible())
    qtbot.waitUntil(page.runner.idle)
    dialog.list.set_current_id(dialog.list.lines()[0].id)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    question = next(one for one in dialog.findChildren(Dialog) if one.isVisible())
    qtbot.keyClick(question, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.runner.idle)
    assert asks.fetch(emergency.mine) == ()
    page.runner.close()


def test_when_it_is_over_the_file_leaves_the_screen(qtbot: QtBot, page: PeoplePage, scene: Scene) -> None:
    _ask(qtbot, page)
    assert page.shown_file() is not None
    scene.desk.clock.forward(hours=12)
    page.emergencies._over.timeout.emit()
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file() is None
    assert not page.file.isVisible()
