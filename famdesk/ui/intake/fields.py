"""Fields of the intake: a need, several needs, an age band, an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.intake import needs
from famdesk.domain.text import fold
from famdesk.i18n import _
from famdesk.ui.kit.choices_field import SeveralField
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import NEW_ID, SEARCH_AFTER_MS, Choice, ChoiceField, PopupField, Search
from famdesk.ui.kit.widgets import Badge

FUNCTION_TONES: Final = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}
_MOST_NEEDS: Final = 8
_OLDEST: Final = 110


def need_lines(typed: str, counts: Mapping[str, int]) -> list[Line]:
    """The needs that fit what was typed, each with its function and how often it came lately.

    Those of that name come before those that only other words lead to; among them those that come often.
    """
    found = needs.find_needs(typed, limit=len(needs.needs()))
    ordered = sorted(found, key=lambda need: (not needs.is_named(need, typed), -counts.get(need.code, 0)))
    ordered = ordered[:_MOST_NEEDS]
    return [
        Line(
            need.code,
            need.label,
            tag=need.function,
            tag_meaning=FUNCTION_TONES.get(need.function),
            trail=str(counts[need.code]) if counts.get(need.code) else "",
        )
        for need in ordered
    ]


class NeedField(PopupField):
    """One need of the list, or with `free` also the family's own words for it."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None, *, free: bool = True) -> None:
        super().__init__(placeholder, parent)
        self._free = free
        self._counts: Mapping[str, int] = {}
        self.textEdited.connect(self._on_typed)

    def set_counts(self, counts: Iterable[tuple[str, int]]) -> None:
        """How often each need came lately."""
        self._counts = dict(counts)

    def set_value(self, code: str | None) -> None:
        """Show a need by its code."""
        self.set_chosen(code, needs.need_label(code))

    def words(self) -> str:
        """The words typed, if they stand for no need of the list."""
        return self.text().strip() if self.value() is None else ""

    def problem(self) -> str:
        return "" if self._free or not self.words() else _("Choose from the list.")

    def search(self, text: str) -> None:
        lines = need_lines(text, self._counts)
        if lines and self._free and text.strip():
            lines.append(Line(NEW_ID, _("In these words: {text}").format(text=text.strip()), icon="pencil"))
        self.delivery()(lines)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.popup_open() and not self.text():
            self.search("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        typed = fold(self.words())
        exact = next((one.code for one in needs.needs() if typed and fold(one.label) == typed), None)
        if exact is not None:
            self.set_value(exact)
            self.edited.emit()
            self.chosen.emit(exact)
        super().focusOutEvent(event)

    @Slot()
    def _on_typed(self) -> None:
        self.search(self.text())


class NeedsField(SeveralField):
    """Several needs, each with its function."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_Adder(_("Add a need"), free=False), parent)

    def words(self, code: str) -> str:
        return needs.need_label(code)

    def lead(self, code: str) -> QWidget | None:
        found = needs.need(code)
        return Badge(found.function, FUNCTION_TONES.get(found.function, Meaning.CLOSED)) if found else None


class _Adder(NeedField):
    """The field that adds a need."""

    backspaced = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
            return
        super().keyPressEvent(event)


class ChannelField(ChoiceField):
    """How the access came in; its text is selected whenever the keyboard comes to it, so that typing replaces it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        channels = [Choice(code, label) for code, label in codes.labels(codes.CHANNELS)]
        super().__init__(channels, allow_none=False, parent=parent)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCursorPosition(0)


class AgeField(ChoiceField):
    """An age band, by its words or by an age in years: "4" is 3–5 years."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        self._all = [
            Choice(code, label, keywords=f"{code} {_years(code)}") for code, label in codes.labels(codes.AGE_BANDS)
        ]
        super().__init__(self._all, placeholder, parent=parent)

    def search(self, text: str) -> None:
        typed = text.strip()
        if typed.isdecimal():
            first = [choice for choice in self._all if typed in choice.keywords.split()]
            self.set_choices([*first, *(choice for choice in self._all if choice not in first)])
        else:
            self.set_choices(self._all)
        super().search(text)


def _years(band: str) -> str:
    """The years of age that a band holds, as words to be found by."""
    bounds = list(codes.AGE_BOUNDS)
    for place, (code, least) in enumerate(bounds):
        if code == band:
            beyond = bounds[place - 1][1] // 12 if place else _OLDEST
            return " ".join(str(year) for year in range(least // 12, beyond))
    return ""


class AnswerField(PopupField):
    """What was answered: any words; the directory and earlier answers are offered, never forced."""

    def __init__(self, search: Search, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._search = search
        self.setMaxLength(500)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_typed)

    def words(self) -> str:
        """The answer."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show an answer."""
        self.set_chosen(None, value or "")

    def problem(self) -> str:
        return ""

    def search(self, text: str) -> None:
        self._timer.stop()
        self._search(text, self.delivery())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.popup_list().current_id():
            self.close_popup()  # nothing was taken from the list: these words are the answer
        super().keyPressEvent(event)

    def close_popup(self) -> None:
        timer: QTimer | None = getattr(self, "_timer", None)
        if timer is not None:
            timer.stop()
        super().close_popup()

    def _choose(self, line_id: str) -> None:
        super()._choose(line_id)
        self.end(False)  # what is typed next goes on with the answer

    def _take(self, serial: int, lines: Sequence[Line]) -> None:
        """Offer without choosing: Enter keeps what was typed, an arrow goes into the list."""
        super()._take(serial, lines)
        self.popup_list().set_current_id("")

    @Slot()
    def _on_typed(self) -> None:
        self._serial += 1
        self._timer.start()

    @Slot()
    def _on_pause(self) -> None:
        if self.text().strip():
            self.search(self.text())
        else:
            self.close_popup()
