"""About whom a text of a group's note is: the common part, or one of those who were there, gone through by keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.i18n.collate import sort_key
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, Segmented

ALL: Final = ""
SIDE_BY_SIDE: Final = 4
NEXT_KEY: Final = "Ctrl+PgDown"
BEFORE_KEY: Final = "Ctrl+PgUp"


class AboutChooser(QWidget):
    """The common part and one line a person: side by side where they are few, else a list with where one stands.

    Ctrl+Page down goes to the next person's line from anywhere in the note, Ctrl+Page up back; who it is, is said.

    Signals:
        chosen(str): the id of the person whose line is wanted; `ALL` for the common part.
    """

    chosen = Signal(str)

    def __init__(self, named: list[tuple[str, str]], over: QWidget) -> None:
        """`named` are ids and names, the common part first, the others in any order: they stand by name. `over` is the
        note in which the keys count."""
        super().__init__()
        named = [named[0], *sorted(named[1:], key=lambda one: sort_key(one[1]))]
        self._names = dict(named)
        self._keys = [key for key, _name in named]
        self._about = ALL
        self._field: Segmented | ChoiceField
        self._place = Label("", "second")
        self.back = ToolButton(_("Person before"), "chevron-left", shortcut=BEFORE_KEY)
        self.forth = ToolButton(_("Next person"), "chevron-right", shortcut=NEXT_KEY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(1.5))
        row.addWidget(self.back)
        row.addWidget(self._made(named))
        row.addWidget(self.forth)
        row.addWidget(self._place)
        row.addStretch(1)
        self._field.chosen.connect(self._on_chosen)
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self._shortcuts = [QShortcut(QKeySequence(keys), over) for keys in (NEXT_KEY, BEFORE_KEY)]
        for shortcut, slot in zip(self._shortcuts, (self._on_forth, self._on_back), strict=True):
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
            self.destroyed.connect(shortcut.deleteLater)
        self._tell()

    def retire(self) -> None:
        """Another one takes the place: the keys are no longer for this one, and it goes."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        self.hide()
        self.deleteLater()

    def current(self) -> str:
        """The id of the person whose line is shown, or `ALL`."""
        return self._about

    def set_current(self, person_id: str) -> None:
        """Choose without a signal."""
        self._about = person_id
        if isinstance(self._field, Segmented):
            self._field.set_current(person_id)
        else:
            self._field.set_value(person_id)
        self._tell()

    def step(self, by: int) -> None:
        """Go to the line of the person so many places further; at the end one stays, and hears where one is."""
        place = self._keys.index(self._about)
        wanted = min(max(place + by, 0), len(self._keys) - 1)
        if wanted != place:
            self.set_current(self._keys[wanted])
            self.chosen.emit(self._about)
        announce(self, self.where(), urgent=True)

    def where(self) -> str:
        """Who it is, and which of how many, in words."""
        name, place = self._names[self._about], self._keys.index(self._about)
        if place == 0:
            return name
        # Translators: the line about one of a group: "Rossi Ada, 3 of 12"
        return _("{name}, {place} of {count}").format(name=name, place=place, count=len(self._keys) - 1)

    def _made(self, named: list[tuple[str, str]]) -> QWidget:
        if len(named) <= SIDE_BY_SIDE:
            self._field = Segmented(named, _("About whom this text is"))
            return self._field
        field = ChoiceField([Choice(key, name) for key, name in named], allow_none=False)
        field.setAccessibleName(_("About whom this text is"))
        field.setMinimumWidth(theme.unit(60))
        field.set_value(ALL)
        self._field = field
        return field

    def _tell(self) -> None:
        place, count = self._keys.index(self._about), len(self._keys) - 1
        many = count >= SIDE_BY_SIDE
        text = _("{place} of {count}").format(place=place, count=count) if place and many else ""
        self._place.setText(text)
        self.back.setEnabled(place > 0)
        self.forth.setEnabled(place < count)

    @Slot(str)
    def _on_chosen(self, person_id: str) -> None:
        self._about = person_id
        self._tell()
        self.chosen.emit(person_id)

    @Slot()
    def _on_back(self) -> None:
        self.step(-1)

    @Slot()
    def _on_forth(self) -> None:
        self.step(1)
