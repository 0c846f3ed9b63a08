"""The editors of an access card that no other form has: a moment, a person with a tie, several initiatives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.fields import DateField, TimeField
from famdesk.ui.kit.popup import Choice, ChoiceField, Search, SearchField


class MomentField(QWidget):
    """A day and a time of day beside each other.

    Signals:
        edited(): the person changed one of them.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.time = DateField(past=True, today=today), TimeField()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.day)
        row.addWidget(self.time)
        row.addStretch(1)
        self.setFocusProxy(self.day)
        self.day.edited.connect(self.edited)
        self.time.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(_("Day"))
        self.time.setAccessibleName(_("Time"))

    def value(self) -> datetime | None:
        """The moment, or None if the day is empty or one of them is not understood; without a time 0:00."""
        day: date | None = self.day.value()
        moment: time | None = self.time.value()
        return None if day is None or self.problem() else datetime.combine(day, moment or time())

    def set_value(self, value: datetime | None) -> None:
        """Show a moment."""
        self.day.set_value(value.date() if value else None)
        self.time.set_value(value.time() if value else None)

    def problem(self) -> str:
        return self.day.problem() or self.time.problem() or ("" if self.day.text().strip() else _("Give the day."))


class TieField(QWidget):
    """A person of the files and what they are to the person concerned, side by side.

    Signals:
        edited(): one of the two was changed.
    """

    edited = Signal()

    def __init__(
        self, search: Search, placeholder: str, offer_new: Callable[[str], str], ties: Sequence[Choice],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.person = SearchField(search, placeholder, offer_new)
        # Translators: what a reference person is to the person concerned (mother, neighbour…)
        self.tie = ChoiceField(ties, _("tie"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.person, 3)
        row.addWidget(self.tie, 2)
        self.setFocusProxy(self.person)
        self.person.edited.connect(self.edited)
        self.tie.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.person.setAccessibleName(name)
        self.tie.setAccessibleName(_("{field}: tie").format(field=name))

    def value(self) -> tuple[str, str | None] | None:
        """The id of the person and the code of the tie; None while nobody is chosen."""
        person_id = self.person.value()
        return None if person_id is None else (person_id, self.tie.value())

    def set_value(self, value: tuple[tuple[str, str], str | None] | None) -> None:
        """Show a person, given as id and name, and the tie."""
        self.person.set_value(value[0] if value else None)
        self.tie.set_value(value[1] if value else None)

    def problem(self) -> str:
        return self.person.problem() or self.tie.problem()


class ListField(ChoicesField):
    """Several of a list that may change; what was taken from it since is told as such."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__((), placeholder, parent)

    def words(self, code: str) -> str:
        found = super().words(code)
        return _("no longer in use") if found == code else found
