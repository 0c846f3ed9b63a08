"""The part of the booking in which an appointment repeats: folded until it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.calendar import recurrence, recurrence_words
from famdesk.i18n import _
from famdesk.ui.calendar.editor_form import Choices
from famdesk.ui.calendar.series import choice as series_choice
from famdesk.ui.calendar.series.chips import DateChips
from famdesk.ui.calendar.series.dates import Dates
from famdesk.ui.calendar.series.fields import RepeatFields
from famdesk.ui.calendar.series.parts import NOTHING, OwnFields, TakenNotice, closed_words
from famdesk.ui.calendar.year_strip import YearStrip
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.scrolling import scroll_to
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar import series
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_rows import PlanRow, SeriesValues

_AFTER_MS: Final = 200
KEY: Final = "Alt+R"


class RepeatSection(QWidget):
    """A button that unfolds: how often, the sentence, the dates as chips, a year, what one date has of its own.

    `wanted()` gives the values of the appointment as its use-case takes them, None while they are not complete.

    Attributes:
        exclude: the id of the appointment that is to be repeated; None for a new one.

    Signals:
        told(): it is higher or lower than before, or says something else.
        toggled(bool): the appointment repeats, or no longer.
    """

    told = Signal()
    toggled = Signal(bool)

    def __init__(self, runner: Runner, choices: Choices, wanted: Callable[[], dict[str, Any] | None],
                 owner: QWidget) -> None:  # fmt: skip
        super().__init__()
        self._runner, self._wanted, self._choices = runner, wanted, choices
        self.dates = Dates()
        self.exclude: str | None = None
        self._reveal = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        action = make_action(owner, _("Repeats…"), self.toggle, icon="refresh-cw", shortcut=KEY)
        self.button = ActionButton.of(action, hint=True, kind="link")
        self.fields = RepeatFields(choices.day)
        self.sentence = Label("", "strong", wrap=True)
        self.chips = DateChips()
        self.closed = Label("", "second", wrap=True)
        self.year_button = ActionButton(_("Show the year"), "calendar-days", kind="link")
        self.strip = YearStrip(choices.today)
        self.own = OwnFields(choices)
        self.taken = TakenNotice()
        self._lay_out()
        self._connect()

    def active(self) -> bool:
        """Whether the appointment is to repeat."""
        return not self._panel.isHidden()

    def problem(self) -> str:
        """What is still missing, "" for nothing."""
        if self.dates.problem:
            return self.dates.problem
        if not any(not one.skipped for one in self.dates.wanted()):
            return _("Choose at least one date.")
        if self.taken.books() and not self.taken.value()[1]:
            return _("Give a reason, or leave the taken dates out.")
        return ""

    def collected(self, values: dict[str, Any]) -> dict[str, Any]:
        """What `series.make` takes, from the values of the appointment."""
        common = {name: values[name] for name in ("kind", "person_id", "staff_id", "access_point_id", "room_id",
                                                  "function", "label")}  # fmt: skip
        common["extras"] = values.get("extras") or Extras()
        starts, minutes = values["starts"], series_choice.length(values["starts"], values["ends"])
        rule = series_choice.rule_of(self._repeat(), starts.date())
        taken, reason = self.taken.value()
        return {
            "values": SeriesValues(**common), "starts": starts, "minutes": minutes, "dates": self.dates.wanted(),
            "rule": recurrence.text(rule) if rule else None, "skip_closed": False, "taken": taken,
            "overlap_reason": reason,
        }  # fmt: skip

    @Slot()
    def toggle(self) -> None:
        """Unfold, or fold and repeat no more."""
        unfold = not self.active()
        self._panel.setVisible(unfold)
        self.button.set_icon_name("x" if unfold else "refresh-cw")
        self._reveal = unfold
        if unfold:
            self.refresh()
            self.fields.setFocus()
        self.toggled.emit(unfold)
        self.told.emit()

    @Slot()
    def refresh(self) -> None:
        """The dates anew, after something changed here or in the appointment."""
        values = self._wanted() if self.active() else None
        if values is None:
            return
        starts: datetime = values["starts"]
        self.fields.set_first(starts)
        if not self.dates.picked:
            self.dates.picked.add(starts.date())
        minutes = series_choice.length(starts, values["ends"])
        self.dates.make(self._repeat(), starts, minutes, self._choices.today)
        self._show()
        self._timer.start()

    def _repeat(self) -> series_choice.Repeat:
        return self.fields.repeat(frozenset(self.dates.picked))

    def _show(self) -> None:
        """Sentence, chips and year as things are."""
        values = self._wanted()
        self.dates.books = self.taken.books()
        days = self.dates.days()
        out = [day for day in days if self.dates.is_out(day)]
        said = self.dates.problem
        if values is not None and not said:
            rule = series_choice.rule_of(self._repeat(), values["starts"].date())
            said = (recurrence_words.sentence(rule, values["starts"], skipped=out) if rule is not None
                    else recurrence_words.by_hand(len(days), out))  # fmt: skip
        said = said[:1].upper() + said[1:]
        if said != self.sentence.text():
            self.sentence.setText(said)
            announce(self, said)
        self.chips.show_chips(self.dates.chips())
        self.strip.show_days(self.dates.marks())
        self.told.emit()

    @Slot()
    def _ask(self) -> None:
        """What speaks against the dates."""
        values = self._wanted()
        if values is None or not self.dates.made:
            self._on_plan(())
            return
        wanted = self.collected(values)
        dates = tuple(replace(one, skipped=False) for one in wanted["dates"])
        self._runner.fetch(series.plan, wanted["values"], dates, self.exclude, then=self._on_plan, latest="plan")
        self._ask_closed()

    @Slot()
    def _ask_closed(self) -> None:
        values = self._wanted() or {}
        self._runner.fetch(
            series.closed_days, self.strip.first_day(), self.strip.last_day(), values.get("access_point_id"),
            then=self._on_closed, latest="closed",
        )  # fmt: skip

    def _on_closed(self, closed: Sequence[tuple[date, str]]) -> None:
        self.strip.show_closed(dict(closed))

    def _on_plan(self, rows: Sequence[PlanRow]) -> None:
        taken = self.dates.told(rows)
        self.closed.setText(closed_words(rows))
        self.closed.setVisible(bool(self.closed.text()))
        self.taken.show_taken([row.starts.date() for row in taken], [row.taken[0] for row in taken])
        self._show()
        if self._reveal:  # now that all of it has its room
            self._reveal = False
            scroll_to(self)

    @Slot(object)
    def _on_day(self, day: date) -> None:
        """A day was pressed: a date is taken out or brought back; by hand it is chosen or no longer."""
        if self.fields.repeat(frozenset()).preset == series_choice.HAND:
            self.dates.picked ^= {day}
            self.refresh()
        elif day in self.dates.days():
            self.dates.take_out(day)
            self._show()
        self._show_own(day)

    @Slot(object)
    def _show_own(self, day: date) -> None:
        known = day in self.dates.days()
        self.own.show_day(day if known else None, self.dates.own.get(day, NOTHING))
        self.told.emit()

    @Slot(object)
    def _on_own(self, day: date) -> None:
        self.dates.own[day] = self.own.value()
        self._timer.start()

    @Slot(object)
    def _on_chip(self, day: date) -> None:
        self._on_day(day)
        self.strip.go_to(day)

    @Slot()
    def _on_fields(self) -> None:
        hand = self.fields.repeat(frozenset()).preset == series_choice.HAND
        if hand and self.strip.isHidden():
            self._on_year()
        self.own.show_day(None, NOTHING)
        self.refresh()

    @Slot()
    def _on_year(self) -> None:
        """Show the year, from the first date on."""
        values = self._wanted()
        if values is not None:
            self.strip.go_to(values["starts"].date())
        self.strip.setVisible(self.strip.isHidden())
        self.year_button.setText(_("Show the year") if self.strip.isHidden() else _("Hide the year"))
        self._ask_closed()
        self.told.emit()

    def _lay_out(self) -> None:
        self._panel = QWidget()
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, theme.unit(1), 0, theme.unit(2))
        column.setSpacing(theme.unit(3))
        below = (self.closed, self.taken, self.year_button, self.strip, self.own)
        for widget in (self.fields, self.sentence, self.chips, *below):
            column.addWidget(widget)
        column.setAlignment(self.year_button, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._panel)
        self.strip.hide()
        self.closed.hide()
        self._panel.hide()

    def _connect(self) -> None:
        self.fields.edited.connect(self._on_fields)
        self.chips.pressed.connect(self._on_chip)
        self.strip.picked.connect(self._on_day)
        self.strip.moved.connect(self._show_own)
        self.strip.range_changed.connect(self._ask_closed)
        self.year_button.clicked.connect(self._on_year)
        self.own.edited.connect(self._on_own)
        self.taken.edited.connect(self._show)
