"""Where a series ends: after a number of dates, on a day, or without an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.calendar import recurrence, recurrence_words
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar import series, series_rows
from famdesk.usecases.calendar.series_rows import Outcome, SeriesDetail

_MOST = 800


def words(found: SeriesDetail) -> str:
    """What a series is, in a sentence."""
    out = [row.starts.date() for row in found.members if row.state == "skipped"]
    if found.rule is None:
        return recurrence_words.by_hand(len(found.members), out)
    return recurrence_words.sentence(recurrence.parse(found.rule), found.starts, skipped=out)


def place(found: SeriesDetail, appointment_id: str) -> str:
    """Which of the dates one is: "Date 3 of 5"."""
    ids = [row.id for row in found.members]
    if appointment_id not in ids:
        return ""
    return _("Date {number} of {count}").format(number=ids.index(appointment_id) + 1, count=len(ids))


class SeriesEndDialog(Dialog):
    """Another end, earlier or later. `finished_with` tells how many dates were added (negative: taken away)."""

    def __init__(self, parent: QWidget, runner: Runner, found: SeriesDetail, today: Callable[[], date]) -> None:
        super().__init__(parent, _("End of the series"), _("Change the end"))
        self._runner, self._found = runner, found
        self.form = form = Form(labels="top")
        choices = [Choice("until", _("on a day")), Choice("count", _("after a number of dates"))]
        if found.rule is not None:
            choices.append(Choice("never", _("without an end")))
        form.add("ends", _("Ends"), ChoiceField(choices, allow_none=False), required=True)
        form.add("until", _("Last day"), DateField(today=today))
        form.add("count", _("Number of dates"), NumberField(1, _MOST))
        last = found.members[-1].starts.date()
        form.set_values({"ends": "until", "until": last, "count": len(found.members)})
        self.body.addWidget(Label(words(found), "second", wrap=True))
        self.body.addWidget(form)
        note = _("Dates after the end that have not taken place go to the bin; Undo brings them back.")
        self.body.addWidget(Label(note, "small", wrap=True))
        cast(Any, form.field("ends")).chosen.connect(self._show_rows)
        self._show_rows()

    def save(self) -> None:
        assert self.form is not None
        ends = self.form.value("ends")
        missing = {"until": "until", "count": "count"}.get(ends)
        if missing and self.form.value(missing) is None:
            self.form.show_error(missing, _("This field is needed."))
            self.set_accept_enabled(True)
            return
        until = self.form.value("until") if ends == "until" else None
        count = self.form.value("count") if ends == "count" else None
        self._runner.run(series.set_end, self._found.id, self._found.version, count=count, until=until,
                         then=self.finish, failed=self.present)  # fmt: skip

    @Slot()
    def _show_rows(self, _chosen: object = None) -> None:
        assert self.form is not None
        ends = self.form.value("ends")
        self.form.set_row_visible("until", ends == "until")
        self.form.set_row_visible("count", ends == "count")


def kept(found: Outcome) -> str:
    """What a change of several dates left as it was; "" if nothing."""
    if not found.kept:
        return ""
    changed = ngettext("{n} date changed", "{n} dates changed", found.changed).format(n=found.changed)
    # Translators: {changed} stands for words such as "4 dates changed"; the others were changed by hand or are over
    return ngettext(
        "{changed}; {n} stays as it is, since it was changed by hand or is over.",
        "{changed}; {n} stay as they are, since they were changed by hand or are over.",
        found.kept,
    ).format(changed=changed, n=found.kept)


def by_hand(found: SeriesDetail) -> str:
    """What a change of all dates would leave as it is, told before; "" if nothing."""
    count = sum(series_rows.by_hand(row, found.minutes) for row in found.members)
    if not count:
        return ""
    return ngettext(
        "{n} date was given another time by hand and keeps it.",
        "{n} dates were given another time by hand and keep it.",
        count,
    ).format(n=count)  # fmt: skip


def outcome(added: int) -> str:
    """What a new end has done."""
    if added < 0:
        return ngettext("{n} date taken away", "{n} dates taken away", -added).format(n=formats.number(-added))
    return ngettext("{n} date added", "{n} dates added", added).format(n=formats.number(added))
