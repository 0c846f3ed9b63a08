"""Fields that offer what fits while one types: choices from a code table, persons, commands.

The keyboard never leaves the field: arrows move in the list below it, Enter and Tab take the current entry, Esc closes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from famdesk.i18n import _, ngettext
from famdesk.i18n.collate import sort_key, split_apostrophes
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.speech import announce

Deliver = Callable[[Sequence[Line]], None]
Search = Callable[[str, Deliver], object]
"""`search(text, deliver)` asks somewhere and calls `deliver` with the lines when they are there."""

SEARCH_AFTER_MS: Final = 120
NEW_ID: Final = "\0new"
_MOST_HEIGHT: Final = 105
_LEAST_INSIDE: Final = 60
"""The list stays inside its window where so much of it fits, in units."""
_RADIUS: Final = 8
_POPUP_KEYS: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of a code table: what is stored, what is shown, and how it can also be found."""

    code: str
    label: str
    detail: str = ""
    tag: str = ""
    meaning: Meaning | None = None
    keywords: str = ""


class HitPopup(QFrame):
    """The list under a field. It takes neither focus nor clicks away from the window behind it."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        theme.set_kind(self, "popup")
        self._field = field
        self.list = LineList(_("Suggestions"), parent=self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.unit(1.5)] * 4)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.list)

    def show_lines(self, lines: Sequence[Line], needle: str, least_width: int = 0) -> None:
        """Show lines under the field, or above it if there is more room."""
        self.list.set_needle(needle)
        self.list.set_lines(lines)
        margins = theme.unit(3) + 2
        width = max(self._field.width(), least_width, theme.unit(100))
        self.resize(width, 10)
        delegate = self.list.itemDelegate()
        heights = [delegate.height(line, width - margins) for line in lines]  # type: ignore[attr-defined]
        self._place(width, min(sum(heights), theme.unit(_MOST_HEIGHT)) + margins)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners; a translucent window would be black where nothing composes windows."""
        super().resizeEvent(event)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        self.setMask(QRegion(outline.toFillPolygon().toPolygon()))

    def _place(self, width: int, height: int) -> None:
        top = self._field.mapToGlobal(QPoint(0, 0))
        screen = self._field.screen().availableGeometry()
        below = top.y() + self._field.height() + theme.unit()
        if below + height > screen.bottom() and top.y() - screen.top() > screen.bottom() - below:
            height = min(height, top.y() - theme.unit() - screen.top())
            below = top.y() - height - theme.unit()
        window = self._field.window().frameGeometry()
        inside = window.bottom() - theme.unit(2) - below
        bottom = inside if inside >= theme.unit(_LEAST_INSIDE) else screen.bottom() - below
        height = min(height, bottom)  # what has no room is scrolled
        right = min(screen.right(), max(window.right(), top.x() + self._field.width()))
        left = max(screen.left(), min(top.x(), right - width))
        self.setGeometry(QRect(left, below, width, height))


class _Delivery:
    """Takes the lines of one search to its field, unless the person has typed on since."""

    def __init__(self, field: PopupField, serial: int) -> None:
        self._field = field
        self._serial = serial

    def __call__(self, lines: Sequence[Line]) -> None:
        if Shiboken.isValid(self._field):
            self._field._take(self._serial, lines)


def show_search(field: QLineEdit, right: int = 0) -> None:
    """Begin a field with the sign of a search, close before its words; `right` pixels at the end stay free."""
    field.addAction(QAction(icons.icon("search"), _("Search"), field), QLineEdit.ActionPosition.LeadingPosition)
    field.setTextMargins(-theme.unit(2), 0, right, 0)


