"""What the window does for safe contact: the rule of a number, never contact, files, labels, a turned screen."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.pages import Searcher
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.page import Page, PageSpec
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import Theme
from famdesk.ui.main_window import MainWindow
from famdesk.ui.people.file_dialogs import ContactDialog
from famdesk.ui.people.listed import ExportDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.sheets.page import SheetsPage
from famdesk.ui.shell.shell import SessionInfo
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.programmes import initiatives
from famdesk.usecases.programmes.programmes_rows import InitiativeValues
from tests.support.offices import Desk
from tests.ui.conftest import nameless

PHONE, STREET = "0372 000444", "via Segretissima 9"


@pytest.fixture
def office(file_desk: Desk) -> Office:  # type: ignore[override]
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    made = Runner(office)
    yield made
    made.close()


@pytest.fixture
def who(office: Office) -> str:
    """Somebody with a number that must not be called."""
    found = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    office.run(contacts.add_contact_point, found, kind="phone", value=PHONE, may_call=False)
    office.run(contacts.add_contact_point, found, kind="address", value=f"{STREET}, Cremona")
    return found


@pytest.fixture
def page(qtbot: QtBot, runner: Runner, who: str) -> PeoplePage:
    made = PeoplePage(runner)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(runner.idle)
    made.open_person(who)
    qtbot.waitUntil(runner.idle)
    return made


def _deed(page: PeoplePage, key: str) -> None:
    next(action for action in page.actions() if action.data() == key).trigger()


def _dialog(page: PeoplePage, kind: type[Any]) -> Any:
    (found,) = [one for one in page.findChildren(kind) if isinstance(one, QDialog) and one.isVisible()]
    return found


def _save(qtbot: QtBot, page: PeoplePage, dialog: Dialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.runner.idle)


def _contacts(office: Office, who: str) -> dict[str, Any]:
    return {row.value: row for row in office.fetch(people.person, who).contacts}


def test_a_hidden_number_on_which_nothing_is_allowed(qtbot: QtBot, page: PeoplePage, office: Office, who: str) -> None:
    _deed(page, "contact")
    dialog = _dialog(page, ContactDialog)
    assert nameless(dialog) == []
    qtbot.keyClicks(dialog.form.field("value"), "333 0000555")
    qtbot.keyClicks(dialog.form.field("owner"), "la nonna")
    dialog.nothing.click()
    dialog.form.field("hidden").click()
    _save(qtbot, page, dialog)
    row = _contacts(office, who)["333 0000555"]
    assert (row.owner, row.hidden) == ("la nonna", True)
    assert {row.rule.may_call, row.rule.may_leave_message, row.rule.may_write} == {False}
    line = next(line for line in page.file.overview.contacts.lines() if line.id == row.id)
    assert line.badge == "Hidden"
    told = page.file.identity.safe_contact()
    assert "Mobile phone" in told
    assert "never printed, sent or exported" in told
    assert "333 0000555" not in told, "what is hidden does not stand in large letters"
    page.entries.edit_contact(row.id)
    again = _dialog(page, ContactDialog)
    assert again.form.value("hidden")
    again.form.field("hidden").click()
    _save(qtbot, page, again)
    assert not _contacts(office, who)["333 0000555"].hidden


@pytest.mark.parametrize(("kind", "called"), [("mobile", True), ("phone", True), ("other", True), ("mail", False),
                                              ("certified_mail", False), ("address", False)])  # fmt: skip
def test_only_what_can_be_minded_is_asked(page: PeoplePage, kind: str, called: bool) -> None:
    _deed(page, "contact")
    dialog = _dialog(page, ContactDialog)
    dialog.form.field("kind").set_value(kind)
    dialog.form.edited.emit()
    assert dialog.form.field("may_call").isVisible() is called
    assert dialog.form.field("safe_from").isVisible() is called
    assert dialog.form.field("may_write").isVisible()


def test_never_to_be_contacted_in_one_click(qtbot: QtBot, page: PeoplePage, office: Office, who: str) -> None:
    _deed(page, "never")
    qtbot.waitUntil(page.runner.idle)
    assert office.fetch(people.person, who).no_contact
    assert "Never contact" in page.file.identity.badges()
    assert page.file.identity.safe_contact().startswith("Never contact this person")
    action = next(action for action in page.actions() if action.data() == "never")
    assert action.text() == "Contact is allowed again"
    _deed(page, "never")
    qtbot.waitUntil(page.runner.idle)
    assert not office.fetch(people.person, who).no_contact


@pytest.mark.parametrize(("reason", "phone"), [("", ""), ("evacuazione", PHONE)])
def test_what_is_listed_becomes_a_file(
    qtbot: QtBot, page: PeoplePage, who: str, tmp_path: Path, reason: str, phone: str
) -> None:
    dialog = ExportDialog(page, page.runner, [who])
    dialog.open()
    assert nameless(dialog) == []
    assert dialog.form is not None
    dialog.form.field("reason").setPlainText(reason)
    file = tmp_path / "people.csv"
    with qtbot.waitSignal(dialog.finished_with) as told:
        dialog.save_to(str(file))
    assert told.args == [1]
    with file.open(encoding="utf-8-sig", newline="") as text:
        (row,) = csv.DictReader(text, delimiter=";")
    assert row["Phone"] == phone


def test_a_file_that_cannot_be_written_keeps_the_dialog(
    qtbot: QtBot, page: PeoplePage, who: str, tmp_path: Path
) -> None:
    dialog = ExportDialog(page, page.runner, [who])
    dialog.open()
    assert dialog.form is not None
    dialog.form.field("reason").setPlainText("evacuazione")
    dialog.save_to(str(tmp_path / "not there" / "people.csv"))
    qtbot.waitUntil(page.runner.idle)
    qtbot.waitUntil(lambda: dialog.bar.message() is not None)
    assert dialog.isVisible()
    assert dialog.form.value("reason") == "evacuazione"


def test_the_menu_follows_the_list_and_the_role(qtbot: QtBot, page: PeoplePage, file_desk: Desk) -> None:
    assert not page.listed.export.isEnabled()
    qtbot.keyClicks(page.found.search, "quaran")
    qtbot.waitUntil(lambda: len(page.found.rows) == 1 and page.listed.export.isEnabled())
    with qtbot.waitSignal(page.labels_requested) as asked:
        page.listed.labels.trigger()
    assert asked.args == [page.found.rows[0].id]
    runner = Runner(file_desk.sign_in("reception"))
    other = PeoplePage(runner)
    qtbot.addWidget(other)
    other.listed.set_listed(somebody=True)
    assert not other.listed.export.isEnabled()
    assert other.listed.labels.isEnabled()
    runner.close()


def test_labels_of_persons_and_of_an_initiative(qtbot: QtBot, runner: Runner, office: Office, who: str) -> None:
    other = office.run(people.add_person, surname="Bimbi", given_name="Ugo")
    office.run(households.add_household, "Bimbi", ((other, "child"),), address="via Lunga 3", town="Cremona")
    cycle = office.run(initiatives.add_initiative, InitiativeValues(name="Cucito"))
    office.run(enrolment.enrol, cycle, other)
    sheets = SheetsPage(runner)
    qtbot.addWidget(sheets)
    sheets.resize(1100, 720)
    sheets.show()
    sheets.open_item("labels", who)
    _wait(qtbot, sheets, STREET)
    assert "Lunga" not in _text(sheets)
    sheets.options._initiative.set_value(cycle)
    sheets.options.edited.emit()
    _wait(qtbot, sheets, "via Lunga 3")
    assert STREET not in _text(sheets)


def _text(sheets: SheetsPage) -> str:
    document = sheets.preview.document
    return str(document.getAllText(0).text()) if document.pageCount() else ""


def _wait(qtbot: QtBot, sheets: SheetsPage, words: str) -> None:
    qtbot.waitUntil(lambda: sheets.runner.idle() and words in _text(sheets), timeout=20_000)


class Plain(Page):
    """A view that says which it is."""


def _shown(window: MainWindow) -> str:
    assert window.shell is not None
    page = window.shell.page()
    assert page is not None
    return page.title


def test_a_screen_that_others_can_see(qtbot: QtBot, machine: QSettings, theme: Theme, runner: Runner, who: str) -> None:
    """The directory stays, views with people do not open, and the search names nobody in full."""
    window = MainWindow(machine, theme)
    qtbot.addWidget(window)
    searcher = Searcher(runner)
    specs = [
        PageSpec("people", "people", "users", partial(Plain, runner, "people"), False, "Person", frozenset({"person"})),
        PageSpec("directory", "directory", "users", partial(Plain, runner, "directory")),
    ]
    shell = window.open_session(runner, SessionInfo("Hug", "u", "Marta", "M"), "marta", specs, searcher.search)
    shell.public.changed.connect(searcher.set_public)
    window.show()
    found: list[Sequence[Line]] = []
    searcher.search("quaran", found.append)
    qtbot.waitUntil(lambda: len(found) == 1)
    assert found[0][0].title == "Quarantotti Zelinda"
    shell.public.action.trigger()
    assert _shown(window) == "directory"
    searcher.search("quaran", found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert (found[1][0].title, found[1][0].detail) == ("ZQ", "")
    for attempt in (lambda: shell.show_page("people"), lambda: shell.open_item("person", who),
                    lambda: shell.begin("people")):  # fmt: skip
        attempt()
        assert _shown(window) == "directory"
        message = shell.bar.message()
        assert message is not None
        assert "Others can see the screen" in message.text
    shell.public.action.trigger()
    shell.show_page("people")
    assert _shown(window) == "people"
