"""Two desks save the same thing: the second one chooses, and her words are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import Stale
from famdesk.ui.kept_texts import unsaved
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.overwriting import on_what_is_there
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.stale import Mine, StaleQuestion
from famdesk.ui.settings.centre_section import FIELDS
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.settings.resources_section import ResourceDialog
from famdesk.usecases.calendar import resources
from famdesk.usecases.calendar.resources import ResourceRow, ResourceValues
from famdesk.usecases.centre import centre
from famdesk.usecases.office import Office
from tests.support.offices import Desk

TYPED = "solo con preavviso"
Late = tuple[ResourceDialog, Office, Runner, QWidget]


@pytest.fixture
def late(qtbot: QtBot, file_desk: Desk) -> Iterator[Late]:
    """A form that was opened before somebody else saved, and in which something was typed."""
    office, other = file_desk.sign_in("coordinator"), file_desk.sign_in("coordinator")
    office.run(resources.add_resource, ResourceValues("equipment", "Proiettore"))
    (row,) = office.fetch(resources.resources)
    runner, window = Runner(office), QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = ResourceDialog(window, runner, [], [], row)
    dialog.open()
    assert dialog.form is not None
    qtbot.keyClicks(dialog.form.field("note"), TYPED)
    other.run(resources.change_resource, row.id, row.version, replace(row.values, name="Proiettore nuovo"))
    dialog.try_save()
    qtbot.waitUntil(lambda: runner.idle() and shown(StaleQuestion) is not None)
    yield dialog, office, runner, window
    runner.close()


def shown(kind: type[Dialog]) -> Dialog | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def press(dialog: Dialog | None, text: str) -> None:
    assert dialog is not None
    next(one for one in dialog.findChildren(QAbstractButton) if one.text() == text).click()


def kept(office: Office) -> ResourceRow:
    return office.fetch(resources.resources)[0]


def test_mine_is_saved_over_it_and_undo_brings_theirs_back(qtbot: QtBot, late: Late) -> None:
    dialog, office, runner, _window = late
    press(shown(StaleQuestion), "Go on writing")
    assert dialog.form is not None
    assert dialog.form.value("note") == TYPED
    dialog.try_save()
    qtbot.waitUntil(lambda: shown(StaleQuestion) is not None)
    press(shown(StaleQuestion), "Save mine over it")
    qtbot.waitUntil(lambda: runner.idle() and shown(ResourceDialog) is None)
    assert (kept(office).values.name, kept(office).values.note) == ("Proiettore", TYPED)
    office.undo()
    assert (kept(office).values.name, kept(office).values.note) == ("Proiettore nuovo", None)


def test_theirs_is_looked_at_with_mine_beside(qtbot: QtBot, late: Late) -> None:
    _dialog, office, _runner, _window = late
    press(shown(StaleQuestion), "Look at theirs, with mine beside it")
    qtbot.waitUntil(lambda: shown(ResourceDialog) is None)
    mine = shown(Mine)
    assert mine is not None
    assert not mine.isModal()
    assert TYPED in [field.toPlainText() for field in mine.findChildren(QPlainTextEdit)]
    assert TYPED in QApplication.clipboard().text()
    assert [dict(form.fields)["Note"] for form in unsaved()] == [TYPED], "a crash does not take it away"
    assert kept(office).values.note is None
    mine.reject()
    assert unsaved() == ()


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ((("a", 3, "x"), {}), {"record_id": "a", "version": 5, "value": "x"}),
        ((("a",), {"version": 3, "value": "x"}), {"record_id": "a", "version": 5, "value": "x"}),
        ((("a", 2, "x"), {}), None),
    ],
)
def test_only_the_version_that_was_read_is_taken_for_the_new_one(
    call: tuple[tuple[object, ...], dict[str, object]], wanted: dict[str, object] | None
) -> None:
    def change(_tx: object, record_id: str, version: int, value: str) -> None:
        """A use-case."""

    error = Stale(by="?", at=None, read=3, now=5)
    assert on_what_is_there(error, (change, *call)) == wanted
    assert on_what_is_there(Stale(by="?", at=None), (change, *call)) is None


def test_what_has_no_version_is_not_saved_over() -> None:
    unversioned: Callable[[object, str], None] = lambda _tx, _name: None  # noqa: E731
    assert on_what_is_there(Stale(by="?", at=None, read=3, now=5), (unversioned, ("a",), {})) is None


def test_a_form_in_a_view_is_not_saved_over_what_was_saved_since_it_was_typed(qtbot: QtBot, file_desk: Desk) -> None:
    """Also where the view has seen the new version meanwhile."""
    office, other = file_desk.sign_in("coordinator"), file_desk.sign_in("coordinator")
    runner = Runner(office)
    page = SettingsPage(runner, office)
    qtbot.addWidget(page)
    page.show()
    page.show_section("centre")
    qtbot.waitUntil(runner.idle)
    form, row = page.centre.form, office.fetch(centre.overview)
    qtbot.keyClicks(form.field("tagline"), TYPED)
    values = {name: getattr(row, name) for name in FIELDS if name != "municipality_code"}
    other.run(centre.change_centre, row.version, **values | {"municipality_code": row.municipality, "phone": "0372 99"})
    runner.poll()
    qtbot.waitUntil(runner.idle)
    page.centre._on_save()
    qtbot.waitUntil(lambda: runner.idle() and shown(StaleQuestion) is not None)
    assert office.fetch(centre.overview).phone == "0372 99"
    press(shown(StaleQuestion), "Look at theirs, with mine beside it")
    qtbot.waitUntil(lambda: runner.idle() and form.value("phone") == "0372 99")
    assert form.value("tagline") == ""
    mine = shown(Mine)
    assert mine is not None
    assert TYPED in [field.toPlainText() for field in mine.findChildren(QPlainTextEdit)]
    mine.reject()
    qtbot.keyClicks(form.field("tagline"), TYPED)
    page.centre._on_save()
    qtbot.waitUntil(lambda: runner.idle() and not form.dirty)
    assert (office.fetch(centre.overview).phone, office.fetch(centre.overview).tagline) == ("0372 99", TYPED)
    runner.close()
