"""Qt's own file dialog speaks the language of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from famdesk.ui.kit import qt_texts
from famdesk.ui.kit.buttons import native
from famdesk.ui.kit.qt_texts import UNTRANSLATED, QtTexts

ENGLISH = {"Look in", "Files of type", "File name", "Cancel", "Open", "Back", "Forward", "Sidebar", "Create New Folder"}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[QtTexts]:
    """Ours are marked, so that the catalogue does not decide."""
    monkeypatch.setattr(qt_texts, "_", lambda text: f"«{text}»")
    found = QtTexts()
    yield found
    found.rest()


def _shown(qtbot: QtBot) -> set[str]:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    buttons = dialog.findChildren(QAbstractButton)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    words |= {word for button in buttons for word in (button.text(), button.toolTip())}
    return {word.replace("&", "").rstrip(":") for word in words if word}


@pytest.mark.parametrize("language", ["it", "de"])
def test_no_label_of_the_file_dialog_is_english(texts: QtTexts, qtbot: QtBot, language: str) -> None:
    assert ENGLISH & _shown(qtbot), "without a translation they are: the test would prove nothing"
    texts.speak(language)
    assert not ENGLISH & _shown(qtbot)
    texts.rest()
    assert QCoreApplication.translate("QFileDialog", "Sidebar") == "Sidebar"


def test_what_qt_lacks_is_ours(texts: QtTexts) -> None:
    texts.speak("it")
    assert QCoreApplication.translate("QFileDialog", "&New Folder") != "&New Folder", "Qt's own is still asked"
    for context, source in UNTRANSLATED:
        assert QCoreApplication.translate(context, source) == f"«{source}»"


@pytest.mark.parametrize(("shortcut", "shown"), [
    ("Ctrl+Return", "Ctrl+Enter"), ("Ctrl+Enter", "Ctrl+Enter"), ("Shift+F7", "Shift+F7"), ("Alt+PgUp", "Alt+Page up"),
])  # fmt: skip
def test_keys_have_one_name_each(texts: QtTexts, qtbot: QtBot, shortcut: str, shown: str) -> None:
    """On a keyboard there is one Enter; texts and shortcuts name it alike."""
    texts.speak("en")
    assert native(shortcut) == shown


def test_a_shortcut_is_read_whatever_its_keys_are_called(
    texts: QtTexts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = {"Ctrl": "Strg", "Enter": "Eingabe"}
    monkeypatch.setattr(qt_texts, "pgettext", lambda _context, text: german.get(text, text))
    texts.speak("de")
    assert native("Ctrl+Return") == "Strg+Eingabe"
    assert QKeySequence("Ctrl+Return")[0].key() is Qt.Key.Key_Return
    assert QKeySequence("Ctrl+N")[0].keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
