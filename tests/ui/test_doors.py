"""Procedures at the door, each done through the window from start to end: a lost password, a colleague who leaves, a
password changed while a draft is open, a second step with the telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pyotp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from famdesk.data.keys import keys
from famdesk.data.keys.crypto import normal_code
from famdesk.data.keys.keystore import KeyFile
from famdesk.desk import DeskWindow
from famdesk.pages import Session
from famdesk.ui.kit.code import CodeForm
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.recovery import RecoveryForm
from famdesk.ui.lock_page import LockPage
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.settings.leaving_dialog import LeavingDialog
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.settings.second_step_card import SetUpDialog, SpareCodesDialog, TurnOffDialog
from famdesk.ui.settings.staff_dialogs import OwnPasswordDialog, ResetPasswordDialog
from famdesk.ui.signin import SignInPage
from famdesk.usecases.intake import follow_ups
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.people import people
from famdesk.usecases.staff import leaving, notices, staff
from tests.support.offices import CHEAP, PASSWORD, Desk
from tests.ui.test_app import SLOW, open_desk, sign_in, signed_in, unlock, words

__all__ = ["open_desk"]

Opened = Callable[..., DeskWindow]
NEW_PASSWORD = "sasso-nuvola-lanterna"
W = TypeVar("W", bound=QWidget)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are derived as quickly as the format allows: how slow it is in the program is measured elsewhere."""
    monkeypatch.setattr("famdesk.data.keys.crypto.calibrated", lambda: CHEAP)


def opened(desk: Desk, open_desk: Opened) -> DeskWindow:
    """The window on a desk's data, which nobody else has open."""
    desk.close()
    desk.home.set_language("en")
    return open_desk(desk.home)


def settle(window: DeskWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.background.idle, timeout=SLOW)
    assert window.session is not None
    qtbot.waitUntil(window.session.runner.idle, timeout=SLOW)


def dialog(kind: type[W]) -> W:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def closed(asked: Dialog) -> bool:
    return not isValid(asked) or not asked.isVisible()


def told(window: DeskWindow) -> list[str]:
    """The notices that wait at the top of Today."""
    assert window.session is not None
    assert "1 notice for you" in words(window.window)
    return [row.kind for row in window.session.office.fetch(notices.unread)]


def press(where: QWidget, text: str, qtbot: QtBot) -> None:
    """Clicks the button with this text."""
    found = next(one for one in where.findChildren(QAbstractButton) if one.text() == text and one.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def save(window: DeskWindow, asked: Dialog, qtbot: QtBot) -> None:
    """Ctrl+Enter in a dialog."""
    qtbot.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window, qtbot)


def settings_at(window: DeskWindow, qtbot: QtBot, section: str) -> SettingsPage:
    shell = window.window.shell
    assert shell is not None
    shell.show_page("settings")
    settle(window, qtbot)
    page = shell.page()
    assert isinstance(page, SettingsPage)
    page.list.set_current_id(section)
    settle(window, qtbot)
    return page


def out(window: DeskWindow, qtbot: QtBot) -> None:
    window.window.sign_out_requested.emit()
    qtbot.waitUntil(window.background.idle, timeout=SLOW)


def chosen(page: SettingsPage, name: str) -> None:
    """Chooses a colleague in the table."""
    row = next(row for row in page.staff._model.rows if row.name == name)
    page.staff.table.select_id(row.id)


