"""The commands of the frame, each with its shortcut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.ui.kit.page import PageSpec, makes, prints
from famdesk.ui.shell.help import HelpDialog

if TYPE_CHECKING:
    from famdesk.ui.shell.shell import Shell

_MOST_DIGITS: Final = 10
"""The tenth view has the key 0."""


class ShellActions(QObject):
    """Makes the actions and does what they say.

    Attributes:
        lock, undo, redo: actions that other parts of the frame trigger.
        shortcuts: the shortcut of each view, by key.
    """

    def __init__(self, shell: Shell, specs: Sequence[PageSpec]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._specs = tuple(specs)
        self.shortcuts = {spec.key: f"Alt+{place % 10}" for place, spec in enumerate(self._specs[:_MOST_DIGITS], 1)}
        self._views = [self._view(spec) for spec in self._specs]
        self._news = [self._new(spec) for spec in self._specs if spec.new_text]
        self.search = self._action(_("Search"), self._on_search, "search", "Ctrl+K")
        self.new = self._action(_("New in this view"), self._on_new, "plus", "Ctrl+N")
        self.print = self._action(_("Print what is shown"), self._on_print, "printer", "Ctrl+P")
        self.undo = self._action(_("Undo"), self._on_undo, "undo-2", "Ctrl+Z")
        self.redo = self._action(_("Redo"), self._on_redo, "redo-2", "Ctrl+Shift+Z")
        self.help = self._action(_("Help for this view"), self._on_help, "circle-question-mark", "F1")
        self.lock = self._action(_("Lock"), self._on_lock, "lock", "Ctrl+L")
        self.hide = self._action(_("Hide everything now"), self._on_hide, "eye-off", "Shift+Esc")
        self.sign_out = self._action(_("Sign out"), self._on_sign_out, "log-out", "")
        self.set_history(None, None)

    def all(self) -> list[QAction]:
        """All commands, the frequent ones first; only those that do something in the view that is shown."""
        page = self._shell.page()
        here = [] if page is None else [*[self.new] * makes(page), *[self.print] * prints(page)]
        return [*self._news, *self._views, *here, self.undo, self.redo, self.help, self.lock, self.hide, self.sign_out]

    def set_history(self, undo: str | None, redo: str | None) -> None:
        """Enable undo and redo, with the names of what they would do."""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.undo.setText(_("Undo: {change}").format(change=undo) if undo else _("Undo"))
        self.redo.setText(_("Redo: {change}").format(change=redo) if redo else _("Redo"))

    def fill_new(self, menu: QMenu) -> bool:
        """What can be begun, for the menu "New"; gives whether there is anything."""
        menu.addActions(self._news)
        return bool(self._news)

    def _action(self, text: str, slot: object, icon: str, shortcut: str) -> QAction:
        action = QAction(icons.icon(icon), text, self._shell)
        action.setProperty("icon_name", icon)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self._shell.addAction(action)
        return action

    def _view(self, spec: PageSpec) -> QAction:
        action = self._action(_(spec.title), self._on_view, spec.icon, self.shortcuts.get(spec.key, ""))
        action.setData(spec.key)
        return action

    def _new(self, spec: PageSpec) -> QAction:
        text = _("New: {thing}").format(thing=_(spec.new_text))
        action = self._action(text, self._on_begin, "plus", "")
        action.setData(spec.key)
        return action

    @Slot()
    def _on_view(self) -> None:
        self._shell.show_page(_data(self.sender()))

    @Slot()
    def _on_begin(self) -> None:
        self._shell.begin(_data(self.sender()))

    @Slot()
    def _on_search(self) -> None:
        self._shell.top.box.start()

    @Slot()
    def _on_new(self) -> None:
        page = self._shell.page()
        if page is not None and makes(page):
            page.new_item()
        elif page is not None:
            self._shell.bar.info(_("In this view there is nothing new to begin."))

    @Slot()
    def _on_print(self) -> None:
        page = self._shell.page()
        if page is not None and prints(page):
            page.print_now()
        elif page is not None:
            self._shell.bar.info(_("In this view there is nothing to print."))

    @Slot()
    def _on_undo(self) -> None:
        self._shell.runner.undo(then=self._on_undone)

    @Slot()
    def _on_redo(self) -> None:
        self._shell.runner.redo(then=self._on_redone)

    @Slot()
    def _on_help(self) -> None:
        page = self._shell.page()
        if page is not None:
            HelpDialog(self._shell, page.title, page.help_text(), self._shell.commands()).open()

    @Slot()
    def _on_lock(self) -> None:
        self._shell.lock_requested.emit(False)

    @Slot()
    def _on_hide(self) -> None:
        self._shell.lock_requested.emit(True)

    @Slot()
    def _on_sign_out(self) -> None:
        self._shell.sign_out_requested.emit()

    def _on_undone(self, label: str) -> None:
        self._shell.bar.ok(_("Undone: {change}").format(change=label))

    def _on_redone(self, label: str) -> None:
        self._shell.bar.ok(_("Done again: {change}").format(change=label))


def _data(sender: QObject) -> str:
    assert isinstance(sender, QAction)
    return str(sender.data())
