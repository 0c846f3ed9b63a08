from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from famdesk.domain.errors import Required, Unavailable
from famdesk.ui.kit.dialog import Dialog, ask_reason, confirm
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from tests.ui.conftest import nameless


class Naming(Dialog):
    """A dialog over a use-case that refuses the name "x"."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        super().__init__(parent, "New initiative", "Save")
        self.runner = runner
        self.form = Form()
        self.form.add("name", "Name", LineField(), required=True)
        self.form.add("text", "Text", TextField())
        self.body.addWidget(self.form)

    def save(self) -> None:
        self.runner.run(name_initiative, self.form.value("name"), then=self.finish, failed=self.present)  # type: ignore[union-attr]


def name_initiative(name: str) -> str:
    if name == "x":
        raise Required("name")
    if name == "gone":
        raise Unavailable
    return name.upper()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window: QWidget, runner: Runner, qtbot: QtBot) -> Naming:
    dialog = Naming(window, runner)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def form(dialog: Dialog) -> Form:
    assert dialog.form is not None
    return dialog.form


def questions(dialog: Dialog) -> list[Dialog]:
    return [child for child in dialog.findChildren(Dialog) if child.isVisible()]


def test_it_does_not_block_and_every_field_has_a_name(dialog: Naming) -> None:
    assert dialog.isVisible()
    assert dialog.isModal()
    assert nameless(dialog) == []


def test_one_can_type_at_once(dialog: Naming) -> None:
    assert form(dialog).field("name").hasFocus()


def test_ctrl_enter_saves_from_a_text(dialog: Naming, qtbot: QtBot) -> None:
    results: list[object] = []
    dialog.finished_with.connect(results.append)
    form(dialog).set_values({"name": "ape"})
    editor = form(dialog).field("text")
    assert isinstance(editor, QPlainTextEdit)
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter alone is a new line"
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: results == ["APE"])
    assert not Shiboken.isValid(dialog) or not dialog.isVisible()


def test_enter_in_a_line_saves(dialog: Naming, qtbot: QtBot) -> None:
    qtbot.keyClicks(form(dialog).field("name"), "ape")
    with qtbot.waitSignal(dialog.finished_with):
        qtbot.keyClick(form(dialog).field("name"), Qt.Key.Key_Return)


@pytest.mark.parametrize("name", ["x", "gone", ""])
def test_what_was_typed_stays_after_an_error(name: str, dialog: Naming, runner: Runner, qtbot: QtBot) -> None:
    form(dialog).field("name").setText(name)
    dialog.try_save()
    qtbot.waitUntil(runner.idle)
    assert dialog.isVisible()
    assert form(dialog).value("name") == name
    told = form(dialog).field("name").accessibleDescription(), dialog.bar.message() is not None
    assert told == (("needed", True) if name == "gone" else ("This field is needed.", False))
    form(dialog).field("name").setText("better")
    with qtbot.waitSignal(dialog.finished_with):
        dialog.try_save()


def test_it_does_not_save_twice(dialog: Naming, runner: Runner, office: object, qtbot: QtBot) -> None:
    form(dialog).set_values({"name": "ape"})
    dialog.try_save()
    dialog.try_save()
    qtbot.waitUntil(runner.idle)
    assert office.calls == ["run"]  # type: ignore[attr-defined]


def test_escape_asks_only_when_something_was_typed(window: QWidget, runner: Runner, qtbot: QtBot) -> None:
    clean = Naming(window, runner)
    clean.open()
    qtbot.keyClick(clean, Qt.Key.Key_Escape)
    assert not clean.isVisible()
    typed = Naming(window, runner)
    typed.open()
    qtbot.keyClicks(form(typed).field("name"), "ape")
    qtbot.keyClick(typed, Qt.Key.Key_Escape)
    assert typed.isVisible()
    question = questions(typed)[0]
    assert question.windowTitle() == "Discard what you typed?"
    qtbot.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert typed.isVisible(), "the key that saves elsewhere throws nothing away"
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert typed.isVisible()
    typed.close()
    question = next(one for one in questions(typed))
    question.try_save()
    assert not typed.isVisible()


def test_a_question_and_a_reason(window: QWidget, qtbot: QtBot) -> None:
    answers: list[str] = []
    confirm(window, "Close the centre?", "Close it", lambda: answers.append("yes"), detail="Until Monday").try_save()
    assert answers == ["yes"]
    dialog = ask_reason(window, "Book all the same?", "Book", answers.append, detail="Marta is busy")
    dialog.try_save()
    assert dialog.isVisible(), "a reason is needed"
    form(dialog).field("reason").setPlainText(" urgent ")
    dialog.try_save()
    assert answers == ["yes", "urgent"]


def test_nothing_is_left_of_a_closed_dialog(window: QWidget, runner: Runner) -> None:
    gone = []
    for _ in range(3):
        dialog = Naming(window, runner)
        gone.append(weakref.ref(dialog))
        dialog.open()
        dialog.form.set_values({"name": "ape"})  # type: ignore[union-attr]
        dialog.close()
        del dialog
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [reference() for reference in gone] == [None] * 3
    assert window.findChildren(Dialog) == []


def test_an_error_makes_a_dialog_larger_and_never_smaller(dialog: Naming) -> None:
    dialog.resize(900, 700)
    dialog.present(Unavailable())
    assert (dialog.width(), dialog.height()) == (900, 700)
    dialog.bar.clear()
    QApplication.processEvents()
    dialog.resize(dialog.minimumWidth(), dialog.minimumSizeHint().height())
    before = dialog.height()
    dialog.present(Unavailable())
    assert dialog.height() > before
    assert dialog.bar.height() >= dialog.bar.minimumSizeHint().height()


class Warned(Naming):
    """A dialog of which something stays when it is discarded."""

    def discard_detail(self) -> str:
        return "The person is in the files already."


def test_the_question_before_discarding_says_what_stays(window: QWidget, runner: Runner, qtbot: QtBot) -> None:
    typed = Warned(window, runner)
    typed.open()
    qtbot.keyClicks(form(typed).field("name"), "ape")
    qtbot.keyClick(typed, Qt.Key.Key_Escape)
    (question,) = questions(typed)
    assert "The person is in the files already." in [label.text() for label in question.findChildren(QLabel)]


def test_a_dialog_is_as_wide_as_its_content_has_to_be(window: QWidget) -> None:
    dialog = Dialog(window, "Wide")
    content, screen = QWidget(), dialog.screen().availableGeometry().width()
    content.setMinimumWidth(round(screen * 0.8))
    dialog.body.addWidget(content)
    dialog.open()
    assert dialog.width() > content.minimumWidth()