def test_a_lost_password_of_a_file(file_desk: Desk, open_desk: Opened, qtbot: QtBot) -> None:
    """From "I have the recovery key" to the first view, with the keyboard; the old password is gone, the journal says
    so, the colleague's new keys are certified."""
    window = opened(file_desk, open_desk)
    page = window.window.cover
    assert isinstance(page, SignInPage)
    page.set_login("psychologist")
    press(page, "I have the recovery key", qtbot)
    form = page.findChild(RecoveryForm)
    assert form is not None
    key, first, again = form.findChildren(QLineEdit)
    qtbot.keyClicks(key, file_desk.recovery.lower())
    for field in (first, again):
        qtbot.keyClicks(field, "psychologist1")
    qtbot.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(window.background.idle, timeout=SLOW)
    assert "long phrase" in words(form)
    for field in (first, again):
        field.clear()
        qtbot.keyClicks(field, NEW_PASSWORD)
    qtbot.keyClick(again, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert window.session is not None
    assert window.session.office.actor.login == "psychologist"
    assert window.window.cover is None
    out(window, qtbot)
    sign_in(window, qtbot, "psychologist", PASSWORD)
    assert window.session is None
    sign_in(window, qtbot, "psychologist", NEW_PASSWORD)
    assert window.session is not None


def test_a_lost_password_of_a_server(server_desk: Desk, open_desk: Opened, qtbot: QtBot) -> None:
    """The administrator sets a new one, the colleague signs in with it, finds the notice, and changes it."""
    window = opened(server_desk, open_desk)
    signed_in(window, qtbot, "administrator")
    page = settings_at(window, qtbot, "staff")
    chosen(page, "Prova psychologist")
    press(page.staff, "New password", qtbot)
    asked = dialog(ResetPasswordDialog)
    assert asked.form is not None
    for name in ("new", "again"):
        qtbot.keyClicks(asked.form.field(name), NEW_PASSWORD)
    save(window, asked, qtbot)
    out(window, qtbot)
    sign_in(window, qtbot, "psychologist", PASSWORD)
    assert window.session is None
    sign_in(window, qtbot, "psychologist", NEW_PASSWORD)
    settle(window, qtbot)
    assert told(window) == ["password_reset"]
    _change_password(window, qtbot, NEW_PASSWORD, "tutta-un-altra-cosa")
    out(window, qtbot)
    sign_in(window, qtbot, "psychologist", "tutta-un-altra-cosa")
    assert window.session is not None


def _change_password(window: DeskWindow, qtbot: QtBot, old: str, new: str) -> None:
    page = settings_at(window, qtbot, "safety")
    press(page.safety, "Change your password", qtbot)
    asked = dialog(OwnPasswordDialog)
    assert asked.form is not None
    for name, text in (("password", old), ("new", new), ("again", new)):
        qtbot.keyClicks(asked.form.field(name), text)
    save(window, asked, qtbot)
    assert closed(asked)


def test_a_password_changed_while_a_draft_is_open(desk: Desk, open_desk: Opened, qtbot: QtBot) -> None:
    """On both engines: what was typed before and after is in the note, which is signed and read with the new one."""
    author = desk.sign_in("psychologist")
    ada = author.run(people.add_person, surname="Prova", given_name="Ada")
    day = desk.clock.now.date() - timedelta(days=1)
    note_id = author.run(notes.start, NoteValues("individual", day, (ada,)), NoteTexts("Prima"))
    window = opened(desk, open_desk)
    shell = signed_in(window, qtbot, "psychologist")
    shell.show_page("notes")
    settle(window, qtbot)
    page = shell.page()
    assert isinstance(page, NotesPage)
    page.pane.text.moveCursor(page.pane.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(page.pane.text, " e durante")  # not kept yet when the password changes
    _change_password(window, qtbot, PASSWORD, NEW_PASSWORD)
    shell.show_page("notes")
    settle(window, qtbot)
    assert page.pane.text.toPlainText() == "Prima e durante"
    page.pane.text.moveCursor(page.pane.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(page.pane.text, " e dopo")
    press(page.pane, "Sign and close", qtbot)
    press(dialog(QDialog), "Sign and close", qtbot)
    settle(window, qtbot)
    out(window, qtbot)
    sign_in(window, qtbot, "psychologist", PASSWORD)
    assert window.session is None
    again = signed_in_with(window, qtbot, "psychologist", NEW_PASSWORD)
    read = again.office.fetch(note_reading.read, note_id)
    assert (read.texts.text, read.row.state) == ("Prima e durante e dopo", "signed")


def test_behind_the_lock_no_words_of_a_note_stay(desk: Desk, open_desk: Opened, qtbot: QtBot) -> None:
    """What was typed last is kept, the window is emptied, and one goes on in the middle of the same sentence."""
    author = desk.sign_in("psychologist")
    ada = author.run(people.add_person, surname="Prova", given_name="Ada")
    day = desk.clock.now.date() - timedelta(days=1)
    author.run(notes.start, NoteValues("individual", day, (ada,)), NoteTexts("Zibaldone e poi"))
    window = opened(desk, open_desk)
    shell = signed_in(window, qtbot, "psychologist")
    shell.show_page("notes")
    settle(window, qtbot)
    page = shell.page()
    assert isinstance(page, NotesPage)
    text = page.pane.text
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(len("Zibaldone"))
    text.setTextCursor(cursor)
    qtbot.keyClicks(text, " muto")
    window.window.lock()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: text.toPlainText() == "", timeout=SLOW)
    assert "Zibaldone" not in "".join(edit.toPlainText() for edit in page.findChildren(QPlainTextEdit))
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: text.toPlainText() == "Zibaldone muto e poi", timeout=SLOW)
    assert text.textCursor().position() == len("Zibaldone muto")
    settle(window, qtbot)
    qtbot.keyClicks(text, "!")
    assert text.toPlainText() == "Zibaldone muto! e poi"


def signed_in_with(window: DeskWindow, qtbot: QtBot, login: str, password: str) -> Session:
    sign_in(window, qtbot, login, password)
    settle(window, qtbot)
    assert window.session is not None
    return window.session


def _work_of(desk: Desk, login: str) -> str:
    """A file in charge of somebody and something to do; gives the person."""
    lead, who = desk.sign_in("coordinator"), desk.sign_in(login).actor.staff_id
    ada = lead.run(people.add_person, surname="Prova", given_name="Ada")
    lead.run(follow_ups.add, kind="call", what="Richiamare", person_id=ada, staff_id=who)
    return ada


@pytest.mark.parametrize("new_sheet", [False, True], ids=["the sheet there is", "a new sheet"])
def test_a_colleague_leaves_a_file(file_desk: Desk, open_desk: Opened, qtbot: QtBot, *, new_sheet: bool) -> None:
    """Handed over, ended, the file under a new key; the desk where it was done goes on, and so do all others."""
    _work_of(file_desk, "educator")
    key = keys.unlock(KeyFile(file_desk.home.keys).load(), "reception", PASSWORD).database_key
    window = opened(file_desk, open_desk)
    signed_in(window, qtbot, "coordinator")
    page = settings_at(window, qtbot, "staff")
    chosen(page, "Prova educator")
    press(page.staff, "Leaves…", qtbot)
    asked = dialog(LeavingDialog)
    settle(window, qtbot)
    assert asked.counts.text() == "1 thing to do"
    assert "no session notes" in asked._notes.text()
    asked._successor.field("successor_id").set_value(_id_of(page, "Prova social_worker"))
    press(asked, "Hand over", qtbot)
    settle(window, qtbot)
    assert "1 thing was handed over." in asked.bar.message().text  # type: ignore[union-attr]
    assert "Nothing is open" in asked.counts.text()
    code = _give_code(window, asked, file_desk, qtbot, new_sheet=new_sheet)
    save(window, asked, qtbot)
    assert closed(asked)
    assert "access is ended" in words(window.window)
    settle(window, qtbot)
    chosen(page, "Prova educator")
    assert not page.staff._leave.isEnabled(), "nobody leaves twice"
    assert window.session is not None
    window.session.office.run(people.add_person, surname="Dopo", given_name="Bea")
    fresh = keys.unlock(KeyFile(file_desk.home.keys).load(), "reception", PASSWORD).database_key
    assert fresh != key
    out(window, qtbot)
    sign_in(window, qtbot, "educator", PASSWORD)
    assert window.session is None
    assert "not right" in words(window.window.cover)
    for login in ("social_worker", "coordinator"):
        found = signed_in_with(window, qtbot, login, PASSWORD)
        if login == "coordinator":
            who = _id(found, "Prova social_worker")
            assert found.office.fetch(leaving.open_work, who).follow_ups == 1
        out(window, qtbot)
    assert keys.unlock_with_recovery(KeyFile(file_desk.home.keys).load(), code).database_key == fresh


def _give_code(window: DeskWindow, asked: LeavingDialog, desk: Desk, qtbot: QtBot, *, new_sheet: bool) -> str:
    """Types the code of the sheet, or prints a new one and types two groups back; first wrongly each."""
    assert asked.form is not None
    if not new_sheet:
        save(window, asked, qtbot)
        assert asked.isVisible()
        field = asked.form.field("recovery")
        qtbot.keyClicks(field, "AAAAA-AAAAA")
        save(window, asked, qtbot)
        assert "not the recovery code" in field.accessibleDescription()
        field.clear()
        qtbot.keyClicks(field, desk.recovery)
        return desk.recovery
    press(asked, "Print a new sheet", qtbot)
    settle(window, qtbot)
    step = asked._new
    assert step is not None
    assert step.form is not None
    code = asked._answers.recovery
    assert normal_code(code) is not None
    save(window, asked, qtbot)
    assert asked.isVisible(), "the groups are not typed yet"
    for number in step.asked:
        qtbot.keyClicks(step.form.field(f"group{number}"), code.split("-")[number - 1])
    return code


def _id_of(page: SettingsPage, name: str) -> str:
    return next(row.id for row in page.staff._model.rows if row.name == name)


def _id(found: Session, name: str) -> str:
    rows = found.office.fetch(staff.colleagues)
    return str(next(row.id for row in rows if row.name == name))


def test_a_colleague_leaves_a_server(server_desk: Desk, open_desk: Opened, qtbot: QtBot) -> None:
    _work_of(server_desk, "educator")
    left = server_desk.sign_in("educator")
    server_desk.opened.remove(left)
    before = len(left.fetch(people.find_persons, "Prova"))
    window = opened(server_desk, open_desk)
    signed_in(window, qtbot, "administrator")
    page = settings_at(window, qtbot, "staff")
    chosen(page, "Prova educator")
    press(page.staff, "Leaves…", qtbot)
    asked = dialog(LeavingDialog)
    settle(window, qtbot)
    assert "coordinator" in asked.counts.text(), "an administrator sees nothing of families"
    save(window, asked, qtbot)
    assert not closed(asked), "what is not signed, or in no envelope, is lost: that is asked"
    assert asked.form is not None
    asked.form.set_values({"sure": True})
    save(window, asked, qtbot)
    assert closed(asked)
    assert before == 1
    assert left.fetch(people.find_persons, "Prova") == (), "a connection that was open sees nothing any more"
    left.lock()
    out(window, qtbot)
    sign_in(window, qtbot, "educator", PASSWORD)
    assert window.session is None
    found = signed_in_with(window, qtbot, "coordinator", PASSWORD)
    assert told(window) == ["left"]
    assert found.office.fetch(leaving.open_work, _gone(found)).follow_ups == 1, "it is there to be handed over"


def _gone(found: Session) -> str:
    rows = found.office.fetch(staff.colleagues, only_active=False)
    return str(next(row.id for row in rows if not row.active))


def test_a_second_step_with_the_telephone(file_desk: Desk, open_desk: Opened, qtbot: QtBot) -> None:
    """Set up, asked for at the sign-in and at the lock, and turned off with a one-time code."""
    window = opened(file_desk, open_desk)
    signed_in(window, qtbot, "psychologist")
    page = settings_at(window, qtbot, "safety")
    press(page.safety.second_step, "Set up with the telephone…", qtbot)
    asked = dialog(SetUpDialog)
    settle(window, qtbot)
    assert asked.form is not None
    telephone = pyotp.TOTP(asked._secret)
    qtbot.keyClicks(asked.form.field("password"), PASSWORD)
    qtbot.keyClicks(asked.form.field("code"), "000000")
    save(window, asked, qtbot)
    assert "not right" in asked.form.field("code").accessibleDescription()
    asked.form.field("code").clear()
    qtbot.keyClicks(asked.form.field("code"), telephone.at(datetime.now(UTC) - timedelta(seconds=30)))
    save(window, asked, qtbot)
    shown = dialog(SpareCodesDialog)
    spare = shown.codes.text().split("\n")
    press(shown, "I have written them down", qtbot)
    window.window.lock()
    settle(window, qtbot)
    unlock(window, qtbot)
    cover = window.window.cover
    assert isinstance(cover, LockPage), "the password alone does not unlock"
    _type_code(cover, telephone.now(), qtbot)
    settle(window, qtbot)
    assert window.window.cover is None
    out(window, qtbot)
    sign_in(window, qtbot, "psychologist", PASSWORD)
    assert window.session is None
    _type_code(window.window.cover, "000000", qtbot)
    qtbot.waitUntil(window.background.idle, timeout=SLOW)
    assert "not right, or it was used already" in words(window.window.cover)
    _type_code(window.window.cover, spare[0], qtbot)
    settle(window, qtbot)
    page = settings_at(window, qtbot, "safety")
    assert "7 one-time codes are left" in words(page.safety.second_step)
    press(page.safety.second_step, "Turn off…", qtbot)
    off = dialog(TurnOffDialog)
    assert off.form is not None
    qtbot.keyClicks(off.form.field("password"), PASSWORD)
    qtbot.keyClicks(off.form.field("code"), spare[1])
    save(window, off, qtbot)
    out(window, qtbot)
    sign_in(window, qtbot, "psychologist", PASSWORD)
    assert window.session is not None


def _type_code(cover: QWidget | None, code: str, qtbot: QtBot) -> None:
    assert cover is not None
    form = cover.findChild(CodeForm)
    assert form is not None
    field = form.findChild(QLineEdit)
    qtbot.keyClicks(field, code)
    qtbot.keyClick(field, Qt.Key.Key_Return)
