"""Parts of "Repeats": what one date has of its own, and what to do with dates that are taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.calendar.editor_form import Choices
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.usecases.calendar.series_rows import PlanRow

Own = tuple[str | None, str | None, str | None]
"""Colleague, room and access point of one date; None: as the series."""
NOTHING: Own = (None, None, None)
_LINKS = ("staff_id", "room_id", "access_point_id")
LEAVE, BOOK = "leave_out", "book"
_DAYS_TOLD = 6


class OwnFields(QWidget):
    """Colleague, room and access point of one date.

    Signals:
        edited(object): this day has something else of its own.
    """

    edited = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._title = Label("", "strong")
        self.form = Form()
        for name, text, named in (
            ("staff_id", _("Colleague"), choices.colleagues), ("room_id", _("Room"), choices.rooms),
            ("access_point_id", _("Access point"), choices.points),
        ):  # fmt: skip
            field = ChoiceField([Choice(key, name_of) for key, name_of in named])
            field.setPlaceholderText(_("as in the series"))
            self.form.add(name, text, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self._title)
        layout.addWidget(self.form)
        self.form.edited.connect(self._on_edited)
        self.hide()

    def value(self) -> Own:
        """What the date has of its own."""
        return cast(Own, tuple(self.form.value(name) for name in _LINKS))

    def show_day(self, day: date | None, own: Own) -> None:
        """The fields of another date; None: hidden."""
        self._day = day
        self.setVisible(day is not None)
        if day is not None:
            # Translators: {day} is "Thursday 13 February"; over colleague, room and place of one date of a series
            self._title.setText(_("Otherwise on {day}").format(day=formats.date_day(day)))
            self.form.set_values(dict(zip(_LINKS, own, strict=True)))

    @Slot()
    def _on_edited(self) -> None:
        if self._day is not None:
            self.edited.emit(self._day)


def closed_words(rows: Sequence[PlanRow]) -> str:
    """Which dates fall on closures and holidays, with the reasons; "" for none."""
    closed = [row for row in rows if row.closed]
    if not closed:
        return ""
    # Translators: a day and why the centre is closed then, such as "Thu 1 May (Labor Day)"
    named = [_("{day} ({reason})").format(day=formats.date_short(row.starts.date()), reason=row.closed)
             for row in closed[:_DAYS_TOLD]]  # fmt: skip
    if len(closed) > _DAYS_TOLD:
        named.append(_("{count} more").format(count=len(closed) - _DAYS_TOLD))
    return _("Closed, left out unless you press the date: {days}").format(days=formats.list_text(named))


class TakenNotice(QWidget):
    """Which dates are taken and by what, and the choice: leave those out, or book all the same with a reason. Another
    time is chosen above, in the fields of the appointment.

    Signals:
        edited(): something else is to be done with them.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._text = Label("", "problem", wrap=True)
        self.choice = Segmented(
            [(LEAVE, _("Leave those dates out")), (BOOK, _("Book all the same"))], _("What to do with taken dates")
        )
        self.reason = LineField(placeholder=_("Why it may be booked all the same"))
        self.reason.setAccessibleName(_("Reason"))
        self._hint = Label(_("Or choose another time above."), "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        for widget in (self._text, self.choice, self.reason, self._hint):
            layout.addWidget(widget)
        self.choice.chosen.connect(self._on_chosen)
        cast(Any, self.reason).edited.connect(self.edited)
        self.reason.hide()
        self.hide()

    def show_taken(self, days: Sequence[date], sentences: Sequence[str]) -> None:
        """Tell what is taken; hidden if nothing is."""
        self.setVisible(bool(days))
        if not days:
            self._told = ""
            return
        named = formats.list_text(formats.date_short(day) for day in days[:_DAYS_TOLD])
        # Translators: {dates} is a list of days, {first} a sentence that tells what is taken on the first of them
        text = _("Already taken on {dates}. {first}").format(dates=named.removesuffix("."), first=sentences[0])
        if len(days) > _DAYS_TOLD:
            text = _("Already taken on {dates} and {count} more. {first}").format(
                dates=named, count=len(days) - _DAYS_TOLD, first=sentences[0]
            )
        self._text.setText(text)
        if text != self._told:
            announce(self, text)
        self._told = text

    def books(self) -> bool:
        """Whether taken dates are booked all the same."""
        return not self.isHidden() and self.choice.current() == BOOK

    def value(self) -> tuple[Literal["leave_out", "book"], str | None]:
        """What to do, and the reason."""
        return ("book", self.reason.value() or None) if self.books() else ("leave_out", None)

    @Slot()
    def _on_chosen(self, _key: object = None) -> None:
        self.reason.setVisible(self.choice.current() == BOOK)
        if self.reason.isVisible():
            self.reason.setFocus()
        self.edited.emit()
