"""The genogram in the family tab: as large as the tab allows, in a window of its own, and on paper."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from famdesk.domain.people.genogram.family import Family
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.ui.people.genogram.box import GenogramBox
from famdesk.ui.people.genogram.print import GenogramPrintDialog
from famdesk.usecases.family import genogram

LOWEST, HIGHEST = 34, 92
"""Height of the drawing in the tab, in units."""
WORDS_FROM = 190
"""Width of the card, in units, from which its commands stand in words."""


class GenogramCard(Card):
    """The family of the person whose file is open, on the day that the tab shows.

    Signals:
        person_opened(str): the file of somebody is wanted.
        failed(object): an error to present.
    """

    person_opened = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Genogram"), "users", parent)
        self._runner = runner
        self._person, self._on = "", date.min
        self._family: Family | None = None
        self.box = GenogramBox(grow=True)
        self.enlarge = make_action(self, _("In a window"), self.open_window, icon="external-link", shortcut="Ctrl+G")
        self.enlarge.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # wherever the focus is, while it is shown
        self.print_action = make_action(self, _("Print…"), self.open_print, icon="printer")
        self._words = (ActionButton.of(self.enlarge, kind="link", hint=True),
                       ActionButton.of(self.print_action, kind="link"))  # fmt: skip
        self._icons = (ToolButton(self.enlarge.text(), "external-link", shortcut="Ctrl+G", flat=True),
                       ToolButton(self.print_action.text(), "printer", flat=True))  # fmt: skip
        self.tools.addLayout(self.box.controls)
        for button in (*self._words, *self._icons):
            self.tools.addWidget(button)
        for button, action in zip(self._icons, (self.enlarge, self.print_action), strict=True):
            button.hide()
            button.clicked.connect(action.trigger)
        self.body.addWidget(self.box)
        self.box.person_opened.connect(self.person_opened)
        self._enable()

    def show_person(self, person_id: str, on: date) -> None:
        """Read and show the family of a person as on a day."""
        self._person, self._on = person_id, on
        self._runner.fetch(genogram.genogram, person_id, on, then=self._take, failed=self.failed.emit, owner=self,
                           latest="genogram")  # fmt: skip

    @Slot(object)
    def follow(self, family: Family | None) -> None:
        """Show what the tab shows: the family of the same person on the same day."""
        centre = next((one.id for one in family.people if one.centre), "") if family else ""
        if family is None or not centre:
            self.forget()
        else:
            self.show_person(centre, family.on)

    def forget(self) -> None:
        """Take everything off the screen."""
        self._person, self._family = "", None
        self.box.show_family(None)
        self._enable()

    @Slot()
    def open_window(self) -> None:
        """The drawing in a window of its own."""
        if self._family is not None:
            dialog = GenogramDialog(self.window(), self._family)
            dialog.person_opened.connect(self.person_opened)
            dialog.print_wanted.connect(self.open_print)
            dialog.open()

    @Slot()
    def open_print(self) -> None:
        """The sheet, as it is printed or saved."""
        if self._person:
            GenogramPrintDialog(self.window(), self._runner, self._person, self._on).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words where they fit, icons alone where they do not."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme.unit(WORDS_FROM)
        for button in self._words:
            button.setVisible(wide)
        for tool in self._icons:
            tool.setVisible(not wide)

    def _take(self, family: Family) -> None:
        if not any(one.centre and one.id == self._person for one in family.people):
            return
        self._family = family
        self.box.show_family(family)
        painted = self.box.view.painted()
        height = painted.drawing.height if painted else 0
        self.box.view.setFixedHeight(round(min(max(height, theme.unit(LOWEST)), theme.unit(HIGHEST))))
        self._enable()

    def _enable(self) -> None:
        for action, tool in zip((self.enlarge, self.print_action), self._icons, strict=True):
            action.setEnabled(self._family is not None)
            tool.setEnabled(self._family is not None)


class GenogramDialog(Dialog):
    """The genogram as large as the window.

    Signals:
        person_opened(str): the file of somebody is wanted; the dialog closes.
        print_wanted(): the sheet is wanted.
    """

    person_opened = Signal(str)
    print_wanted = Signal()

    def __init__(self, parent: QWidget, family: Family) -> None:
        super().__init__(parent, _("Genogram as on {day}").format(day=formats.date_long(family.on)))
        self.box = GenogramBox()
        row = self.box.controls
        row.addStretch(1)
        print_action = make_action(self, _("Print…"), self.print_wanted.emit, icon="printer", shortcut="Ctrl+P")
        row.addWidget(ActionButton.of(print_action, hint=True))
        self.body.addLayout(row)
        self.body.addWidget(self.box, 1)
        self.box.person_opened.connect(self._on_opened)
        self.resize(parent.size() * 0.92)
        self.box.show_family(family)
        self.box.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_opened(self, person_id: str) -> None:
        self.accept()
        self.person_opened.emit(person_id)
