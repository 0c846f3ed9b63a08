"""Calendar files in the window: taken in after a look, written out; published calendars in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import icalendar
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.domain.calendar.calendar_file import CalendarFile
from famdesk.domain.progress import Progress
from famdesk.exchange import ics_read
from famdesk.ui.calendar.export_dialog import ExportDialog
from famdesk.ui.calendar.import_dialog import ImportDialog, lines
from famdesk.ui.calendar.import_progress import ReadingDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.publisher import Publisher
from famdesk.ui.settings.feeds_section import FeedDialog
from famdesk.ui.settings.page import SettingsPage
from famdesk.usecases.calendar import calendar, feeds
from famdesk.usecases.calendar.calendar_exchange import NEW, REFUSED, Found, FoundRow
from famdesk.usecases.calendar.feeds import FeedValues
from famdesk.usecases.office import Office
from tests.support.calendar_window import Window
from tests.support.calendars import at, seed
from tests.support.ics_texts import Text, whole
from tests.support.offices import Desk
from tests.ui.conftest import nameless

ONE = "DTSTART:20250213T100000\nDTEND:20250213T110000\nSUMMARY:Ferie di Anna"


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk) -> Iterator[Window]:
    office = file_desk.sign_in("coordinator")
    seed(office)
    made = Window(qtbot, office)
    yield made
    made.runner.close()


def _file(folder: Path, *more: str) -> str:
    path = folder / "vecchio.ics"
    events = [f"BEGIN:VEVENT\nUID:{number}\n{text}\nEND:VEVENT" for number, text in enumerate((ONE, *more))]
    path.write_text(whole(Text("\n".join(events))))
    return str(path)


def _read(window: Window, name: str) -> Any:
    window.page.exchange.importing.read(name)
    dialog = window.dialog(ImportDialog)
    window.wait()
    return dialog


def test_a_file_is_looked_at_and_taken_in(window: Window, tmp_path: Path) -> None:
    dialog = _read(window, _file(tmp_path, "SUMMARY:senza inizio"))
    assert nameless(dialog) == []
    assert dialog.summary.text() == "1 new event · 1 event not taken"
    assert [(line.title, line.badge) for line in dialog.list.lines()] == [("senza inizio", "not taken"),
                                                                          ("Ferie di Anna", "new")]  # fmt: skip
    assert "does not say when it begins" in dialog.list.lines()[0].detail
    dialog.form.field("kind").set_value("absence")
    dialog.try_save()
    window.wait()
    assert [(row.kind, row.label, row.starts) for row in window.rows()] == [("absence", "Ferie di Anna", at(10))]
    assert window.sentences == ["1 new event · 1 event not taken"]
    window.office.undo()
    assert window.rows() == []


def test_what_overlaps_needs_a_reason(window: Window, tmp_path: Path) -> None:
    mine = window.office.actor.staff_id
    window.office.run(calendar.book, starts=at(10), ends=at(11), kind="team", staff_id=mine)
    dialog = _read(window, _file(tmp_path, ONE.replace("T10", "T14").replace("T11", "T15")))
    assert not dialog.form.field("reason").isVisible()
    field = dialog.form.field("staff_id")
    field.set_value(mine)
    field.edited.emit()
    window.wait()
    assert dialog.form.field("reason").isVisible()
    assert dialog.summary.text() == "2 new events · 1 date is taken already"
    dialog.form.field("reason").set_value("dal vecchio calendario")
    dialog.try_save()
    window.wait()
    assert [row.overlaps for row in window.rows() if row.kind == "other"] == [True, False]
    assert {"Ferie di Anna", "Team meeting"} <= {*window.boxes().values()}, "called by its text"


def test_a_file_that_takes_long_shows_how_far_it_is_and_can_be_stopped(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, shares = Event(), list[float]()

    def slow(_data: bytes, _zone: str, _window: Any, progress: Progress) -> CalendarFile:
        begun.set()
        while True:
            shares.append(progress.share)
            progress.step(1, 4)

    monkeypatch.setattr(ics_read, "read", slow)
    window.page.exchange.importing.read(_file(tmp_path))
    dialog = window.dialog(ReadingDialog)
    assert nameless(dialog) == []
    window.qtbot.waitUntil(lambda: dialog.line.isVisible() and dialog.line.value() == 250)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.wait()
    assert window.errors == []
    assert window.window.findChildren(ImportDialog) == []
    assert 0.25 in shares


def test_taking_in_can_be_stopped_and_begun_again(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _read(window, _file(tmp_path))
    begun, real = Event(), Progress.step

    def waiting(self: Progress, done: int = 0, of: int = 1) -> None:
        if self.share > 0.85:  # it is being written, the journal already
            begun.set()
            while True:
                real(self, done, of)
        real(self, done, of)

    monkeypatch.setattr(Progress, "step", waiting)
    dialog.try_save()
    window.qtbot.waitUntil(begun.is_set)
    dialog.reject()
    window.wait()
    assert dialog.isVisible()
    assert dialog.bar.message().text == "Stopped. Nothing was changed."
    assert window.rows() == []
    monkeypatch.setattr(Progress, "step", real)
    dialog.try_save()
    window.wait()
    assert len(window.rows()) == 1


def test_of_very_many_events_those_that_need_a_look_are_listed() -> None:
    rows = [FoundRow(n, "nuovo", NEW) for n in range(1000)] + [FoundRow(n, "rotto", REFUSED) for n in range(1000, 1300)]
    told = lines(Found(tuple(rows)))
    assert {line.title for line in told[:300]} == {"rotto"}
    assert [line.title for line in told[300:]] == ["and 1,000 more events"]
    assert lines(Found(tuple(rows[:999])))[-1].title == "and 799 more events"


def test_a_file_that_is_none(window: Window, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(b"\x00\x01")
    for name in ("a.ics", "gone.ics"):
        window.page.exchange.importing.read(str(tmp_path / name))
        window.wait()
    assert [type(error).__name__ for error in window.errors] == ["NotACalendar", "NoSuchFile"]


def test_what_is_seen_is_written(window: Window, tmp_path: Path) -> None:
    window.office.run(calendar.book, starts=at(10), ends=at(11), kind="team")
    window.office.run(calendar.book, starts=at(10) + timedelta(days=30), ends=at(11) + timedelta(days=30), kind="team")
    window.page.refresh()
    window.wait()
    for names, words in ((False, ["A.Pe", "busy"]), (True, ["A.Pe", "Team meeting"])):
        window.page.exchange.export()
        dialog = window.dialog(ExportDialog)
        assert nameless(dialog) == []
        dialog.form.field("names").set_value(names)
        dialog.save()
        window.wait()
        path = tmp_path / f"{names}.ics"
        dialog.save_to(str(path))
        window.wait()
        found = icalendar.Calendar.from_ical(path.read_bytes())
        assert sorted(str(one["SUMMARY"]) for one in found.events) == words
    assert window.sentences[-1] == "2 appointments written."


class Settings:
    """The settings at their section."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office, self.runner = qtbot, office, Runner(office)
        self.page = SettingsPage(self.runner, office)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.show_section("feeds")
        self.wait()

    def wait(self) -> None:
        QApplication.processEvents()
        self.qtbot.waitUntil(self.runner.idle, timeout=20_000)


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Settings]:
    made = Settings(qtbot, file_desk.sign_in("coordinator"))
    yield made
    made.runner.close()


