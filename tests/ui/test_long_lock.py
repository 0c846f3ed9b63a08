"""The lock: unsaved texts are sealed, and after a long time another process takes the place of this one."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.data.home import Home
from famdesk.desk import DeskWindow, give_way
from famdesk.ui import replacing
from famdesk.ui.kept_dialogs import KeptDialog
from famdesk.ui.kept_texts import unsaved
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.main_window import REPLACED
from famdesk.ui.shell.curtain import PUBLIC
from famdesk.ui.signin import SignInPage
from famdesk.usecases import kept_texts
from tests.ui.test_app import SLOW, home, lock, open_desk, sign_in, signed_in, unlock

__all__ = ["home", "open_desk"]

TYPED = "Zibaldone indecifrabile"
Opened = Callable[[Home], DeskWindow]


class _Letter(Dialog):
    """A dialog in which somebody writes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Letter to a family", "Save")
        self.form = Form()
        self.form.add("text", "Text", TextField(), required=True)
        self.form.add("secret", "Secret", PasswordField("Secret"))
        self.form.add("empty", "Empty", LineField())
        self.body.addWidget(self.form)


def writing(desk: DeskWindow, qtbot: QtBot, text: str = TYPED) -> _Letter:
    dialog = _Letter(desk.window)
    dialog.open()
    assert dialog.form is not None
    qtbot.keyClicks(dialog.form.field("text"), text)
    secret = dialog.form.field("secret")
    qtbot.keyClicks(secret, "segretissimo")
    secret.setEchoMode(QLineEdit.EchoMode.Normal)  # looked at
    assert [form.fields for form in unsaved()] == [(("Text", text),)]
    return dialog


def kept_files(home: Home) -> list[Path]:
    return list((home.folder / kept_texts.FOLDER).glob("*"))


def kept_dialog(desk: DeskWindow, qtbot: QtBot) -> KeptDialog | None:
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, KeptDialog) and one.isVisible()), None
    )


