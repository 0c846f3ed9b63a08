"""What stands unsaved in forms outlives whatever takes the forms away, or somebody is asked."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.data.home import Home
from famdesk.desk import DeskWindow
from famdesk.ui.intake.page import IntakePage
from famdesk.ui.kept_dialogs import KeptDialog, UnkeptDialog
from famdesk.ui.kept_texts import unsaved
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.usecases import kept_texts
from famdesk.usecases.intake import drafts, intake
from tests.ui.test_app import SLOW, home, lock, open_desk, sign_in, signed_in, unlock, words

__all__ = ["home", "open_desk"]

TYPED = "Zibaldone indecifrabile"
Opened = Callable[[Home], DeskWindow]


class _Letter(Dialog):
    """A dialog in which somebody writes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Letter to a family", "Save")
        self.form = Form()
        self.form.add("text", "Text", TextField())
        self.body.addWidget(self.form)


def writing(desk: DeskWindow, qtbot: QtBot) -> _Letter:
    dialog = _Letter(desk.window)
    dialog.open()
    assert dialog.form is not None
    qtbot.keyClicks(dialog.form.field("text"), TYPED)
    return dialog


def in_view(desk: DeskWindow, qtbot: QtBot) -> Form:
    """The same in a form that stands in a view."""
    form = Form(desk.window.shell)
    qtbot.keyClicks(form.add("footer", "Footer", LineField()), TYPED)
    return form


def kept_files(home: Home) -> list[Path]:
    return list((home.folder / kept_texts.FOLDER).glob("*"))


def shown(kind: type[Dialog]) -> Dialog | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def texts(dialog: Dialog | None) -> list[str]:
    assert dialog is not None
    return [field.toPlainText() for field in dialog.findChildren(QPlainTextEdit)]


