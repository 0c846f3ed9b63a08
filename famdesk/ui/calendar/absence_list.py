"""The appointments that lie in an absence, with a choice for each: keep, give, move, cancel."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, IconLabel, Label
from famdesk.usecases.calendar.absences import Affected, AffectedRow, Decision, kind_words

KEEP, CANCEL, MOVE, GIVE = "keep", "cancel", "move", "give:"


class HandOver(Card):
    """One line for each appointment. Hidden while there is none. What was chosen stays when the time is changed."""

    def __init__(self, owner: QWidget) -> None:
        """Its keys work everywhere in `owner`."""
        super().__init__(_("Appointments in this time"), "calendar-days")
        self._rows: tuple[AffectedRow, ...] = ()
        self._fields: dict[str, ChoiceField] = {}
        self._more = Label("", "second", wrap=True)
        self._kept = _Kept()
        give = make_action(owner, _("Give all to whoever is free"), self._on_give_all, icon="users", shortcut="Alt+G")
        cancel = make_action(owner, _("Cancel all"), self._on_cancel_all, icon="calendar-x", shortcut="Alt+X")
        self.give_all, self.cancel_all = ActionButton.of(give, hint=True), ActionButton.of(cancel, hint=True)
        tools = QHBoxLayout()
        tools.setSpacing(theme.unit(2))
        tools.addWidget(self.give_all)
        tools.addWidget(self.cancel_all)
        tools.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.unit(4))
        self._grid.setVerticalSpacing(theme.unit(1.5))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(tools)
        self.body.addWidget(self._kept)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._more)
        self.hide()

    def field(self, appointment_id: str) -> ChoiceField:
        """The choice of an appointment."""
        return self._fields[appointment_id]

    def show_rows(self, found: Affected) -> None:
        """Show what lies in the time."""
        chosen = {key: field.value() for key, field in self._fields.items()}
        news = {row.id for row in found.rows} != {row.id for row in self._rows}
        self._rows, self._fields = found.rows, {}
        while (item := self._grid.takeAt(0)) is not None:
            cell = item.widget()
            if cell is not None:
                cell.hide()
                cell.deleteLater()
        for number, row in enumerate(found.rows):
            self._add(number, row, chosen.get(row.id))
        self._more.setText(_more(found))
        self._more.setVisible(bool(_more(found)))
        for button in (self.give_all, self.cancel_all):
            button.setVisible(bool(found.rows))
        self.set_count(len(found.rows))
        self._look()
        self.setVisible(bool(found.rows or found.hidden or found.meetings))
        if news and found.rows:
            count = ngettext("{n} appointment in this time", "{n} appointments in this time", len(found.rows))
            announce(self, count.format(n=len(found.rows)))

    def decisions(self) -> tuple[Decision, ...]:
        """What was chosen, in the order of time."""
        return tuple(_decision(row, self._fields[row.id].value() or KEEP) for row in self._rows)

    def kept(self) -> str:
        """What stays with somebody who is away, as a sentence; "" if nothing does."""
        count = sum(decision.what == "keep" for decision in self.decisions())
        text = ngettext("{n} appointment stays as it is, with somebody who is away.",
                        "{n} appointments stay as they are, with somebody who is away.", count)  # fmt: skip
        return text.format(n=count) if count else ""

    @Slot()
    def _look(self) -> None:
        self._kept.tell(self.kept())

    def _add(self, number: int, row: AffectedRow, chosen: str | None) -> None:
        title = " · ".join(part for part in (row.who, kind_words(row)) if part)
        when = formats.moment(row.starts)
        field = ChoiceField(_choices(row), allow_none=False)
        keys = [choice.code for choice in _choices(row)]
        field.set_value(chosen if chosen in keys else KEEP)
        field.setAccessibleName(f"{when}, {title}")
        field.setMinimumWidth(theme.unit(64))
        self._fields[row.id] = field
        field.edited.connect(self._look)
        self._grid.addWidget(Label(when, "strong"), number, 0)
        self._grid.addWidget(Label(title, wrap=True), number, 1)
        self._grid.addWidget(field, number, 2)

    def _on_give_all(self) -> None:
        """To the first who is free, and does not get another one at the same time."""
        given: dict[str, list[AffectedRow]] = {}
        for row in self._rows:
            free = [key for key, _name in row.free if not any(_overlap(row, other) for other in given.get(key, []))]
            if free:
                given.setdefault(free[0], []).append(row)
                self._fields[row.id].set_value(GIVE + free[0])
        self._look()

    def _on_cancel_all(self) -> None:
        for field in self._fields.values():
            field.set_value(CANCEL)
        self._look()


class _Kept(QWidget):
    """The warning that somebody will come whom nobody receives."""

    def __init__(self) -> None:
        super().__init__()
        theme.set_kind(self, "plain")
        self._words = Label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(IconLabel("triangle-alert", meaning=Meaning.WARNING))
        row.addWidget(self._words, 1)
        self.hide()

    def tell(self, text: str) -> None:
        """Show it, or nothing."""
        self._words.setText(text)
        self.setVisible(bool(text))


def _choices(row: AffectedRow) -> list[Choice]:
    found = [Choice(KEEP, _("Keep as it is"))]
    # Translators: {name} is a colleague who takes an appointment over
    found += [Choice(GIVE + key, _("Give to {name}").format(name=name)) for key, name in row.free]
    if row.next is not None:
        # Translators: {when} is the next free time
        found.append(Choice(MOVE, _("Move to {when}").format(when=formats.moment(row.next))))
    return [*found, Choice(CANCEL, _("Cancel"))]


def _decision(row: AffectedRow, chosen: str) -> Decision:
    if chosen.startswith(GIVE):
        return Decision(row.id, row.version, "give", staff_id=chosen.removeprefix(GIVE))
    if chosen == MOVE:
        starts: datetime | None = row.next
        return Decision(row.id, row.version, "move", starts=starts)
    return Decision(row.id, row.version, "cancel" if chosen == CANCEL else "keep")


def _overlap(one: AffectedRow, other: AffectedRow) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _more(found: Affected) -> str:
    parts = []
    if found.hidden:
        hidden = ngettext(
            "{n} more is only seen by those who work with the person.",
            "{n} more are only seen by those who work with the persons.",
            found.hidden,
        )
        parts.append(hidden.format(n=found.hidden))
    if found.meetings:
        led = ngettext("{n} meeting of an initiative is led by this colleague.",
                       "{n} meetings of initiatives are led by this colleague.", found.meetings)  # fmt: skip
        parts.append(led.format(n=found.meetings))
    return " ".join(parts)