class PopupField(QLineEdit):
    """A line of text with a list of entries under it.

    Signals:
        chosen(str): the id of the entry that the person took.
        new_requested(str): the person wants a new thing with this name (see `offer_new`).
        edited(): text or choice changed.
    """

    chosen = Signal(str)
    new_requested = Signal(str)
    edited = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self._popup = HitPopup(self)
        self._serial = 0
        self._id: str | None = None
        self._least_width = 0
        self._awaiting = False  # something was typed whose answer is not there yet; set by those who search later
        self._enter_pressed = False
        self._popup.list.clicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_text_edited)

    def value(self) -> str | None:
        """The id of the chosen entry; None while there is none."""
        return self._id

    def set_chosen(self, line_id: str | None, label: str = "") -> None:
        """Show an entry as chosen, without a signal."""
        self._id = line_id
        self.setText(label)
        self.setCursorPosition(0)
        self.close_popup()

    def popup_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup.isVisible()

    def popup_list(self) -> LineList:
        """The list under the field."""
        return self._popup.list

    def close_popup(self) -> None:
        """Hide the list; answers on their way are ignored."""
        self._serial += 1
        self._awaiting = self._enter_pressed = False
        self._popup.hide()

    def search(self, text: str) -> None:
        """Fill the list for `text`; to be written by subclasses, which call `deliver(...)`."""
        raise NotImplementedError

    def delivery(self) -> Deliver:
        """The callable that takes the answer to the question asked now."""
        self._serial += 1
        return _Delivery(self, self._serial)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self._on_arrow(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._choose_current():
            event.accept()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._awaiting and not _with_modifier(event):
            self._enter_pressed = True
            event.accept()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.popup_open() and not _with_modifier(event):
            self._on_arrow(1)  # nothing that is offered fits what was typed: it is looked at first
            event.accept()
        elif key == Qt.Key.Key_Escape and self.popup_open():
            self.close_popup()
            event.accept()
        elif alt_digit(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Esc from the dialog's shortcuts while the list is open."""
        wants = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.popup_open()
        if wants and event.key() in _POPUP_KEYS and not event.modifiers():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._choose_current()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_popup()

    def moveEvent(self, event: object) -> None:
        super().moveEvent(event)  # type: ignore[arg-type]
        self._popup.hide()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self.close_popup()

    def _take(self, serial: int, lines: Sequence[Line]) -> None:
        """Show an answer if it is the one waited for and the field still has the focus."""
        if serial != self._serial:
            return
        enter, self._awaiting, self._enter_pressed = self._enter_pressed, False, False
        if not self.hasFocus():
            return
        if not lines:
            self._popup.hide()
            announce(self, _("Nothing found"))
            return
        self._popup.show_lines(lines, self.text().strip() if self._id is None else "", self._least_width)
        if not self._popup.list.set_current_id(self._id or "") and _first_fits(lines):
            self._popup.list.step(1)
        count = sum(line.choosable for line in lines)
        said = ngettext("{n} suggestion", "{n} suggestions", count).format(n=count)
        announce(self, said if count else lines[0].as_spoken())
        if enter and self._popup.list.current_id() != NEW_ID:
            self._choose_current()

    def _choose_current(self) -> bool:
        """Take the current entry of the open list; False if there is none that fits what stands here."""
        current = self._popup.list.current_id() if self.popup_open() and not self._awaiting else ""
        if not current:
            return False
        self._choose(current)
        return True

    def _choose(self, line_id: str) -> None:
        line = next(line for line in self._popup.list.lines() if line.id == line_id)
        typed = self.text().strip()
        self.close_popup()
        if line_id == NEW_ID:
            self.new_requested.emit(typed)
            return
        self.set_chosen(line_id, line.title)
        self.setSelection(len(self.text()), -len(self.text()))  # typing replaces it; its beginning stays in sight
        self.edited.emit()
        self.chosen.emit(line_id)

    def _on_arrow(self, by: int) -> None:
        if not self.popup_open():
            self.search(self.text() if self._id is None else "")
            return
        self._popup.list.step(by)
        line = next((line for line in self._popup.list.lines() if line.id == self._popup.list.current_id()), None)
        if line is not None:
            announce(self, line.as_spoken())

    @Slot()
    def _on_clicked(self) -> None:
        self._choose_current()

    @Slot()
    def _on_text_edited(self) -> None:
        self._id = None
        self.edited.emit()


class SearchField(PopupField):
    """Finds persons and other records while one types; its value is the id of the one taken.

    Attributes:
        needed: whether it may not stay empty.
    """

    needed = False

    def __init__(
        self,
        search: Search,
        placeholder: str = "",
        offer_new: Callable[[str], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask with `search`; `offer_new(text)` gives the words of an entry that makes a new record, after what fits."""
        super().__init__(placeholder, parent)
        self._search = search
        self._offer_new = offer_new
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_typed)
        show_search(self)

    def set_value(self, value: tuple[str, str] | None) -> None:
        """Show a record as chosen, given as id and label."""
        self.set_chosen(*(value or (None, "")))

    def problem(self) -> str:
        if self.value() is not None or not self.text().strip():
            return ""
        return _("Choose from the list.") if self.needed else _("Choose from the list, or leave this empty.")

    def search(self, text: str) -> None:
        self._timer.stop()
        text = text.strip()
        if text:
            self._search(text, self.delivery())
        else:
            self.close_popup()

    def _take(self, serial: int, lines: Sequence[Line]) -> None:
        if self._offer_new is not None and self.text().strip():
            fitting = [line for line in lines if not line.similar]
            new = Line(NEW_ID, self._offer_new(self.text().strip()), icon="user-plus")
            lines = [*fitting, new, *(line for line in lines if line.similar)]
        super()._take(serial, lines)

    @Slot()
    def _on_typed(self) -> None:
        self._serial += 1
        self._awaiting = True
        self._timer.start()

    @Slot()
    def _on_pause(self) -> None:
        self.search(self.text())


class ChoiceField(PopupField):
    """One row of a code table; typing narrows the list, Down shows all of it."""

    def __init__(
        self,
        choices: Sequence[Choice],
        placeholder: str = "",
        *,
        allow_none: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, parent)
        self._allow_none = allow_none
        self._choices: tuple[Choice, ...] = ()
        self.set_choices(choices)
        opener = QAction(icons.icon("chevron-down"), _("Show the choices"), self)
        opener.triggered.connect(self._on_opener)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._on_typed)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the code table."""
        self._choices = tuple(choices)

    def set_value(self, value: str | None) -> None:
        """Show a choice by its code; an unknown code shows nothing."""
        found = next((choice for choice in self._choices if choice.code == value), None)
        self.set_chosen(found.code if found else None, found.label if found else "")

    def problem(self) -> str:
        if self.value() is not None:
            return ""
        if self.text().strip():
            return _("Choose from the list.")
        return "" if self._allow_none else _("Choose one.")

    def search(self, text: str) -> None:
        self.delivery()([_choice_line(choice) for choice in self._choices if _fits(choice, text)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.popup_open():
            self.selectAll()
            self.search("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed takes the place of what was chosen, however the keyboard came here."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.OtherFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._settle()
        super().focusOutEvent(event)

    def _settle(self) -> None:
        """Take what was typed if it can only mean one choice."""
        text = sort_key(self.text())[0]
        if self.value() is not None or not text:
            return
        exact = [choice for choice in self._choices if sort_key(choice.label)[0] == text]
        fitting = exact or [choice for choice in self._choices if _fits(choice, self.text())]
        if len(fitting) == 1:
            self.set_value(fitting[0].code)
            self.edited.emit()
            self.chosen.emit(fitting[0].code)

    @Slot()
    def _on_typed(self) -> None:
        self.search(self.text())

    @Slot()
    def _on_opener(self) -> None:
        self.setFocus()
        self.search("")


def _choice_line(choice: Choice) -> Line:
    return Line(choice.code, choice.label, trail=choice.detail, tag=choice.tag, tag_meaning=choice.meaning)


def _fits(choice: Choice, text: str) -> bool:
    """Whether each word typed begins a word of the choice, without regard to case and accents."""
    said = f"{choice.label} {choice.detail} {choice.keywords} {choice.tag}"
    words = re.split(r"\W+", sort_key(f"{said} {split_apostrophes(said)}")[0])
    needles = [needle for needle in re.split(r"\W+", sort_key(text)[0]) if needle]
    return all(any(word.startswith(needle) for word in words) for needle in needles)


def _first_fits(lines: Sequence[Line]) -> bool:
    """Whether the first entry may be taken with Enter at once: not if something similar was perhaps meant instead."""
    first = next((line for line in lines if line.choosable), None)
    if first is None or first.id != NEW_ID:
        return first is not None and not first.similar
    return not any(line.similar for line in lines)


def alt_digit(event: QKeyEvent) -> bool:
    """Whether it is the key of a view (Alt and a number), which in a dialog does nothing and is no text either."""
    return event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text().isdigit()


def _with_modifier(event: QKeyEvent) -> bool:
    """Whether Ctrl, Shift or Alt is held; the keypad does not count."""
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
