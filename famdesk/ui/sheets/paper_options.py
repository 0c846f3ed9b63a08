"""The options of the sheets around services and initiatives: which services, which meeting, which season."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.sheets.hours.orientation import MOST
from famdesk.sheets.papers import KEYS, LEAFLET, ORIENTATION, SIGN_IN, PaperWish
from famdesk.ui.kit.fields import CheckField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.sheets.programme_options import ProgrammeOptions
from famdesk.usecases.directory.directory_rows import ServiceRow
from famdesk.usecases.programmes import programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeRow, MeetingRow

BEHIND, AHEAD = timedelta(days=31), timedelta(days=370)
"""Which meetings are offered, from today."""
MOST_BLANK = 60
PAST, OVER = "past", "closed"


def meetings_around(tx: Any) -> tuple[MeetingRow, ...]:
    """The meetings that are offered; runs as a query."""
    today = tx.today()
    return programmes.meetings(tx, today - BEHIND, today + AHEAD)


class PaperOptions(QWidget):
    """What of the directory and of the initiatives is printed.

    Signals:
        edited(): something else is wanted.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = [ChoiceField([], _("Type to find a service")) for _number in range(MOST)]
        self._known = False
        self._wanted = ""
        self._four = CheckField(_("Four on A4, to be cut"))
        self._meeting = ChoiceField([], _("Type to find a meeting"))
        self._names = CheckField(_("With names"))
        self._blank = NumberField(0, MOST_BLANK)
        self._large = CheckField(_("Large print"))
        self._season = ChoiceField([], _("All that is ahead"))
        self._form = form = Form(labels="top")
        for number, field in enumerate(self._services, start=1):
            form.add(f"service{number}", _("Service {number}").format(number=number), field)
        form.add("four", "", self._four)
        form.add("meeting", _("Meeting"), self._meeting)
        hint = _("Only the names that a list may tell. Without names each person has a numbered row.")
        form.add("names", "", self._names, hint=hint)
        form.add("blank", _("Blank rows"), self._blank, hint=_("Empty: as many as on the screen"))
        form.add("large_names", "", self._large)
        form.add("season", _("Season"), self._season)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        self.programmes = ProgrammeOptions()
        column.addWidget(self.programmes)
        self.programmes.edited.connect(self.edited)
        form.edited.connect(self._on_edited)

    def show_for(self, sheet: str) -> None:
        """Offer only what the sheet has."""
        for number in range(1, MOST + 1):
            self._form.set_row_visible(f"service{number}", sheet == ORIENTATION)
        self._form.set_row_visible("four", sheet == ORIENTATION)
        for name in ("meeting", "names", "blank", "large_names"):
            self._form.set_row_visible(name, sheet == SIGN_IN)
        self._form.set_row_visible("season", sheet == LEAFLET)
        self.programmes.show_for(sheet)
        self.setVisible(sheet in KEYS)

    def set_services(self, rows: Sequence[ServiceRow]) -> None:
        """Offer the services of the directory; what is chosen stays."""
        self._known = True
        wanted, self._wanted = self._wanted, ""
        for field in self._services:
            _offer(field, [Choice(row.id, row.name) for row in rows if row.state != PAST])
        if wanted:
            self.choose_service(wanted)

    def choose_service(self, service_id: str) -> None:
        """Put just this one on the slip, now or once the services are known."""
        if not self._known:
            self._wanted = service_id
        for number, field in enumerate(self._services):
            field.set_value(None if number else service_id)

    def set_meetings(self, rows: Sequence[MeetingRow]) -> None:
        """Offer meetings that have a day, the soonest first."""
        found = [Choice(f"{row.initiative_id} {row.id}", _meeting_words(row)) for row in rows
                 if row.day and row.mine and row.state != "cancelled"]  # fmt: skip
        _offer(self._meeting, found)

    def set_initiatives(self, rows: Sequence[InitiativeRow]) -> None:
        """Offer the own initiatives and their seasons."""
        self.programmes.set_initiatives(rows)
        named = dict.fromkeys(row.season_text for row in rows if row.season_text and row.mine and row.state != OVER)
        _offer(self._season, [Choice(season, season) for season in named])

    def wish(self) -> PaperWish:
        """What is wanted."""
        initiative_id, _blank, meeting_id = (self._meeting.value() or "").partition(" ")
        services = tuple(dict.fromkeys(found for field in self._services if (found := field.value())))
        wish = PaperWish(services, self._four.value(), initiative_id, meeting_id, self._names.value(),
                         self._blank.value(), self._large.value(),
                         self._season.value() or "")  # fmt: skip
        return self.programmes.wish(wish)

    @Slot()
    def _on_edited(self) -> None:
        if self._form.check():
            self.edited.emit()


def _offer(field: ChoiceField, choices: Sequence[Choice]) -> None:
    """New choices; what is chosen stays as long as it is among them."""
    chosen = field.value()
    field.set_choices(choices)
    field.set_value(chosen if chosen in {choice.code for choice in choices} else None)


def _meeting_words(row: MeetingRow) -> str:
    day = formats.date_short(row.day) if row.day else ""
    # Translators: a meeting in a list, as "Thu 13 Feb · Sewing 3/8"
    return _("{day} · {initiative} {number}/{total}").format(
        day=day, initiative=row.initiative, number=row.number, total=row.total
    )
