"""Doubles and merging in the window: the warning while typing, both files side by side, and apart again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from famdesk.ui.intake.person_dialog import NewPersonDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.merge_dialog import MergeDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, doubles, people
from tests.support.offices import Desk
from tests.ui.conftest import nameless

BORN = date(1990, 6, 20)


@pytest.fixture(params=["social_worker", "coordinator"])
def office(request: pytest.FixtureRequest, file_desk: Desk) -> Office:
    return file_desk.sign_in(request.param)


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[PeoplePage]:
    yield from _page(qtbot, office)


def _page(qtbot: QtBot, office: Office) -> Iterator[PeoplePage]:
    runner = Runner(office)
    made = PeoplePage(runner)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


@pytest.fixture
def kept(office: Office) -> str:
    return office.run(people.add_person, surname="Hossain", given_name="Muhammad", birth_date=BORN, town="Cremona",
                      phone="333 0000555", note="Vuole richiamare")  # fmt: skip


@pytest.fixture
def other(office: Office) -> str:
    added = office.run(people.add_person, surname="Hossain", given_name="Mohamed", birth_date=BORN, alias="Momo",
                       phone="333 0000555", note="Al mattino")  # fmt: skip
    office.run(contacts.add_contact_point, added, kind="mail", value="momo@example.it")
    office.run(households.add_household, "Casa Hossain", ((added, "father"),), town="Crema")
    return added


def _dialog(page: PeoplePage, kind: type[Any]) -> Any:
    found = [one for one in page.findChildren(kind) if isinstance(one, QDialog) and one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def _open(qtbot: QtBot, page: PeoplePage, person_id: str) -> None:
    page.open_person(person_id)
    qtbot.waitUntil(page.runner.idle)


def _deed(qtbot: QtBot, page: PeoplePage, key: str) -> None:
    next(action for action in page.actions() if action.data() == key).trigger()
    qtbot.waitUntil(page.runner.idle)


def _save(qtbot: QtBot, page: PeoplePage, dialog: QDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.runner.idle)


def _typed(qtbot: QtBot, page: PeoplePage, text: str) -> PersonDialog:
    page.found.search.setFocus()
    qtbot.keyClicks(page.found.search, text)
    qtbot.waitUntil(lambda: not page.found.search.waiting() and page.runner.idle())
    page.new_item()
    qtbot.waitUntil(page.runner.idle)
    found: PersonDialog = _dialog(page, PersonDialog)
    return found


def test_the_warning_says_why_and_opens_the_file(qtbot: QtBot, page: PeoplePage, kept: str) -> None:
    dialog = _typed(qtbot, page, "hossain mohamed")
    strip = dialog.doubles
    assert strip.text() == "Perhaps this person is already here:"
    (line,) = strip.list.lines()
    assert "A similar name; a birth date is missing" in line.detail
    assert "The name is written as it sounds, or from another alphabet" in line.detail
    assert not strip.merge.isVisible()
    assert nameless(dialog) == []
    strip.this_one.setFocus()
    qtbot.keyClick(strip.this_one, Qt.Key.Key_Space)
    qtbot.waitUntil(page.runner.idle)
    file = page.shown_file()
    assert file is not None
    assert file.id == kept


def test_somebody_else_is_not_named_again(qtbot: QtBot, page: PeoplePage, office: Office, kept: str) -> None:
    dialog = _typed(qtbot, page, "hossain mohamed")
    dialog.doubles.list.setFocus()
    qtbot.keyClick(dialog.doubles.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.runner.idle)
    assert dialog.doubles.isHidden()
    dialog.look_for_doubles()
    qtbot.waitUntil(page.runner.idle)
    assert dialog.doubles.isHidden()
    _save(qtbot, page, dialog)
    added = page.shown_file()
    assert added is not None
    found = office.fetch(doubles.likely_doubles, surname="Hossain", given_name="Mohamed", except_id=added.id)
    assert found == ()


def test_from_the_warning_of_a_file_to_the_merge(qtbot: QtBot, page: PeoplePage, kept: str, other: str) -> None:
    _open(qtbot, page, other)
    _deed(qtbot, page, "edit")
    edit = _dialog(page, PersonDialog)
    edit.look_for_doubles()
    qtbot.waitUntil(page.runner.idle)
    assert [line.id for line in edit.doubles.list.lines()] == [kept]
    edit.doubles.merge.click()
    qtbot.waitUntil(page.runner.idle)
    merge = _dialog(page, MergeDialog)
    assert not merge.search.isVisible()
    _save(qtbot, page, merge)
    assert page.findChildren(PersonDialog) == []
    file = page.shown_file()
    assert file is not None
    assert (file.id, file.merged[0].label) == (other, "Hossain Muhammad")


def test_side_by_side_with_the_keyboard_and_apart_again(
    qtbot: QtBot, page: PeoplePage, office: Office, kept: str, other: str
) -> None:
    _open(qtbot, page, kept)
    _deed(qtbot, page, "merge")
    dialog = _dialog(page, MergeDialog)
    qtbot.keyClicks(dialog.search, "momo")
    qtbot.waitUntil(dialog.search.popup_open)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.runner.idle() and dialog.fields.names() != [])
    assert dialog.fields.names() == ["given_name", "note", "alias", "town"]
    assert dialog.fields.texts("given_name") == {"kept": "Muhammad", "other": "Mohamed"}
    assert dialog.fields.choices() == {"given_name": "kept", "note": "both", "alias": "other", "town": "kept"}
    assert [(line.title, line.trail) for line in dialog.linked.lines()] == [
        ("Phone numbers, mail addresses and other contacts", "2"), ("Places in households", "1")
    ]  # fmt: skip
    assert nameless(dialog) == []
    dialog.activateWindow()
    dialog.fields.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Given name: Muhammad"
    beside = dialog.fields.button("given_name", "other")
    origin = focused.rect().topLeft()
    qtbot.waitUntil(lambda: beside.mapToGlobal(origin).x() > focused.mapToGlobal(origin).x())
    qtbot.keyClick(focused, Qt.Key.Key_Right)
    assert dialog.fields.chosen("given_name") == "other"
    _save(qtbot, page, dialog)
    file = page.shown_file()
    assert file is not None
    assert (file.id, file.given_name, file.alias) == (kept, "Mohamed", "Momo")
    assert file.note == "Vuole richiamare\nAl mattino"
    assert page.file.merged.texts() == ["Contains the file “Hossain Mohamed”, merged on 11/02/2025."]
    (apart,) = page.file.merged.buttons()
    apart.click()
    question = _dialog(page, QDialog)
    _save(qtbot, page, question)
    file = page.shown_file()
    assert file is not None
    assert (file.given_name, file.alias, file.merged) == ("Muhammad", None, ())
    assert page.file.merged.isHidden()
    assert office.fetch(people.person, other).alias == "Momo"


def test_the_other_file_may_be_the_one_that_stays(qtbot: QtBot, page: PeoplePage, kept: str, other: str) -> None:
    _open(qtbot, page, kept)
    dialog = MergeDialog(page, page.runner, page.shown_file(), other)  # type: ignore[arg-type]
    dialog.merged.connect(page.open_person)
    dialog.open()
    qtbot.waitUntil(page.runner.idle)
    dialog.swap.click()
    qtbot.waitUntil(page.runner.idle)
    assert dialog.told.text().startswith("“Hossain Muhammad” becomes a part of “Hossain Mohamed”")
    _save(qtbot, page, dialog)
    file = page.shown_file()
    assert file is not None
    assert file.id == other
    page.open_person(kept)
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file().id == other  # type: ignore[union-attr]


def test_what_was_changed_meanwhile_is_told_and_nothing_is_merged(
    qtbot: QtBot, page: PeoplePage, office: Office, kept: str, other: str
) -> None:
    _open(qtbot, page, kept)
    dialog = MergeDialog(page, page.runner, page.shown_file(), other)  # type: ignore[arg-type]
    dialog.open()
    qtbot.waitUntil(page.runner.idle)
    office.run(people.change_person, other, 1, town="Soncino")
    _save(qtbot, page, dialog)
    assert dialog.isVisible()
    assert office.fetch(people.person, other).id == other


def test_reception_is_warned_and_cannot_merge(qtbot: QtBot, file_desk: Desk) -> None:
    office = file_desk.sign_in("reception")
    added = office.run(people.add_person, surname="Conti", given_name="Lia", phone="0372 1234")
    pages = _page(qtbot, office)
    page = next(pages)
    assert "merge" not in {action.data() for action in page.actions()}
    dialog = NewPersonDialog(page.runner, "0372 1234", page)
    dialog.open()
    qtbot.waitUntil(page.runner.idle)
    (line,) = dialog.doubles.list.lines()
    assert line.detail.startswith("The same phone number")
    assert not dialog.doubles.merge.isVisible()
    warned = dialog.height()
    dialog.doubles.another.click()
    qtbot.waitUntil(lambda: dialog.height() < warned)  # the room of the warning is given back
    dialog.doubles.not_same.clear()
    dialog.doubles.look(phone="0372 1234")
    qtbot.waitUntil(page.runner.idle)
    with qtbot.waitSignal(dialog.finished_with) as caught:
        dialog.doubles.this_one.click()
    assert caught.args == [added]
    next(pages, None)


def test_an_unanswered_warning_is_answered_before_saving(
    qtbot: QtBot, page: PeoplePage, office: Office, kept: str
) -> None:
    dialog = _typed(qtbot, page, "hossain mohamed")
    strip = dialog.doubles
    assert strip.demand() == ""
    for _again in range(2):  # the second time the keyboard stands on the answer
        _save(qtbot, page, QApplication.focusWidget())  # type: ignore[arg-type]
        assert dialog.isVisible()
        assert strip.demand() == "Say first whether it is this person or somebody else."
        assert QApplication.focusWidget() is strip.this_one
    assert [row.id for row in office.fetch(people.list_persons, "hossain")] == [kept]
    qtbot.keyClick(strip.this_one, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is strip.another
    qtbot.keyClick(strip.another, Qt.Key.Key_Space)
    qtbot.waitUntil(page.runner.idle)
    assert strip.isHidden()
    _save(qtbot, page, QApplication.focusWidget())  # type: ignore[arg-type]
    file = page.shown_file()
    assert file is not None
    assert (file.id != kept, file.given_name) == (True, "Mohamed")
