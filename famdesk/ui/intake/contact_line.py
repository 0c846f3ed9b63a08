"""The info contact in one line: channel, need, age, answer; Enter saves and the next line is ready."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.intake.finder import Finder
from famdesk.ui.intake.keeper import DraftKeeper
from famdesk.ui.intake.line_fields import NARROW, Entry, LineFields
from famdesk.ui.intake.point_button import PointButton
from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.usecases.intake import drafts, intake

DRAFT: Final = "contact"
FIRST_CHANNEL: Final = "door"


class ContactLine(Card):
    """Logs contacts, and corrects one that was logged.

    Signals:
        logged(): a contact was saved.
        failed(object): an error that belongs to no field.
    """

    logged = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Info contact"), "zap", parent)
        self._runner = runner
        self._corrected: intake.AccessRow | None = None
        self._finder = Finder(runner, self)
        self._keeper = DraftKeeper(runner, self, self)
        self.fields = LineFields(self._finder.answers)
        self.where = PointButton()
        self.body.addWidget(self.fields)
        self.tools.addWidget(self.where)
        QWidget.setTabOrder(self.fields.save, self.where)
        self.fields.channel.set_value(FIRST_CHANNEL)
        self.fields.edited.connect(self._on_edited)
        self.fields.entered.connect(self.try_save)
        self.where.chosen.connect(self.begin)
        self._keeper.due.connect(self._on_due)

    def begin(self) -> None:
        """Ready for the next contact: the cursor stands in the first field, its channel is kept."""
        self.fields.channel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields.channel.selectAll()  # also when the focus was there already

    def correct(self, row: intake.AccessRow) -> None:
        """Take a logged contact into the line; Enter saves the correction, Esc leaves it as it was."""
        self._corrected = row
        need = row.needs[0] if row.needs else None
        self.fields.set_entry(Entry(row.channel, need, row.need_text or "", row.age_band, row.answer or ""))
        self._finder.need = need
        self._say_how()
        self.fields.need.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields.need.selectAll()

    def restore(self) -> None:
        """Take up the line that this person did not finish."""
        self._runner.fetch(drafts.read, DRAFT, then=self._restored)

    def keep_now(self) -> None:
        """Keep at once what waits to be kept."""
        self._keeper.flush()

    @Slot()
    def try_save(self) -> None:
        """Save the line if it is complete; else say what is missing and go there."""
        if not self.fields.check():
            return
        self._keeper.rest()
        entry, row = self.fields.entry(), self._corrected
        values: dict[str, Any] = {
            "channel": entry.channel, "need": entry.need, "need_text": entry.need_text or None,
            "age_band": entry.age_band, "answer": entry.answer or None,
        }  # fmt: skip
        how: dict[str, Any] = {"then": self._saved, "failed": partial(_refused, self, entry, row), "owner": self}
        if row is None:
            values.update(access_point_id=self.where.point_id, draft=DRAFT)
            self._runner.run(intake.log_contact, **how, **values)
        else:
            values.update(access_point_id=row.access_point_id, need_text=_kept_words(row, entry))
            self._runner.run(intake.change_contact, row.id, row.version, **how, **values)
        self._next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._corrected is not None:
            self._next()
            return
        super().keyPressEvent(event)

    def take_back(self, entry: Entry, row: intake.AccessRow | None, error: Exception) -> None:
        """Bring back what could not be saved, unless something new stands there, and say why."""
        if self.fields.entry().blank:
            self.fields.set_entry(entry)
            self._corrected = row
            self._keeper.touch()
        fields = self.fields
        named = {"channel": fields.channel, "need": fields.need, "need_text": fields.need, "age_band": fields.age,
                 "answer": fields.answer}  # fmt: skip
        field = named.get(error.field or "") if isinstance(error, RuleError) else None
        if field is not None and isinstance(error, RuleError):
            fields.complain(field, error.sentence())
        else:
            self.failed.emit(error)

    def _next(self) -> None:
        """An empty line at once: who types on is never waited for."""
        self._corrected = None
        self._keeper.rest()
        self._finder.need = None
        self._say_how()
        self.fields.set_entry(Entry())
        self.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_how()

    def _say_how(self) -> None:
        """What Enter does, where there is room for it."""
        narrow = self.width() < theme.unit(NARROW)
        plain, correcting = _("· one line, Enter saves"), _("· correction, Enter saves, Esc leaves it")
        self.set_note("" if narrow else correcting if self._corrected is not None else plain)

    def _saved(self, _result: object) -> None:
        self.logged.emit()

    def _restored(self, draft: drafts.DraftRow | None) -> None:
        if draft is None or self._corrected is not None or not self.fields.entry().blank:
            return
        try:
            self.fields.set_entry(Entry(**json.loads(draft.body)))
        except (ValueError, TypeError):
            self._keeper.drop(DRAFT)  # kept by another version of the program

    @Slot()
    def _on_edited(self) -> None:
        self._finder.need = self.fields.need.value()
        if self._corrected is None:
            self._keeper.touch()
        else:
            self._keeper.hold()

    @Slot()
    def _on_due(self) -> None:
        if self._corrected is not None:
            return
        entry = self.fields.entry()
        if entry.blank:
            self._keeper.drop(DRAFT)
        else:
            self._keeper.keep(DRAFT, asdict(entry))


def _refused(line: ContactLine, entry: Entry, row: intake.AccessRow | None, error: Exception) -> None:
    line.take_back(entry, row, error)


def _kept_words(row: intake.AccessRow, entry: Entry) -> str | None:
    """The words of a corrected contact stay beside its need, unless others were typed."""
    return entry.need_text or (row.need_text if entry.need else None)