def test_what_stands_in_a_dialog_is_sealed_at_the_lock_and_there_after_it(
    home: Home, open_desk: Opened, qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    dialog = writing(desk, qtbot)
    lock(desk, qtbot)
    (kept,) = kept_files(home)
    everything = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert TYPED.encode() not in everything
    assert b"segretissimo" not in everything
    assert kept.stat().st_mode & 0o077 == 0
    unlock(desk, qtbot)
    assert dialog.isVisible()
    assert dialog.form is not None
    assert dialog.form.value("text") == TYPED
    assert kept_dialog(desk, qtbot) is None
    dialog.done(0)
    qtbot.waitUntil(lambda: kept_files(home) == [], timeout=SLOW)


def test_what_stands_in_a_view_at_the_sign_out_is_offered_when_that_person_is_back(
    home: Home, open_desk: Opened, qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "coordinator")
    form = Form(desk.window.shell)
    field = form.add("footer", "Footer", LineField())
    field.setText(TYPED)
    field.edited.emit()
    desk.window.sign_out_requested.emit()
    sign_in(desk, qtbot, "reception")
    assert kept_dialog(desk, qtbot) is None, "it belongs to somebody else"
    desk.window.sign_out_requested.emit()
    sign_in(desk, qtbot, "coordinator")
    found = kept_dialog(desk, qtbot)
    assert found is not None
    assert TYPED in [field.toPlainText() for field in found.findChildren(QPlainTextEdit)]
    found.try_save()
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert kept_files(home) == []


def test_after_half_an_hour_the_process_gives_way_and_nothing_is_lost(
    home: Home, open_desk: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []
    monkeypatch.setattr(replacing, "AFTER_MS", 1)
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    dialog = writing(desk, qtbot)
    monkeypatch.setattr(desk, "application", _Quits(statuses))
    desk.window.lock()
    qtbot.waitUntil(lambda: bool(statuses), timeout=SLOW)
    assert statuses == [REPLACED]
    dialog.done(0)
    desk.stop()
    monkeypatch.setattr(replacing, "AFTER_MS", SLOW)
    again = open_desk(home)
    assert isinstance(again.window.cover, SignInPage)
    sign_in(again, qtbot, "reception")
    assert kept_dialog(again, qtbot) is None, "it belongs to somebody else"
    again.window.sign_out_requested.emit()
    sign_in(again, qtbot, "educator")
    found = kept_dialog(again, qtbot)
    assert found is not None
    assert TYPED in [field.toPlainText() for field in found.findChildren(QPlainTextEdit)]
    found.try_save()
    assert again.session is not None
    qtbot.waitUntil(again.session.runner.idle, timeout=SLOW)
    assert kept_files(home) == []


class _Quits:
    """Stands for the application: a test goes on when the program would end."""

    def __init__(self, statuses: list[int]) -> None:
        self._statuses = statuses

    def setQuitOnLastWindowClosed(self, _quits: bool) -> None:
        """The window closes without ending the program."""

    def exit(self, status: int) -> None:
        self._statuses.append(status)


def test_who_comes_back_in_time_keeps_the_process(
    home: Home, open_desk: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    monkeypatch.setattr(desk, "application", _Quits(statuses))
    lock(desk, qtbot)
    unlock(desk, qtbot)
    assert desk._long_lock is not None
    assert not desk._long_lock._timer.isActive()
    give_way(desk)
    assert statuses == []


def test_a_screen_for_families_is_not_taken_away(qtbot: QtBot) -> None:
    told: list[bool] = []
    board = QWidget()
    qtbot.addWidget(board)
    board.setProperty(PUBLIC, True)
    board.show()
    counter = replacing.LongLock(board)
    counter.passed.connect(lambda: told.append(True))
    counter.look()
    assert told == []
    assert counter._timer.isActive()
    board.hide()
    counter.look()
    assert told == [True]


def test_forms_that_keep_drafts_themselves_are_left_out(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    form = Form(around)
    field = form.add("name", "Name", LineField(), required=True)
    qtbot.keyClicks(field, "Ada")
    assert [(one.title, one.fields) for one in unsaved()] == [("", (("Name", "Ada"),))]
    around.setProperty(KEEPS_DRAFTS, True)
    assert unsaved() == ()


@pytest.mark.parametrize(
    ("original", "arguments", "wanted"),
    [
        (["python", "-P", "-m", "famdesk", "--home", "a"], ["/x/__main__.py", "--home", "a"], ["-P", "-m", "famdesk"]),
        (["python", "-m", "famdesk", "demo", "x"], ["/x/__main__.py", "demo", "x"], ["-m", "famdesk"]),
        (["python", "/usr/bin/famdesk"], ["/usr/bin/famdesk"], ["/usr/bin/famdesk"]),
        (["python", "-c", "pass", "--home", "a"], ["-c", "--home", "a"], ["-c", "pass"]),
    ],
)
def test_the_new_process_is_begun_as_this_one_was(
    original: list[str], arguments: list[str], wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "orig_argv", original)
    monkeypatch.setattr(sys, "argv", arguments)
    assert replacing.command_line(Path("/data")) == [sys.executable, *wanted, "--home", "/data"]


def test_the_place_of_before_is_where_one_comes_back_to(home: Home, open_desk: Opened, qtbot: QtBot) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "educator")
    shell.show_page("people")
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    page = shell.page()
    lock(desk, qtbot)
    unlock(desk, qtbot)
    assert shell.page() is page


def test_what_was_shown_stays_until_it_is_thrown_away(home: Home, open_desk: Opened, qtbot: QtBot) -> None:
    """Whoever says "Later", or leaves it open and is locked out, finds it again."""
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    dialog = writing(desk, qtbot)
    lock(desk, qtbot)
    dialog.done(0)
    desk.window.sign_out_requested.emit()
    sign_in(desk, qtbot, "educator")
    found = kept_dialog(desk, qtbot)
    assert found is not None
    lock(desk, qtbot)
    assert len(kept_files(home)) == 1
    unlock(desk, qtbot)
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert len(kept_files(home)) == 1
    found.try_save()
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert kept_files(home) == []


def test_what_could_not_be_kept_keeps_the_process(
    home: Home, open_desk: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []
    desk = open_desk(home)
    signed_in(desk, qtbot, "educator")
    dialog = writing(desk, qtbot)
    monkeypatch.setattr(desk, "application", _Quits(statuses))
    monkeypatch.setattr(kept_texts, "write_atomically", _no_room)
    lock(desk, qtbot)
    give_way(desk)
    assert statuses == []
    dialog.done(0)


def _no_room(_path: Path, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, "no room")
