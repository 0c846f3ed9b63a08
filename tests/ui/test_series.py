"""Series in the window: booked from the editor, dates picked in the year, changed as far as is said, brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.calendar import menus
from famdesk.ui.calendar.deeds import CancelDialog
from famdesk.ui.calendar.drawing import Filters, Target
from famdesk.ui.calendar.editor import AppointmentDialog
from famdesk.ui.calendar.editor_form import Choices, Start
from famdesk.ui.calendar.menus import ContextMenu
from famdesk.ui.calendar.series import choice as series_choice
from famdesk.ui.calendar.series.end import SeriesEndDialog
from famdesk.ui.calendar.series.scope import ONE, ScopeDialog
from famdesk.ui.calendar.year_strip import YearStrip
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar import calendar, series
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_rows import ALL, FOLLOWING, SeriesValues
from famdesk.usecases.directory import directory
from famdesk.usecases.office import Office
from tests.support.calendar_window import Window, book
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk


@pytest.fixture
def seeded(file_desk: Desk) -> Seeded:
    return seed(file_desk.sign_in("coordinator"))


@pytest.fixture
def lead(file_desk: Desk, seeded: Seeded) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def desk_window(qtbot: QtBot, lead: Office) -> Iterator[Window]:
    window = Window(qtbot, lead)
    yield window
    window.runner.close()


def edit(window: Window, begin: Any) -> Any:
    """The editor, opened as the calendar opens it."""
    board = window.page._board
    assert board is not None
    dialog = AppointmentDialog(window.page, window.runner, Choices.of(board), begin)
    dialog.open()
    window.wait()
    return dialog


def settle(window: Window, dialog: Any) -> None:
    """Until the dates have been looked at."""
    section = dialog.series.section
    window.qtbot.waitUntil(lambda: not section._timer.isActive())
    window.wait()


def repeating(window: Window, **more: Any) -> Any:
    dialog = edit(window, Start(at(17), at(18), **more))
    dialog.series.section.toggle()
    settle(window, dialog)
    return dialog


def starts(office: Office) -> list[str]:
    rows = office.fetch(calendar.appointments, DAY, date(2025, 12, 31))
    return [f"{row.starts:%d.%m. %H:%M} {row.state}" for row in rows]


def made(office: Office, rule: str = "FREQ=WEEKLY;COUNT=4") -> list[Any]:
    office.run(series.make, SeriesValues("interview"), starts=at(17), minutes=60, rule=rule, skip_closed=False)
    return list(office.fetch(calendar.appointments, DAY, date(2025, 12, 31)))


def test_a_common_booking_is_as_short_as_before(desk_window: Window) -> None:
    dialog = edit(desk_window, Start(at(17), at(18)))
    assert not dialog.series.repeats()
    assert not dialog.series.section.fields.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert dialog.series.repeats()
    assert QApplication.focusWidget() is dialog.series.section.fields.form.field("preset")


def test_preset_sentence_chips_and_closed_days(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    dialog = repeating(desk_window, access_point_id=seeded.point)
    section = dialog.series.section
    assert section.sentence.text() == "Every week on Thursdays at 17:00, 5 times, leaving out 20 February"
    assert [chip.out for chip in section.chips.shown()] == [False, True, False, False, False]
    assert section.chips.chip(date(2025, 2, 20)).accessibleDescription() == "Assemblea"
    assert section.closed.text() == "Closed, left out unless you press the date: Thu 20 Feb (Assemblea)"
    section.chips.chip(date(2025, 3, 6)).click()
    section.chips.chip(date(2025, 2, 20)).click()
    assert section.sentence.text().endswith("leaving out 6 March")
    dialog.try_save()
    desk_window.wait()
    assert starts(lead) == ["13.02. 17:00 planned", "20.02. 17:00 planned", "27.02. 17:00 planned",
                            "06.03. 17:00 skipped", "13.03. 17:00 planned"]  # fmt: skip
    assert lead.undo_label() == "Series of 4 appointments from Thursday 13 February"
    boxes = {(box.text.rpartition(" · ")[2], box.icon) for box in desk_window.page.view.grid.scene.content.boxes}
    assert ("series", "refresh-cw") in boxes


def test_the_fields_make_the_rule(desk_window: Window) -> None:
    dialog = repeating(desk_window)
    section = dialog.series.section
    fields = section.fields.form
    section.fields.choose(series_choice.MONTH_WEEKDAY)
    assert section.sentence.text() == "Every month on the second Thursday at 17:00, 5 times"
    section.fields.choose(series_choice.OTHER)
    fields.field("every").set_value(3)
    fields.field("weekdays").set_value((1, 4))
    fields.field("ends").set_value("until")
    fields.field("until").set_value(date(2025, 4, 30))
    section.fields.edited.emit()
    assert section.sentence.text() == "Every 3 weeks on Mondays and on Thursdays at 17:00, until 30 April 2025"
    fields.field("ends").set_value("never")
    section.fields.edited.emit()
    assert section.sentence.text().endswith("without an end")
    assert len(section.chips.shown()) > 60
    fields.field("ends").set_value("until")
    fields.field("until").set_value(date(2024, 1, 1))
    section.fields.edited.emit()
    assert section.problem() == "This gives no date at all. Choose at least one."
    dialog.try_save()
    assert dialog.isVisible()
    assert dialog.bar.message().text == section.problem()


def test_taken_dates_are_sentences_saving(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    book(lead, at(17, 30, day=date(2025, 2, 27)), room_id=seeded.room)
    desk_window.wait()
    dialog = repeating(desk_window, room_id=seeded.room)
    section = dialog.series.section
    assert section.taken.isVisible()
    assert section.taken._text.text().startswith("Already taken on Thu 27 Feb. Stanza 1 is already taken at 17:30")
    assert [chip.out for chip in section.chips.shown()] == [False, False, True, False, False]
    section.taken.choice.set_current("book")
    section.taken.choice.chosen.emit("book")
    assert [chip.out for chip in section.chips.shown()] == [False] * 5
    dialog.try_save()
    assert dialog.bar.message().text == "Give a reason, or leave the taken dates out."
    section.taken.reason.set_value("in due")
    dialog.try_save()
    desk_window.wait()
    rows = lead.fetch(calendar.appointments, DAY, date(2025, 12, 31))
    assert [row.overlaps for row in rows if row.starts.time() == at(17).time()] == [False, False, True, False, False]


def test_days_by_hand_with_a_room_of_their_own(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    dialog = repeating(desk_window, room_id=seeded.room)
    section = dialog.series.section
    section.fields.choose(series_choice.HAND)
    assert section.strip.isVisible()
    section.strip.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(section.strip, key)
    settle(desk_window, dialog)
    day = date(2025, 2, 21)
    assert [chip.day for chip in section.chips.shown()] == [DAY, day]
    assert section.own.isVisible()
    section.own.form.field("room_id").set_value(seeded.other_room)
    section.own.form.edited.emit()
    settle(desk_window, dialog)
    box = section.strip.box_of(date(2025, 3, 3)).center().toPoint()
    QTest.mouseClick(section.strip, Qt.MouseButton.LeftButton, pos=box)
    assert section.sentence.text() == "3 dates chosen by hand"
    dialog.try_save()
    desk_window.wait()
    rows = lead.fetch(calendar.appointments, DAY, date(2025, 12, 31))
    assert [(row.starts.date(), row.room_id) for row in rows] == [
        (DAY, seeded.room), (day, seeded.other_room), (date(2025, 3, 3), seeded.room),
    ]  # fmt: skip


def test_the_year_is_told_to_the_screen_reader(qtbot: QtBot) -> None:
    strip = YearStrip(DAY)
    qtbot.addWidget(strip)
    strip.show_days({DAY: "", date(2025, 2, 20): "out", date(2025, 2, 27): "taken"})
    strip.show_closed({date(2025, 5, 1): "Labor Day"})
    assert strip.accessibleDescription() == "Thursday 13 February 2025, chosen"
    assert strip.words(date(2025, 2, 20)).endswith("taken out")
    assert strip.words(date(2025, 2, 27)).endswith("chosen, already taken")
    assert strip.words(date(2025, 5, 1)) == "Thursday 1 May 2025, closed: Labor Day"
    strip.resize(strip.sizeHint())
    strip.grab()
    QTest.keyClick(strip, Qt.Key.Key_PageDown)
    assert strip.cursor_day() == date(2025, 3, 13)
    with qtbot.waitSignal(strip.range_changed):
        QTest.keyClick(strip, Qt.Key.Key_PageUp)
        QTest.keyClick(strip, Qt.Key.Key_PageUp)
    assert (strip.first_day(), strip.last_day()) == (date(2025, 1, 1), date(2025, 12, 31))
    assert strip.day_at(strip.box_of(date(2025, 12, 31)).center()) == date(2025, 12, 31)


def answer(window: Window, *keys: Qt.Key) -> None:
    """The question how far, answered by keys."""
    dialog = window.dialog(ScopeDialog)
    window.qtbot.waitUntil(dialog.buttons[ONE].hasFocus)
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key)
    window.wait()


def test_a_series_moved_onto_a_closed_day_says_so(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    rows = made(lead)
    desk_window.wait()
    sentences: list[str] = []
    desk_window.page._deeds.told.connect(sentences.append)
    desk_window.page._deeds.move(rows[0].id, at(10, day=date(2025, 2, 14)), Target(DAY))
    answer(desk_window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert sentences == []
    desk_window.page._deeds.move(rows[0].id, at(10, day=date(2025, 4, 17)), Target(DAY))
    answer(desk_window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    [told] = sentences
    assert told.startswith("Now on days when the centre is closed: Thu 1 May (")


def test_moving_asks_how_far_it_goes(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    rows = made(lead)
    desk_window.wait()
    desk_window.page._deeds.move(rows[0].id, at(9), Target(DAY))
    answer(desk_window, Qt.Key.Key_Return)
    assert starts(lead)[:2] == ["13.02. 09:00 planned", "20.02. 17:00 planned"]
    desk_window.page._deeds.move(rows[0].id, at(10), Target(DAY))
    answer(desk_window, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert [start[7:] for start in starts(lead)] == ["10:00 planned"] * 4
    lead.run(
        calendar.move, rows[2].id, lead.fetch(calendar.appointment, rows[2].id).version, at(8, day=date(2025, 2, 28))
    )
    desk_window.wait()
    desk_window.page._deeds.stretch(rows[0].id, at(12))
    answer(desk_window, Qt.Key.Key_Escape)
    assert {row.ends.hour for row in lead.fetch(calendar.appointments, DAY, date(2025, 12, 31))} == {9, 11}
    desk_window.page._deeds.stretch(rows[0].id, at(12))
    sentences: list[str] = []
    desk_window.page._deeds.told.connect(sentences.append)
    answer(desk_window, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    told = "3 dates changed; 1 stays as it is, since it was changed by hand or is over."
    assert (desk_window.errors, sentences) == ([], [told])
    dialog = edit(desk_window, lead.fetch(calendar.appointment, rows[0].id))
    dialog.fields.field("label").set_value("gruppo")
    dialog.try_save()
    notes = [one.text() for one in desk_window.dialog(ScopeDialog).findChildren(Label)]
    assert "1 date was given another time by hand and keeps it." in notes


def test_cancelling_this_and_the_following(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    rows = made(lead)
    desk_window.wait()
    desk_window.page._deeds.cancel(rows[0].id)
    answer(desk_window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    dialog = desk_window.dialog(CancelDialog)
    dialog.try_save()
    desk_window.wait()
    assert [start[13:] for start in starts(lead)] == ["cancelled"] * 4


def test_the_editor_tells_the_series_and_asks(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    rows = made(lead)
    desk_window.wait()
    dialog = edit(desk_window, lead.fetch(calendar.appointment, rows[1].id))
    note = dialog.series.note
    assert note.isVisible()
    assert note._text.text() == "Series: every week on Thursdays at 17:00, 4 times"
    assert note._place.text() == "Date 2 of 4"
    dialog.fields.field("label").set_value("gruppo")
    dialog.try_save()
    desk_window.dialog(ScopeDialog).buttons[FOLLOWING].click()
    desk_window.wait()
    found = lead.fetch(calendar.appointments, DAY, date(2025, 12, 31))
    assert [row.label for row in found] == ["", "gruppo", "gruppo", "gruppo"]
    assert len({row.series_id for row in found}) == 2


def test_the_end_is_changed_from_the_editor(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    rows = made(lead)
    desk_window.wait()
    dialog = edit(desk_window, lead.fetch(calendar.appointment, rows[0].id))
    dialog.series.note.end_wanted.emit()
    end = desk_window.dialog(SeriesEndDialog)
    end.form.field("ends").set_value("count")
    end.form.field("count").set_value(2)
    end.try_save()
    desk_window.wait()
    assert dialog.bar.message().text == "2 dates taken away"
    assert starts(lead) == ["13.02. 17:00 planned", "20.02. 17:00 planned"]


def test_a_date_taken_out_is_hidden_until_cancelled_ones_are_shown(
    desk_window: Window, lead: Office, seeded: Seeded
) -> None:
    rows = made(lead)
    desk_window.wait()
    deeds = desk_window.page._deeds
    keys = [action.data() for action in ContextMenu(desk_window.page, rows[0], DAY, deeds.choose).actions()]
    assert menus.SKIP in keys
    deeds._menu_of = (rows[0].id, None)
    deeds.choose(menus.SKIP)
    desk_window.wait()
    assert rows[0].id not in desk_window.boxes()
    desk_window.page.filters.set_filters(Filters(cancelled=True))
    desk_window.page.filters.changed.emit()
    assert rows[0].id in desk_window.boxes()
    skipped = lead.fetch(calendar.appointments, DAY, DAY)[0]
    menu = ContextMenu(desk_window.page, skipped, DAY, deeds.choose)
    assert [action.data() for action in menu.actions() if action.data()] == [menus.OPEN, menus.RESTORE]
    menu.popup(QPoint(0, 0))
    menu.close()
    deeds.choose(menus.RESTORE)
    desk_window.wait()
    assert starts(lead)[0] == "13.02. 17:00 planned"


def test_an_appointment_that_is_there_is_repeated(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    booked = book(lead, at(17), person_id=seeded.person, staff_id=lead.actor.staff_id)
    desk_window.wait()
    desk_window.grid.context_requested.emit(booked, "2025-02-13", 1020, QPoint(200, 200))
    menu = desk_window.page.findChildren(ContextMenu)[-1]
    next(action for action in menu.actions() if action.data() == menus.REPEAT).trigger()
    menu.close()
    dialog = desk_window.dialog()
    desk_window.qtbot.waitUntil(lambda: dialog.series.section is not None and dialog.series.section.active())
    section = dialog.series.section
    section.fields.choose(series_choice.WEEK)
    section.fields.form.field("count").set_value(3)
    section.fields.edited.emit()
    settle(desk_window, dialog)
    assert [bool(row.taken) for row in section.dates.plan.values()] == [False, False, False], "not against itself"
    assert not section.sentence.visibleRegion().isEmpty(), "scrolled to"
    dialog.fields.field("label").set_value("gruppo")
    dialog.try_save()
    desk_window.wait()
    assert desk_window.errors == []
    assert starts(lead) == ["13.02. 17:00 planned", "20.02. 17:00 planned", "27.02. 17:00 planned"]
    rows = lead.fetch(calendar.appointments, DAY, date(2025, 12, 31))
    assert (rows[0].id, {row.label for row in rows}) == (booked, {"gruppo"})
    desk_window.grid.context_requested.emit(booked, "2025-02-13", 1020, QPoint(200, 200))
    menu = desk_window.page.findChildren(ContextMenu)[-1]
    assert menus.REPEAT not in [action.data() for action in menu.actions()]
    menu.close()


def test_a_series_with_a_place_keeps_it_when_it_is_edited(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    place = lead.fetch(directory.places)[0]
    values = SeriesValues("interview", extras=Extras(place_id=place.id))
    lead.run(series.make, values, starts=at(17), minutes=60, rule="FREQ=WEEKLY;COUNT=3", skip_closed=False)
    desk_window.wait()
    [first, *_rest] = lead.fetch(calendar.appointments, DAY, date(2025, 12, 31))
    for text, kept, where in (("gruppo", place.id, None), ("", None, "in biblioteca")):
        dialog = edit(desk_window, lead.fetch(calendar.appointment, first.id))
        field = dialog.parties.form.field("where_text")
        if text:
            assert field.value() == place.name
            dialog.fields.field("label").set_value(text)
        else:
            field.set_value("in biblioteca")
        desk_window.wait()
        dialog.try_save()
        desk_window.dialog(ScopeDialog).buttons[ALL].click()
        desk_window.wait()
        for row in lead.fetch(calendar.appointments, DAY, date(2025, 12, 31)):
            found = lead.fetch(calendar.appointment, row.id)
            assert (found.label, found.place_id, found.where_text) == ("gruppo", kept, where)
