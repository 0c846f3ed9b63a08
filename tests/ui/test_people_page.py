"""People in a window over a real home: search first, the file, its dialogs, all from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.messages import MessageBar
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.family.household_dialogs import HouseholdDialog, JoinDialog, LivesWithDialog, MembershipDialog
from famdesk.ui.people.file_dialogs import ContactDialog, PrivacyDialog
from famdesk.ui.people.history_dialog import HistoryDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.person_dialog import PersonDialog, prefilled
from famdesk.usecases.calendar import calendar
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk
from tests.ui.conftest import nameless

BORN = date(2023, 6, 20)


@pytest.fixture
def desk_office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def page(qtbot: QtBot, desk_office: Office) -> Iterator[PeoplePage]:
    runner = Runner(desk_office)
    made = PeoplePage(runner)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


@pytest.fixture
def child(desk_office: Office) -> str:
    """A small child with a number that must not be called and an appointment to come."""
    run = desk_office.run
    added = run(people.add_person, surname="Rossi", given_name="Élise", alias="Stella", birth_date=BORN, language="sq",
                needs_mediator=True, fictional=True)  # fmt: skip
    run(contacts.add_contact_point, added, kind="phone", value="0374 112233", owner="padre", may_call=False)
    run(contacts.add_contact_point, added, kind="phone", value="0372 407788", safe_from=time(9), safe_to=time(12))
    run(calendar.book, starts=datetime(2025, 2, 13, 17), ends=datetime(2025, 2, 13, 18), kind="accompaniment",
        person_id=added, staff_id=desk_office.actor.staff_id)  # fmt: skip
    return added


def _type(qtbot: QtBot, page: PeoplePage, text: str) -> None:
    page.found.search.setFocus()
    page.found.search.clear()
    qtbot.keyClicks(page.found.search, text)
    qtbot.waitUntil(lambda: not page.found.search.waiting() and page.runner.idle())


def _open(qtbot: QtBot, page: PeoplePage, person_id: str) -> None:
    page.open_person(person_id)
    qtbot.waitUntil(page.runner.idle)


def _dialog(page: PeoplePage, kind: type[Any]) -> Any:
    found = [dialog for dialog in page.findChildren(kind) if isinstance(dialog, QDialog) and dialog.isVisible()]
    assert len(found) == 1, [type(dialog).__name__ for dialog in page.findChildren(QDialog)]
    return found[0]


def _save(qtbot: QtBot, page: PeoplePage, dialog: Dialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.runner.idle)


def _deed(page: PeoplePage, key: str) -> None:
    action = next(action for action in page.actions() if action.data() == key)
    assert action.isEnabled()
    action.trigger()


def _menu(page: PeoplePage, line_id: str, number: int) -> None:
    actions = page.entries.actions_for(line_id)
    actions[number].trigger()


def test_nothing_is_shown_before_a_search(page: PeoplePage, child: str) -> None:
    assert page.found.rows == ()
    assert not page.add_person.isEnabled()
    assert not page.found.table.isVisible()
    page.new_item()
    assert page.findChildren(PersonDialog) == []


def test_search_enter_file_escape_with_the_keyboard_alone(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _type(qtbot, page, "eli ros")
    assert [row.label for row in page.found.rows] == ["Rossi Élise"]
    qtbot.keyClick(page.found.search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.runner.idle)
    file = page.shown_file()
    assert file is not None
    assert file.id == child
    assert page.file.overview.contacts.current_id() == file.contacts[0].id
    qtbot.keyClick(page.file.overview.contacts, Qt.Key.Key_Escape)
    assert page.shown_file() is None
    assert page.found.table.isVisible()
    qtbot.keyClick(page.found.table, Qt.Key.Key_Escape)
    qtbot.keyClick(page.found.search, Qt.Key.Key_Escape)
    assert page.found.search.text() == ""


def test_enter_typed_at_once_opens_the_only_one(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    page.found.search.setFocus()
    qtbot.keyClicks(page.found.search, "elise")
    qtbot.keyClick(page.found.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.runner.idle() and page.shown_file() is not None)
    assert page.shown_file().id == child  # type: ignore[union-attr]


def test_several_found_enter_goes_to_the_list(qtbot: QtBot, page: PeoplePage, child: str, desk_office: Office) -> None:
    other = desk_office.run(people.add_person, surname="Rossi", given_name="Abele")
    _type(qtbot, page, "rossi")
    qtbot.keyClick(page.found.search, Qt.Key.Key_Return)
    assert page.found.table.hasFocus()
    page.found.table.select_id(other)
    qtbot.keyClick(page.found.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.runner.idle)
    assert page.found.beside.isVisible()
    assert page.found.beside.current_id() == other


def test_a_number_that_may_not_be_called_is_never_bare(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    titles = [line.title for line in page.file.overview.contacts.lines()]
    assert titles == ["Do not call 0374 112233", "0372 407788"]
    assert page.file.identity.safe_contact() == ("Do not call 0374 112233 (padre)\n0372 407788 · Call only 9:00–12:00")


def test_in_the_list_such_a_number_is_not_shown_at_all(qtbot: QtBot, page: PeoplePage, desk_office: Office) -> None:
    added = desk_office.run(people.add_person, surname="Verdi")
    desk_office.run(contacts.add_contact_point, added, kind="phone", value="0374 112233", may_call=False)
    _type(qtbot, page, "verdi")
    texts = [page.found.table.rows.data(page.found.table.rows.index(0, column)) for column in range(6)]
    assert "do not call" in texts
    assert not any("112233" in text for text in texts)


def test_what_must_be_seen_at_once(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    assert page.file.identity.badges() == [
        "19 months", "Albanian, mediator needed", "Privacy notice not given yet", "Fictional",
    ]  # fmt: skip
    spoken = page.file.identity.spoken()
    assert "called Stella" in spoken
    assert "19 months" in spoken
    lines = page.file.overview.timeline.lines()
    assert lines[0].title == "To come"
    assert (lines[1].title, lines[1].lead, lines[1].badge) == ("Accompaniment", "13/02/2025", "Planned")


def test_the_timeline_opens_the_appointment(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    target = page.shown_file().timeline[0].target_id  # type: ignore[union-attr]
    page.file.overview.timeline.step(1)
    with qtbot.waitSignal(page.appointment_opened) as caught:
        qtbot.keyClick(page.file.overview.timeline, Qt.Key.Key_Return)
    assert caught.args == [target]


@pytest.mark.parametrize(
    ("key", "signal"),
    [("appointment", "appointment_requested"), ("card", "card_requested"), ("slip", "slip_requested")],
)
def test_other_views_are_asked_for_by_id(qtbot: QtBot, page: PeoplePage, child: str, key: str, signal: str) -> None:
    _open(qtbot, page, child)
    with qtbot.waitSignal(getattr(page, signal)) as caught:
        _deed(page, key)
    assert caught.args == [child]


def test_a_new_person_is_prefilled_warned_about_and_opened(
    qtbot: QtBot, page: PeoplePage, child: str, desk_office: Office
) -> None:
    _type(qtbot, page, "rossi elis")
    page.new_item()
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, PersonDialog)
    assert (dialog.form.value("surname"), dialog.form.value("given_name")) == ("Rossi", "Elis")
    assert dialog.doubles.isHidden()
    qtbot.keyClicks(dialog.form.field("given_name"), "e")
    dialog.form.field("given_name").setText("Elise")
    dialog.look_for_doubles()
    qtbot.waitUntil(page.runner.idle)
    line = dialog.doubles.list.lines()[0]
    assert (line.id, line.detail.startswith("The same name; a birth date is missing")) == (child, True)
    dialog.form.field("birth_date").setText("3/4/1990")
    _save(qtbot, page, dialog)
    assert len(desk_office.fetch(people.list_persons, "elise")) == 1
    dialog.doubles.another.click()
    qtbot.waitUntil(page.runner.idle)
    _save(qtbot, page, dialog)
    file = page.shown_file()
    assert file is not None
    assert (file.given_name, file.birth_date) == ("Elise", date(1990, 4, 3))
    desk_office.undo()
    assert [row.id for row in desk_office.fetch(people.list_persons, "elise")] == [child]


def test_a_double_can_be_opened_instead(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _type(qtbot, page, "rossi elise")
    page.new_item()
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, PersonDialog)
    dialog.doubles.list.step(1)
    qtbot.keyClick(dialog.doubles.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file().id == child  # type: ignore[union-attr]


def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    _deed(page, "edit")
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, PersonDialog)
    dialog.form.field("town").setText("Cremona")
    dialog.form.field("tax_code").setText("ABC")
    _save(qtbot, page, dialog)
    assert dialog.isVisible()
    assert dialog.form.field("tax_code").accessibleDescription().startswith("This tax code is not right")
    assert dialog.form.value("town") == ("Cremona", "019036")
    dialog.form.field("tax_code").setText("")
    _save(qtbot, page, dialog)
    assert page.shown_file().town == "Cremona"  # type: ignore[union-attr]
    assert page.shown_file().language == "sq"  # type: ignore[union-attr]


def test_somebody_else_saved_first(qtbot: QtBot, page: PeoplePage, child: str, file_desk: Desk) -> None:
    _open(qtbot, page, child)
    _deed(page, "edit")
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, PersonDialog)
    other = file_desk.sign_in("reception")
    other.run(people.change_person, child, 1, town="Soresina")
    dialog.form.field("town").setText("Cremona")
    _save(qtbot, page, dialog)
    assert dialog.isVisible()
    assert other.fetch(people.person, child).town == "Soresina"
    dialog.form.set_values({})
    dialog.reject()


def test_contact_points_are_added_changed_and_removed(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    _deed(page, "contact")
    dialog = _dialog(page, ContactDialog)
    qtbot.keyClicks(dialog.form.field("value"), "333 1234567")
    _save(qtbot, page, dialog)
    assert page.file.overview.contacts.lines()[0].title == "333 1234567"
    qtbot.keyClick(page.file.overview.contacts, Qt.Key.Key_Home)
    qtbot.keyClick(page.file.overview.contacts, Qt.Key.Key_Return)
    dialog = _dialog(page, ContactDialog)
    dialog.form.field("owner").setText("zia")
    dialog.form.field("safe_from").setText("9")
    _save(qtbot, page, dialog)
    assert dialog.isVisible()
    dialog.form.field("safe_to").setText("12")
    _save(qtbot, page, dialog)
    line = page.file.overview.contacts.lines()[0]
    assert (line.badge, line.detail) == (
        "Safe contact",
        "Mobile phone · belongs to: zia · Call only 9:00–12:00",
    )
    _menu(page, f"contact:{page.file.overview.contacts.lines()[0].id}", 1)
    qtbot.waitUntil(page.runner.idle)
    assert len(page.file.overview.contacts.lines()) == 2


def test_households_and_their_members(qtbot: QtBot, page: PeoplePage, child: str, desk_office: Office) -> None:
    mother = desk_office.run(people.add_person, surname="Bianchi", given_name="Ada")
    _open(qtbot, page, child)
    _deed(page, "household")
    dialog = _dialog(page, HouseholdDialog)
    dialog.form.field("name").setText("Casa di mamma")
    dialog.form.field("role").set_value("child")
    _save(qtbot, page, dialog)
    home = page.shown_file().households[0]  # type: ignore[union-attr]
    _menu(page, f"home:{home.id}", 1)
    join = _dialog(page, JoinDialog)
    join.form.field("person_id").set_value((mother, "Bianchi Ada"))
    join.form.field("role").set_value("mother")
    _save(qtbot, page, join)
    titles = [line.title for line in page.file.overview.households.lines()]
    assert titles == ["Casa di mamma", "Bianchi Ada", "Rossi Élise"]
    page.file.overview.households.set_current_id(page.file.overview.households.lines()[1].id)
    qtbot.keyClick(page.file.overview.households, Qt.Key.Key_Return)
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file().id == mother  # type: ignore[union-attr]
    member = page.shown_file().households[0].members[0]  # type: ignore[union-attr]
    _menu(page, f"member:{member.membership_id}", 1)
    place = _dialog(page, MembershipDialog)
    place.form.field("last_day").setText("1/2/2025")
    _save(qtbot, page, place)
    assert page.file.overview.households.lines()[-1].badge in {"no longer", "this file"}
    assert page.shown_file().households[0].members[-1].valid_to == date(2025, 2, 1)  # type: ignore[union-attr]


def test_lives_with_somebody_who_is_known(qtbot: QtBot, page: PeoplePage, child: str, desk_office: Office) -> None:
    mother = desk_office.run(people.add_person, surname="Bianchi", given_name="Ada")
    home = desk_office.run(households.add_household, "Casa di mamma", [(mother, "mother")])
    _open(qtbot, page, child)
    _deed(page, "lives_with")
    dialog = _dialog(page, LivesWithDialog)
    other = dialog.form.field("other")
    other.setFocus()
    qtbot.keyClicks(other, "ada")
    qtbot.waitUntil(other.popup_open)
    qtbot.keyClick(other, Qt.Key.Key_Return)
    qtbot.waitUntil(page.runner.idle)
    assert dialog.form.value("household_id") == home
    dialog.form.field("role").set_value("child")
    _save(qtbot, page, dialog)
    assert [one.id for one in page.shown_file().households] == [home]  # type: ignore[union-attr]


def test_privacy_is_noted(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    _deed(page, "privacy")
    dialog = _dialog(page, PrivacyDialog)
    dialog.form.field("state").set_value("given")
    _save(qtbot, page, dialog)
    assert "Privacy notice given on 11/02/2025" in page.file.identity.badges()


def test_history_who_when_what(qtbot: QtBot, page: PeoplePage, child: str, desk_office: Office) -> None:
    desk_office.run(people.change_person, child, 1, town="Soresina", language="ro")
    _open(qtbot, page, child)
    _deed(page, "history")
    qtbot.waitUntil(page.runner.idle)
    line = _dialog(page, HistoryDialog).list.lines()[0]
    assert line.title == "Person changed"
    assert line.detail.splitlines() == [
        "Tue 11 Feb, 12:41 · Prova coordinator",
        "Language: Albanian → Romanian",
        "Town: Soresina",
    ]


def test_a_removed_file_leaves_the_screen(qtbot: QtBot, page: PeoplePage, desk_office: Office) -> None:
    added = desk_office.run(people.add_person, surname="Sbaglio")
    _type(qtbot, page, "sbaglio")
    _open(qtbot, page, added)
    _deed(page, "remove")
    question = _dialog(page, Dialog)
    _save(qtbot, page, question)
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file() is None
    assert page.found.rows == ()
    page.runner.undo()
    qtbot.waitUntil(page.runner.idle)
    assert [row.id for row in page.found.rows] == [added]


def test_a_file_that_becomes_protected_leaves_the_screen(qtbot: QtBot, file_desk: Desk, child: str) -> None:
    office = file_desk.sign_in("reception")
    runner = Runner(office)
    page = PeoplePage(runner)
    qtbot.addWidget(page)
    page.show()
    _open(qtbot, page, child)
    assert page.shown_file() is not None
    coordinator = file_desk.sign_in("coordinator")
    office.poll()
    coordinator.run(people.set_protection, child, 1, protected=True, restricted=False, reason="tutela")
    with qtbot.waitSignal(page.failed):
        runner.poll()
    assert page.shown_file() is None
    assert not page.file.isVisible()
    runner.close()


def test_the_menu_of_an_entry(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _open(qtbot, page, child)
    page.file.overview.contacts.setFocus()
    line = page.file.overview.contacts.lines()[0]
    page.file.menu_requested.emit(f"contact:{line.id}", page.mapToGlobal(page.rect().center()))
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["Edit…", "Remove"]
    menu.close()


def test_every_control_has_a_name(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _type(qtbot, page, "rossi")
    assert nameless(page) == []
    _open(qtbot, page, child)
    assert nameless(page) == []
    for key in ("edit", "contact", "household", "lives_with", "privacy", "protection", "history"):
        _deed(page, key)
        qtbot.waitUntil(page.runner.idle)
        dialog = _dialog(page, Dialog)
        assert nameless(dialog) == [], key
        dialog.accept()
        dialog.deleteLater()
        qtbot.waitUntil(lambda: not page.findChildren(Dialog))


def test_without_room_an_open_file_stands_alone(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _type(qtbot, page, "rossi")
    _open(qtbot, page, child)
    assert page.found.isVisible()
    page.resize(800, 700)
    qtbot.waitUntil(lambda: not page.found.isVisible())
    qtbot.waitUntil(lambda: page.file.horizontalScrollBar().maximum() == 0)
    page.close_file()
    assert page.found.table.isVisible()


def test_view_state_holds_no_person(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _type(qtbot, page, "rossi")
    state = page.save_view()
    assert set(state) <= set("0123456789,")
    page.restore_view(state)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("rossi anna", {"surname": "Rossi", "given_name": "Anna"}),
        ("de luca  élise", {"surname": "De Luca", "given_name": "Élise"}),
        ("stella", {"surname": "Stella", "given_name": ""}),
        ("0372 407788", {"phone": "0372 407788"}),
        ("a@b.it", {"mail": "a@b.it"}),
        ("mrtmtt91d08f205j", {"tax_code": "MRTMTT91D08F205J"}),
    ],
)
def test_what_was_searched_fills_its_field(typed: str, fields: dict[str, str]) -> None:
    assert prefilled(typed) == fields


def test_who_searches_for_somebody_else_sees_no_old_file(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    _type(qtbot, page, "ross")
    _open(qtbot, page, child)
    _type(qtbot, page, "rossi")
    assert page.shown_file().id == child  # type: ignore[union-attr]
    page.refresh()
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file().id == child  # type: ignore[union-attr]
    _type(qtbot, page, "zzz")
    assert page.found.rows == ()
    assert page.shown_file() is None
    assert page.file.isHidden()
    assert page.found.search.text() == "zzz"
    assert page.focusWidget() is page.found.search


def test_a_file_opened_from_elsewhere_stands_beside_no_old_search(
    qtbot: QtBot, page: PeoplePage, child: str, desk_office: Office
) -> None:
    other = desk_office.run(people.add_person, surname="Bianchi", given_name="Ada")
    _type(qtbot, page, "rossi")
    page.open_item("person", child)
    qtbot.waitUntil(page.runner.idle)
    assert page.found.search.text() == "rossi"
    page.open_item("person", other)
    qtbot.waitUntil(page.runner.idle)
    assert page.shown_file().id == other  # type: ignore[union-attr]
    assert (page.found.search.text(), page.found.rows) == ("", ())


def test_the_hint_to_search_first_goes_with_the_search(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    page.message.connect(bar.show_message)
    page.new_item()
    message = bar.message()
    assert message is not None
    assert message.text == "Search first: perhaps the person is already here."
    _type(qtbot, page, "verdi")
    assert bar.message() is None
