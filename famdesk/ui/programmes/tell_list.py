"""Who is to be told that a meeting was moved or cancelled: everybody enrolled, with the way that is safe for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.fields import CheckField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases.programmes import meeting_notices
from famdesk.usecases.programmes.meeting_notices import ToTell

_LEAST_SHOWN, _MOST_SHOWN = 3, 6
"""Lines; the others are scrolled to, so that the dialog fits a small screen."""


class TellList(QWidget):
    """A tick for each person; all of those who can be reached are ticked first. `value()` are ids of enrolments.

    Signals:
        edited(): somebody was ticked or not.
        filled(): the people are there.
    """

    edited = Signal()
    filled = Signal()

    def __init__(self, runner: Runner, meeting_id: str, *, ticked: bool = True, parent: QWidget | None = None) -> None:
        """`ticked`: everybody is chosen first; of what is over, nobody."""
        super().__init__(parent)
        self._ticked = ticked
        self._checks: dict[str, CheckField] = {}
        self._title = Label(_("Nobody is enrolled who has to be told."), "second", wrap=True)
        self._all = ActionButton(_("Nobody"), kind="link")
        self._all.clicked.connect(self._on_all)
        self._all.hide()
        self._column = ScrollColumn()
        self._column.body.setSpacing(theme.unit())
        self._column.hide()
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(1.5))
        layout.addLayout(top)
        layout.addWidget(self._column, 1)
        runner.fetch(meeting_notices.reachable, meeting_id, then=self.show_people, failed=self._nothing, owner=self)

    def value(self) -> tuple[str, ...]:
        """Whom to tell."""
        return tuple(one for one, check in self._checks.items() if check.value())

    def texts(self) -> list[str]:
        """The lines, one after the other."""
        return [check.text() for check in self._checks.values()]

    def check(self, enrolment_id: str) -> CheckField:
        """The tick of one person."""
        return self._checks[enrolment_id]

    def show_people(self, rows: Sequence[ToTell]) -> None:
        """Show everybody; whom nothing reaches cannot be ticked, and it is said why."""
        for row in rows:
            check = CheckField(_line(row))
            reached = row.channel != "none"
            check.set_value(reached and self._ticked)
            check.setEnabled(reached)
            check.setToolTip(row.note)
            check.edited.connect(self.edited)
            check.edited.connect(self._show_count)
            self._checks[row.enrolment_id] = check
            self._column.body.addWidget(check)
        self._column.body.addStretch(1)
        line = theme.unit(8)
        self._column.setVisible(bool(rows))
        self._column.setMinimumHeight(min(len(rows), _LEAST_SHOWN) * line)
        self._column.setMaximumHeight(min(len(rows), _MOST_SHOWN) * line)
        self._all.setVisible(len(rows) > 1)
        self._show_count()
        self.filled.emit()

    def _nothing(self, _error: Exception) -> None:
        """This role does not see who is enrolled: it tells nobody."""
        self._title.setText(_("Your role does not see who is enrolled."))

    @Slot()
    def _on_all(self) -> None:
        wanted = not self.value()
        for check in self._checks.values():
            check.set_value(wanted and check.isEnabled())
        self._show_count()
        self.edited.emit()

    @Slot()
    def _show_count(self) -> None:
        if not self._checks:
            return
        count = len(self.value())
        text = ngettext("{n} person will be told:", "{n} people will be told:", count).format(n=count)
        self._title.setText(text)
        # Translators: who is to be told
        self._all.setText(_("Nobody") if count else _("Everybody"))


def _line(row: ToTell) -> str:
    if row.channel == "none":
        return f"{row.name}: {row.why}"
    way = codes.label(reminding.CHANNELS, row.channel)
    # Translators: {who} is told for a child, {way} is "E-mail", "Letter" or "Phone call"
    told = _("{name}, by {way} to {who}") if row.who != row.name else _("{name}, by {way}")
    text = told.format(name=row.name, way=way.lower(), who=row.who)
    return f"{text} ({row.value})" if row.value else text