def press(dialog: Dialog | None, text: str) -> None:
    assert dialog is not None
    next(one for one in dialog.findChildren(QAbstractButton) if one.text() == text).click()


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Fills the disk; `full()` again makes room."""
    there = kept_texts.write_atomically

    def no_room(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "no room")

    def turn() -> None:
        was = kept_texts.write_atomically is no_room
        monkeypatch.setattr(kept_texts, "write_atomically", there if was else no_room)

    return turn


def test_it_is_on_disk_a_second_after_it_was_typed_and_gone_after_it_was_saved(
    home: Home, open_desk: Opened, qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    dialog = writing(desk, qtbot)
    office = desk.session.office if desk.session is not None else None
    assert office is not None
    qtbot.waitUntil(lambda: len(kept_texts.read(office)) == 1, timeout=SLOW)
    (kept,) = kept_texts.read(office)
    desk.window._on_zoom(150)
    desk.window._on_look("dark")
    assert dialog.form is not None
    assert dialog.form.value("text") == TYPED, "neither size nor colours take it away"
    assert (kept.title, kept.fields) == ("Letter to a family", (("Text", TYPED),))
    assert TYPED.encode() not in kept_files(home)[0].read_bytes()
    dialog.try_save()
    qtbot.waitUntil(lambda: kept_files(home) == [], timeout=SLOW)


def test_a_full_disk_at_the_sign_out_is_told_and_one_may_stay_try_again_or_go(
    home: Home, open_desk: Opened, qtbot: QtBot, full: Callable[[], None]
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    in_view(desk, qtbot)
    full()
    shell.actions_.sign_out.trigger()
    asked = shown(UnkeptDialog)
    assert "The disk is full." in words(asked)
    assert texts(asked) == [TYPED]
    press(asked, "Copy all texts")
    assert TYPED in QApplication.clipboard().text()
    press(asked, "Stay here")
    assert desk.session is not None
    shell.actions_.sign_out.trigger()
    asked = shown(UnkeptDialog)
    press(asked, "Try again")
    assert desk.session is not None, "there is no room yet"
    full()
    press(asked, "Try again")
    qtbot.waitUntil(lambda: desk.session is None, timeout=SLOW)
    sign_in(desk, qtbot, "coordinator")
    found = shown(KeptDialog)
    assert texts(found) == [TYPED]
    assert found is not None
    found.try_save()
    qtbot.waitUntil(lambda: kept_files(home) == [], timeout=SLOW)
    again = desk.window.shell
    assert again is not None
    in_view(desk, qtbot)
    full()
    again.actions_.sign_out.trigger()
    press(shown(UnkeptDialog), "Go on and lose it")
    qtbot.waitUntil(lambda: desk.session is None, timeout=SLOW)
    assert kept_files(home) == []


def test_who_takes_over_a_locked_desk_is_told_but_not_shown_the_texts(
    home: Home, open_desk: Opened, qtbot: QtBot, full: Callable[[], None]
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "coordinator")
    dialog = writing(desk, qtbot)
    full()
    lock(desk, qtbot)
    assert kept_files(home) == []
    desk.window.cover.other_user_requested.emit()  # type: ignore[union-attr]
    asked = shown(UnkeptDialog)
    assert "The disk is full." in words(asked)
    assert texts(asked) == []
    assert "Copy all texts" not in words(asked)
    press(asked, "Stay here")
    full()
    unlock(desk, qtbot)
    assert dialog.isVisible()
    dialog.done(0)


def test_a_window_is_not_closed_over_what_cannot_be_kept(
    home: Home, open_desk: Opened, qtbot: QtBot, full: Callable[[], None]
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "coordinator")
    in_view(desk, qtbot)
    full()
    desk.window.close()
    assert desk.window.isVisible()
    press(shown(UnkeptDialog), "Stay here")
    assert desk.session is not None
    manager = _Manager()
    desk.session.kept._on_system_ends(manager)  # type: ignore[arg-type]
    assert manager.cancelled, "the system waits"
    full()
    press(shown(UnkeptDialog), "Try again")
    qtbot.waitUntil(lambda: not desk.window.isVisible(), timeout=SLOW)
    assert len(kept_files(home)) == 1


class _Manager:
    """The session manager of a system that shuts down."""

    cancelled = False

    def allowsInteraction(self) -> bool:
        return True

    def cancel(self) -> None:
        self.cancelled = True


def test_a_system_that_ends_waits_only_where_something_would_be_lost(
    home: Home, open_desk: Opened, qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    dialog = writing(desk, qtbot)
    manager = _Manager()
    assert desk.session is not None
    desk.session.kept._on_system_ends(manager)  # type: ignore[arg-type]
    assert not manager.cancelled
    assert len(kept_files(home)) == 1
    dialog.done(0)


def test_another_language_loses_nothing(home: Home, open_desk: Opened, qtbot: QtBot) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    in_view(desk, qtbot)
    assert desk.session is not None
    desk.session.language_chosen.emit("de")
    qtbot.waitUntil(lambda: desk.window.shell is not shell, timeout=SLOW)
    qtbot.waitUntil(lambda: shown(KeptDialog) is not None, timeout=SLOW)
    found = shown(KeptDialog)
    assert texts(found) == [TYPED]
    assert found is not None
    found.reject()
    assert len(kept_files(home)) == 1, "it is offered again at the next sign-in"
    again = desk.window.shell
    assert again is not None
    message = again.bar.message()
    assert message is not None
    assert message.offer is not None
    message.offer.act()
    assert texts(shown(KeptDialog)) == [TYPED]


def test_a_correction_that_is_no_draft_is_kept_and_a_draft_only_while_it_waits(
    home: Home, open_desk: Opened, qtbot: QtBot
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "reception")
    session = desk.session
    assert session is not None
    session.runner.run(intake.log_contact, channel="door", need_text="prima")
    page = shell.show_page("intake")
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(session.runner.idle, timeout=SLOW)
    line = page.front.line
    qtbot.keyClicks(line.fields.answer, TYPED)
    assert [TYPED in dict(form.fields).values() for form in unsaved()] == [True], "it waits"
    qtbot.waitUntil(lambda: unsaved() == (), timeout=SLOW)
    draft = session.office.fetch(drafts.mine)
    assert TYPED in draft[0].body
    (row,) = session.office.fetch(intake.accesses, session.office.now().date())
    line.correct(row)
    qtbot.keyClicks(line.fields.answer, TYPED)
    session.kept.keep()
    assert TYPED in kept_texts.read(session.office)[0].fields[-1][1]
    line._next()
    assert unsaved() == ()
