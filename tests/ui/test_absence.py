"""A colleague's absence in the calendar: from menu, key and column; each appointment gets its choice; one undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.ui.calendar.absence import AbsenceDialog
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.menus import ContextMenu
from famdesk.ui.kit.dialog import Dialog
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from tests.support.calendar_window import Window, book
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.ui.conftest import nameless

KEY = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
WEDNESDAY, FRIDAY = date(2025, 2, 12), date(2025, 2, 14)


@pytest.fixture
def seeded(file_desk: Desk) -> Seeded:
    return seed(file_desk.sign_in("coordinator"))


@pytest.fixture
def office(file_desk: Desk, seeded: Seeded) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def desk_window(qtbot: QtBot, office: Office) -> Iterator[Window]:
    window = Window(qtbot, office)
    yield window
    window.runner.close()


def _dialog(window: Window, staff: str) -> AbsenceDialog:
    """The dialog for Wednesday to Friday, with what lies in them."""
    window.press(KEY.Key_A, CTRL_SHIFT)
    dialog: AbsenceDialog = window.dialog(AbsenceDialog)
    assert dialog.form is not None
    for name, value in {"staff_id": staff, "first": WEDNESDAY, "last": FRIDAY}.items():
        dialog.form.field(name).set_value(value)
        dialog.form.field(name).edited.emit()
    dialog.ask()
    window.wait()
    return dialog


def test_an_absence_with_hand_over(desk_window: Window, office: Office, seeded: Seeded, file_desk: Desk) -> None:
    away = file_desk.sign_in("social_worker").actor.staff_id
    other = file_desk.sign_in("educator").actor.staff_id
    office.run(contacts.add_contact_point, seeded.person, kind="mobile", value="333 1234567")
    given = book(office, at(9), staff_id=away, person_id=seeded.person)
    off = book(office, at(11), staff_id=away, person_id=seeded.person)
    dialog = _dialog(desk_window, away)
    card = dialog.hand_over
    desk_window.qtbot.waitUntil(lambda: 0 < card.height() == card.visibleRegion().boundingRect().height())
    assert nameless(dialog) == []
    choice = dialog.hand_over.field(given)
    assert choice.value() == "keep"
    choice.set_value(f"give:{other}")
    dialog.hand_over.field(off).set_value("cancel")
    dialog.try_save()
    desk_window.wait()
    rows = {row.id: row for row in desk_window.rows()}
    assert (rows[given].staff_id, rows[off].state) == (other, "cancelled")
    [absence] = [row for row in rows.values() if row.kind == "absence"]
    assert (absence.starts, absence.ends, absence.all_day) == (datetime(2025, 2, 12), datetime(2025, 2, 15), True)
    assert desk_window.sentences[-1] == (
        "Absence from Wed 12 Feb planned. 2 families are on the list “To call back”."
    )  # fmt: skip
    assert len(office.fetch(call_list.call_list)[0].what) == 2
    desk_window.runner.undo()
    desk_window.wait()
    rows = {row.id: row for row in desk_window.rows()}
    assert (rows[given].staff_id, rows[off].state, len(rows)) == (away, "planned", 2)


def test_all_are_given_to_whoever_is_free(desk_window: Window, office: Office, file_desk: Desk) -> None:
    away = file_desk.sign_in("social_worker").actor.staff_id
    booked = [book(office, at(9), staff_id=away), book(office, at(9), staff_id=away, overlap_reason="in due")]
    dialog = _dialog(desk_window, away)
    dialog.hand_over.give_all.click()
    given = [dialog.hand_over.field(one).value() for one in booked]
    assert all(value and value.startswith("give:") for value in given)
    assert len(set(given)) == 2
    dialog.hand_over.cancel_all.click()
    assert [one.what for one in dialog.hand_over.decisions()] == ["cancel", "cancel"]


def test_what_was_chosen_stays_when_the_days_change(desk_window: Window, office: Office, file_desk: Desk) -> None:
    away = file_desk.sign_in("social_worker").actor.staff_id
    booked = book(office, at(9), staff_id=away)
    dialog = _dialog(desk_window, away)
    dialog.hand_over.field(booked).set_value("cancel")
    assert dialog.form is not None
    dialog.form.field("last").set_value(date(2025, 2, 20))
    dialog.form.field("last").edited.emit()
    dialog.ask()
    desk_window.wait()
    assert dialog.hand_over.field(booked).value() == "cancel"


def test_from_the_menu_with_the_column_s_colleague(desk_window: Window, office: Office) -> None:
    start = Start(at(9), staff_id=office.actor.staff_id)
    desk_window.page._deeds.show_menu("", start, QPoint(20, 20))
    menu = next(one for one in desk_window.window.findChildren(QMenu) if isinstance(one, ContextMenu))
    action = next(one for one in menu.actions() if one.data() == "absence")
    action.trigger()
    menu.close()
    dialog = desk_window.dialog(AbsenceDialog)
    assert dialog.form.value("staff_id") == office.actor.staff_id
    assert dialog.form.value("first") == at(9).date()


def test_hours_of_one_day_and_a_change(desk_window: Window, office: Office) -> None:
    mine = office.actor.staff_id
    dialog = _dialog(desk_window, mine)
    form = dialog.form
    assert form is not None
    form.field("all_day").set_value(False)
    form.field("all_day").edited.emit()
    for name, value in {"last": WEDNESDAY, "starts": time(14), "ends": time(16)}.items():
        form.field(name).set_value(value)
    dialog.try_save()
    desk_window.wait()
    [row] = desk_window.rows()
    assert (row.starts, row.ends, row.all_day) == (datetime(2025, 2, 12, 14), datetime(2025, 2, 12, 16), False)
    desk_window.qtbot.waitUntil(lambda: row.id in desk_window.boxes())
    desk_window.page._deeds.open(row.id)
    again = desk_window.dialog(AbsenceDialog)
    assert not again.form.field("staff_id").isEnabled()
    again.form.field("ends").set_value(time(18))
    again.try_save()
    desk_window.wait()
    [row] = desk_window.rows()
    assert row.ends == datetime(2025, 2, 12, 18)


def test_the_end_before_the_start_is_said_at_its_field(desk_window: Window, office: Office) -> None:
    dialog = _dialog(desk_window, office.actor.staff_id)
    form = dialog.form
    assert form is not None
    form.field("all_day").set_value(False)
    form.field("all_day").edited.emit()
    for name, value in {"last": WEDNESDAY, "starts": time(16), "ends": time(14)}.items():
        form.field(name).set_value(value)
    dialog.try_save()
    desk_window.wait()
    assert dialog.isVisible()
    assert form._rows["ends"].problem._label.text() == "The end must be after the start."


def test_what_stays_with_somebody_who_is_away_is_warned_of_and_asked(
    desk_window: Window, office: Office, file_desk: Desk
) -> None:
    away = file_desk.sign_in("social_worker").actor.staff_id
    first, second = book(office, at(9), staff_id=away), book(office, at(11), staff_id=away)
    dialog = _dialog(desk_window, away)
    assert dialog.hand_over._kept.isVisible()
    assert dialog.hand_over.kept() == "2 appointments stay as they are, with somebody who is away."
    dialog.hand_over.field(first).set_value("cancel")
    dialog.hand_over.field(first).edited.emit()
    assert dialog.hand_over.kept() == "1 appointment stays as it is, with somebody who is away."
    dialog.try_save()
    desk_window.wait()
    assert [row.kind for row in desk_window.rows()] == ["interview", "interview"], "nothing is saved before the answer"
    question: Any = next(one for one in dialog.findChildren(Dialog) if one.isVisible())
    question.try_save()
    desk_window.wait()
    assert {row.id: row.state for row in desk_window.rows()}[second] == "planned"
    assert [row.kind for row in desk_window.rows()].count("absence") == 1


def test_nothing_is_asked_when_nothing_stays(desk_window: Window, office: Office, file_desk: Desk) -> None:
    away = file_desk.sign_in("social_worker").actor.staff_id
    book(office, at(9), staff_id=away)
    dialog = _dialog(desk_window, away)
    dialog.hand_over.cancel_all.click()
    assert not dialog.hand_over._kept.isVisible()
    dialog.try_save()
    desk_window.wait()
    assert [row.kind for row in desk_window.rows()].count("absence") == 1
