"""Words in every field of every dialog and view: does the program know that they stand there, and does it ask?

`python -m tests.robustness.every_field [--views today people …] [--logins …]` on the demo centre. It opens what opens,
types into each field, and looks at four things: that the words are among those that are kept sealed, that Esc asks
before they go, that Alt and a digit type nothing, and that nothing goes wrong on the way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from famdesk.desk import DeskWindow
from famdesk.ui.kept_texts import unsaved
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.theme import Look
from tests.shots import parts
from tests.shots.__main__ import DEMO_LOGIN, SMALL, VIEWS, WRITER, Studio
from tests.shots.doors import close, doors, opened

ROUNDS = 2
SEEKING = {"HistoryDialog", "MergeDialog", "RegisterDialog", "QFileDialog", "PrintDialog"}
"""Who only looks for something, or says how it is printed: there is nothing to keep, and Esc closes."""
Editor = QLineEdit | QPlainTextEdit | QTextEdit


@dataclass(frozen=True, slots=True)
class Fault:
    """Where words would go without a question; `what` says how."""

    where: str
    field: str
    what: str

    def words(self) -> str:
        return f"{self.where:60} {self.field:40} {self.what}"


class Typist:
    """Goes through one window and types everywhere.

    Attributes:
        faults: what was found.
        fields: how many fields were typed into.
        dialogs: the kinds of dialogs that came up.
    """

    def __init__(self, studio: Studio, desk: DeskWindow) -> None:
        self._studio, self._desk = studio, desk
        self._seen: set[str] = set()
        self.faults: list[Fault] = []
        self.fields = 0
        self.dialogs: set[str] = set()

    def go(self, views: list[str]) -> None:
        """Every view and part, and what opens in them."""
        for view in views:
            for part in ("", *parts.keys(self._begin(view, ""))):
                page = self._begin(view, part)
                for name in [name for name, _act in doors(page)]:
                    self._open(view, part, name)
                self._type(f"{view} {part}", self._begin(view, part))

    def _begin(self, view: str, part: str) -> Page:
        shell, session = self._desk.window.shell, self._desk.session
        assert shell is not None
        assert session is not None
        page = shell.show_page(view)
        if part:
            parts.show(page, session.office, part)
        self._settle()
        return page

    def _open(self, view: str, part: str, name: str) -> None:
        if f"{view} {name}" in self._seen:
            return
        self._seen.add(f"{view} {name}")
        act = dict(doors(self._begin(view, part))).get(name)
        if act is None:
            return
        act()
        self._settle()
        entries = [one.text() for over in opened() if isinstance(over, QMenu) for one in chosen(over)]
        self._look(f"{view} {part}")
        for entry in entries:
            if f"{view} {entry}" not in self._seen:
                self._seen.add(f"{view} {entry}")
                self._choose(view, part, name, entry)

    def _choose(self, view: str, part: str, name: str, entry: str) -> None:
        """An entry of the menu that a door opens."""
        act = dict(doors(self._begin(view, part))).get(name)
        if act is None:
            return
        act()
        self._settle()
        menus = [over for over in opened() if isinstance(over, QMenu)]
        action = next((one for menu in menus for one in chosen(menu) if one.text() == entry), None)
        if action is not None:
            for menu in menus:
                menu.close()
            action.trigger()
            self._settle()
        self._look(f"{view} {part} {entry}")

    def _look(self, where: str) -> None:
        """What has come up, and away with it."""
        for over in reversed(opened()):
            kind = f"{type(over).__module__.removeprefix('famdesk.ui.')}.{type(over).__name__}"
            if isinstance(over, QDialog) and kind not in self.dialogs:
                self.dialogs.add(kind)
                self._type(f"{where} {kind}", over)
            close(over)

    def _type(self, where: str, root: QWidget) -> None:
        typed: list[tuple[str, str]] = []
        seeking = type(root).__name__ in SEEKING
        for number, editor in enumerate(editors(root)):
            name = editor.accessibleName() or type(editor).__name__
            before = text_of(editor)
            editor.setFocus()
            QTest.keyClick(editor, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
            if text_of(editor) != before:
                self._tell(where, name, "Alt+7 types")
            words = type_into(editor, f"zq{number}zq")
            self.fields += 1
            if words:
                typed.append((name, words))
        self._settle()
        kept = "\n".join(text for form in unsaved() for _label, text in form.fields)
        for name, words in typed if not seeking else ():
            if words not in kept:
                self._tell(where, name, f"not kept ({words})")
        if isinstance(root, Dialog) and typed and not seeking:
            self._escape(where, root)

    def _escape(self, where: str, dialog: Dialog) -> None:
        before = set(opened())
        dialog.reject()
        self._settle()
        asked = [one for one in opened() if one not in before]
        if not asked:
            self._tell(where, "", "closed without a question")
        for one in asked:
            close(one)

    def _tell(self, where: str, field: str, what: str) -> None:
        fault = Fault(where, field, what)
        self.faults.append(fault)
        print(fault.words(), flush=True)

    def _settle(self) -> None:
        self._studio.settle(self._desk, ROUNDS)


def chosen(menu: QMenu) -> Iterator[QAction]:
    """What can be chosen in a menu and the menus in it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from chosen(inner)
        elif action.isEnabled() and action.isVisible() and action.text() and not action.isCheckable():
            yield action


def editors(root: QWidget) -> Iterator[Editor]:
    """What one can type into, as it is seen now."""
    for one in root.findChildren(QWidget):
        if isinstance(one, (QLineEdit, QPlainTextEdit, QTextEdit)) and one.isVisible() and one.isEnabled():
            hidden = isinstance(one, QLineEdit) and one.echoMode() != QLineEdit.EchoMode.Normal
            inner = isinstance(one.parentWidget(), (QSpinBox, QComboBox))
            if not (one.isReadOnly() or hidden or inner):
                yield one


def type_into(editor: Editor, words: str) -> str:
    """Types, and gives what then stands there of it."""
    if isinstance(editor, QLineEdit):
        editor.selectAll()
    for letter in words:
        QTest.keyClick(editor, letter)
    found = text_of(editor)
    return words if words in found else found.strip()


def text_of(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def main() -> int:
    """Type and print; status 1 if words would be lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.every_field")
    parser.add_argument("--views", nargs="+", default=list(VIEWS), choices=VIEWS)
    parser.add_argument("--logins", nargs="+", default=[DEMO_LOGIN, WRITER])
    args = parser.parse_args()
    application = QApplication(sys.argv[:1])
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory(prefix="famdesk-typist-") as folder:
        studio = Studio(application, Path(folder) / "home")
        for login in args.logins:
            desk = studio.window("it", Look.LIGHT, SMALL, login)
            typist = Typist(studio, desk)
            typist.go([view for view in args.views if view != "notes" or login == WRITER])
            print(f"{login}: {typist.fields} fields, {len(typist.dialogs)} dialogs, {len(typist.faults)} faults")
            faults += typist.faults
            studio.close(desk)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
