"""What the editor of an appointment has of series: a new one may repeat, one of a series tells which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.calendar import editor_form
from famdesk.ui.calendar.editor_form import Choices
from famdesk.ui.calendar.no_show import FIELD
from famdesk.ui.calendar.parties_section import PartiesSection
from famdesk.ui.calendar.series import end as series_end
from famdesk.ui.calendar.series.scope import ONE, ask_scope
from famdesk.ui.calendar.series.section import RepeatSection
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.usecases.calendar import series, series_changes, series_repeat
from famdesk.usecases.calendar.appointment_rows import AppointmentDetail
from famdesk.usecases.calendar.series_rows import SeriesDetail

_CHANGED: Final = ("starts", "ends", "kind", "person_id", "staff_id", "access_point_id", "room_id", "function",
                   "label", "state", "overlap_reason", "extras")  # fmt: skip


class SeriesPart(QWidget):
    """Stands below the fields of the editor; its `note` may stand above them.

    Attributes:
        unfold: one that belongs to no series is to be repeated; set before its series is known.

    Signals:
        told(): it is higher or lower than before.
        toggled(bool): a new appointment repeats, or no longer.
    """

    told = Signal()
    toggled = Signal(bool)

    def __init__(self, runner: Runner, choices: Choices, fields: Form, dialog: Dialog) -> None:
        super().__init__()
        self._runner, self._choices, self._fields, self._dialog = runner, choices, fields, dialog
        self._series: SeriesDetail | None = None
        self._detail: AppointmentDetail | None = None
        self.section: RepeatSection | None = None
        self._beside: PartiesSection | None = None
        self.unfold = False
        self.note = _SeriesNote()
        self.note.end_wanted.connect(self._on_end)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.note)

    def begin(self) -> None:
        """For an appointment that belongs to no series: it may repeat."""
        if self.section is not None:
            return
        self.section = RepeatSection(self._runner, self._choices, self._values, self._dialog)
        self._column.addWidget(self.section)
        self.section.told.connect(self.told)
        self.section.toggled.connect(self.toggled)
        self._fields.edited.connect(self.section.refresh)
        if self._detail is not None:
            self.section.exclude = self._detail.id
            self.told.emit()
        if self.unfold:
            self.section.toggle()

    def follow(self, beside: PartiesSection) -> None:
        """Who and what else takes part, and where, is said by `beside`."""
        self._beside = beside
        beside.edited.connect(self._on_beside)

    def show_detail(self, found: AppointmentDetail) -> None:
        """For one that is there: which series it belongs to, if any."""
        self._detail = found
        self._runner.fetch(series.series, found.id, then=self._on_series, latest="series")

    def repeats(self) -> bool:
        """Whether a series is to be booked."""
        return self.section is not None and self.section.active()

    def book(self, values: dict[str, Any], then: Callable[[Any], object]) -> None:
        """Book the series, or say what is missing."""
        assert self.section is not None
        problem = self.section.problem()
        if problem:
            self._dialog.bar.warning(problem)
            self._dialog.set_accept_enabled(True)
            return
        wanted = self.section.collected(self._values() or values)
        if self._detail is None:
            self._runner.run(series.make, **wanted, then=then, failed=self._dialog.present)
            return
        del wanted["skip_closed"]
        wanted |= {"state": values["state"], FIELD: values[FIELD]}
        self._runner.run(series_repeat.repeat, self._detail.id, self._detail.version, **wanted, then=then,
                         failed=self._dialog.present)  # fmt: skip

    def change(self, values: dict[str, Any], alone: Callable[[], object], then: Callable[[Any], object]) -> None:
        """Save a change: `alone` for one that belongs to no series or is changed alone; else it is asked how far."""
        if self._series is None:
            alone()
            return
        self._dialog.set_accept_enabled(True)
        found, wanted = self._detail, {name: values[name] for name in _CHANGED if name in values}
        assert found is not None

        def save(scope: str) -> None:
            if scope == ONE:
                alone()
            else:
                self._runner.run(series_changes.change, found.id, found.version, scope, **wanted, then=then,
                                 failed=self._dialog.present, owner=self._dialog)  # fmt: skip

        ask_scope(self._dialog, _("Change which dates?"), save, series_end.by_hand(self._series))

    def _values(self) -> dict[str, Any] | None:
        if self._fields.value("starts") is None:
            return None
        values = editor_form.collected(self._fields)
        if self._beside is not None:
            values["extras"] = self._beside.extras()
        return values if values["ends"] > values["starts"] else None

    @Slot()
    def _on_beside(self) -> None:
        if self.section is not None:
            self.section.refresh()

    def _on_series(self, found: SeriesDetail | None) -> None:
        self._series = found
        if found is None:
            self.begin()
        elif self._detail is not None:
            self.note.show_series(found, self._detail.id)
            self.told.emit()

    @Slot()
    def _on_end(self) -> None:
        if self._series is not None:
            dialog = series_end.SeriesEndDialog(self._dialog, self._runner, self._series, self._choices.day)
            dialog.finished_with.connect(self._on_ended)
            dialog.open()

    @Slot(object)
    def _on_ended(self, added: object) -> None:
        assert isinstance(added, int)
        self._dialog.bar.ok(series_end.outcome(added))
        if self._detail is not None:
            self.show_detail(self._detail)


class _SeriesNote(QWidget):
    """Which series an appointment belongs to, and the way to its end.

    Signals:
        end_wanted(): the series is to end earlier or later.
    """

    end_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = Label("", wrap=True)
        self._place = Label("", "second")
        end = ActionButton(_("Change the end…"), "calendar-clock", kind="link")
        end.clicked.connect(self.end_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(IconLabel("refresh-cw", meaning=Meaning.ACCENT))
        row.addWidget(self._text, 1)
        row.addWidget(self._place)
        row.addWidget(end)
        self.hide()

    def show_series(self, found: SeriesDetail, appointment_id: str) -> None:
        """Tell of a series, and which of its dates this one is."""
        # Translators: {rule} stands for words such as "every 2 weeks on Thursdays at 18:00, 5 times"
        self._text.setText(_("Series: {rule}").format(rule=series_end.words(found)))
        self._place.setText(series_end.place(found, appointment_id))
        self.show()
