"""The first page: signing in, waiting, the recovery key, the demo's accounts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from famdesk.ui.demo_card import DemoAccount
from famdesk.ui.kit import numbers
from famdesk.ui.kit.password import PasswordField, Wait
from famdesk.ui.kit.theme import Theme
from famdesk.ui.signin import SignInPage
from tests.ui.conftest import nameless

DEMO = (DemoAccount("accoglienza", "Reception"), DemoAccount("psicologa", "Psychologist"))


@pytest.fixture
def page(qtbot: QtBot) -> SignInPage:
    page = SignInPage("Hug")
    page.complete(DEMO, "famdesk-demo")
    qtbot.addWidget(page)
    page.resize(1024, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    return page


def button(page: SignInPage, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == text)


def fields(page: SignInPage) -> tuple[QLineEdit, PasswordField]:
    user, password = [one for one in page.findChildren(QLineEdit) if one.isVisible()][:2]
    assert isinstance(password, PasswordField)
    return user, password


def words(page: SignInPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def test_signing_in_with_the_keyboard(page: SignInPage, qtbot: QtBot) -> None:
    user, password = fields(page)
    assert user.hasFocus()
    qtbot.keyClicks(user, "psicologa")
    qtbot.keyClick(user, Qt.Key.Key_Return)
    assert password.hasFocus()
    qtbot.keyClicks(password, "secret")
    with qtbot.waitSignal(page.sign_in_requested) as blocker:
        qtbot.keyClick(password, Qt.Key.Key_Return)
    assert blocker.args == ["psicologa", "secret"]
    assert not button(page, "Opening…").isEnabled()
    with qtbot.assertNotEmitted(page.sign_in_requested):
        qtbot.keyClick(password, Qt.Key.Key_Return)


def test_both_fields_are_needed(page: SignInPage, qtbot: QtBot) -> None:
    user, password = fields(page)
    with qtbot.assertNotEmitted(page.sign_in_requested):
        button(page, "Sign in").click()
        assert user.hasFocus()
        user.setText("marta")
        button(page, "Sign in").click()
    assert password.hasFocus()
    assert "Please give user and password." in words(page)


def test_a_refusal_counts_the_wait_down(page: SignInPage, qtbot: QtBot) -> None:
    user, password = fields(page)
    wait = page.findChild(Wait)
    assert wait is not None
    wait._timer.setInterval(3_600_000)  # the seconds go by here when the test says so
    page.set_login("marta")
    password.setText("wrong")
    button(page, "Sign in").click()
    page.refuse("User or password is not right.", 2)
    assert "User or password is not right." in words(page)
    assert password.text() == ""
    assert not button(page, "Again in 2 seconds").isEnabled()
    password.setText("right")
    with qtbot.assertNotEmitted(page.sign_in_requested):
        qtbot.keyClick(password, Qt.Key.Key_Return)
    wait.tick()
    assert not button(page, "Again in 1 second").isEnabled()
    wait.tick()
    with qtbot.waitSignal(page.sign_in_requested):
        button(page, "Sign in").click()
    assert user.text() == "marta"


def test_the_password_can_be_looked_at(page: SignInPage) -> None:
    password = fields(page)[1]
    look = password.actions()[0]
    look.trigger()
    assert password.echoMode() == QLineEdit.EchoMode.Normal
    look.trigger()
    assert password.echoMode() == QLineEdit.EchoMode.Password


def test_a_demo_account_signs_in_with_one_click(page: SignInPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.sign_in_requested) as blocker:
        qtbot.mouseClick(button(page, "Psychologist"), Qt.MouseButton.LeftButton)
    assert blocker.args == ["psicologa", "famdesk-demo"]


def test_a_real_home_shows_no_accounts(qtbot: QtBot) -> None:
    page = SignInPage("Hug")
    qtbot.addWidget(page)
    page.complete()
    page.show()
    assert not any("Try it" in word for word in words(page))


def test_the_recovery_key_gives_a_new_password(page: SignInPage, qtbot: QtBot) -> None:
    link = button(page, "I have the recovery key")
    link.click()
    assert any("First say who you are" in word for word in words(page))
    page.set_login("marta")
    link.click()
    key, new, again = [one for one in page.findChildren(QLineEdit) if one.isVisible()]
    submit = button(page, "Set the new password")
    submit.click()
    assert "Please give the recovery key and a new password." in words(page)
    key.setText(" ABCD-EFGH ")
    new.setText("long new password")
    again.setText("other")
    submit.click()
    assert "The two passwords differ." in words(page)
    again.setText("long new password")
    with qtbot.waitSignal(page.recovery_requested) as blocker:
        submit.click()
    assert blocker.args == ["ABCD-EFGH", "long new password"]
    page.refuse("This is not the recovery key.")
    assert "This is not the recovery key." in words(page)
    assert submit.isEnabled()
    assert nameless(page) == []
    button(page, "Back to sign-in").click()
    assert button(page, "Sign in").isVisible()


def test_the_language_can_be_chosen(page: SignInPage, qtbot: QtBot) -> None:
    german = next(one for one in page.findChildren(QPushButton) if one.text() == "Deutsch")
    with qtbot.waitSignal(page.language_chosen) as blocker:
        german.click()
    assert blocker.args == ["de"]


@pytest.mark.parametrize("zoom", [100, 200])
def test_nothing_is_cut_and_all_is_named(zoom: int, theme: Theme, qtbot: QtBot) -> None:
    theme.set_zoom(zoom)
    page = SignInPage("Hug – Centro per le Famiglie")
    page.complete(DEMO, "x")
    qtbot.addWidget(page)
    page.resize(1024, 700)
    page.show()
    assert nameless(page) == []
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()


def test_nothing_moves_when_the_rest_of_the_page_comes(theme: Theme, qtbot: QtBot) -> None:
    page = SignInPage("Hug")
    qtbot.addWidget(page)
    page.resize(1024, 700)
    page.show()
    user = page.findChild(QLineEdit)
    assert user is not None
    before = user.mapTo(page, user.rect().topLeft()), user.size()
    page.complete()
    qtbot.waitUntil(lambda: button(page, "Deutsch").isVisible())
    page.grab()  # laid out
    assert (user.mapTo(page, user.rect().topLeft()), user.size()) == before


def test_enter_presses_the_button_that_has_the_focus(page: SignInPage, qtbot: QtBot) -> None:
    user, password = fields(page)
    user.setText("marta")
    password.setText("secret")
    with qtbot.waitSignal(page.sign_in_requested):
        qtbot.keyClick(button(page, "Sign in"), Qt.Key.Key_Return)


def test_the_numbers_are_those_of_qt() -> None:
    assert Qt.ScrollBarPolicy.ScrollBarAlwaysOff.value == numbers.NEVER_SHOWN
    assert Qt.Orientation.Horizontal.value == numbers.ACROSS
    assert Qt.FocusPolicy.NoFocus.value == numbers.NO_FOCUS
    assert Qt.TextFormat.PlainText.value == numbers.PLAIN_TEXT
    assert Qt.AlignmentFlag.AlignCenter.value == numbers.MIDDLE