def test_a_published_calendar_is_added_published_and_removed(shown: Settings, tmp_path: Path) -> None:
    part = shown.page.feeds
    shown.qtbot.mouseClick(part.add, Qt.MouseButton.LeftButton)
    dialog = next(one for one in shown.page.findChildren(FeedDialog) if one.isVisible())
    assert nameless(dialog) == []
    dialog.form.set_values({"name": "Tutto", "path": "senza-cartella.ics"})
    dialog.try_save()
    shown.wait()
    assert dialog.isVisible()
    dialog.form.field("path").set_value(str(tmp_path / "tutto.ics"))
    dialog.try_save()
    shown.wait()
    (line,) = part.list.lines()
    assert line.title == "Tutto"
    assert "not published yet" in line.detail
    shown.qtbot.mouseClick(part.publish, Qt.MouseButton.LeftButton)
    shown.qtbot.waitUntil(lambda: part.list.lines()[0].badge == "Published")
    shown.wait()
    assert (tmp_path / "tutto.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    part.list.set_current_id(part.list.lines()[0].id)
    part.do(feeds.remove_feed, part.card.row())
    shown.wait()
    assert not part.list.lines()


def test_what_a_server_needs_is_asked_for_a_server_only(shown: Settings) -> None:
    shown.office.run(feeds.add_feed, FeedValues("Orari", feeds.CALDAV, url="https://a.example.it/"), "parola")
    part = shown.page.feeds
    part.read(shown.page._me)
    shown.wait()
    part.list.activated_id.emit(part.list.lines()[0].id)
    dialog = next(one for one in shown.page.findChildren(FeedDialog) if one.isVisible())
    field = dialog.form.field
    assert (field("url").isVisible(), field("password").isVisible(), field("path").isVisible()) == (True, True, False)
    assert field("password").value() == ""
    field("kind").set_value("file")
    field("kind").edited.emit()
    assert (field("url").isVisible(), field("path").isVisible()) == (False, True)
    dialog.close()
    QApplication.processEvents()


def test_others_only_look(qtbot: QtBot, file_desk: Desk) -> None:
    made = Settings(qtbot, file_desk.sign_in("educator"))
    assert not made.page.feeds.add.isVisible()
    made.runner.close()


def test_a_change_is_published_after_a_while(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> None:
    office = file_desk.sign_in("coordinator")
    path = tmp_path / "a.ics"
    office.run(feeds.add_feed, FeedValues("Tutto", path=str(path)))
    runner = Runner(office)
    publisher = Publisher(runner, office)
    publisher.start()
    assert publisher._timer.isActive()
    with qtbot.waitSignal(publisher.rested) as rested:
        publisher.go()
    assert rested.args == [1]
    assert path.read_bytes().count(b"BEGIN:VEVENT") == 0
    runner.run(calendar.book, starts=at(9), ends=at(10), kind="team")
    qtbot.waitUntil(lambda: runner.idle() and publisher._timer.isActive())
    with qtbot.waitSignal(publisher.rested):
        publisher.go()
    assert path.read_bytes().count(b"BEGIN:VEVENT") == 1
    publisher.stop()
    assert not publisher._timer.isActive()
    runner.close()
