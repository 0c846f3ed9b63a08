"""From the editor to the search for a common time, and back with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Slot

from famdesk.i18n import _
from famdesk.ui.calendar.editor_form import Choices
from famdesk.ui.calendar.free_slot_dialog import FreeSlotDialog, SlotStart
from famdesk.ui.calendar.parties_section import PartiesSection
from famdesk.ui.calendar.time_check import TimeCheck
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar.appointment_rows import PartyRow
from famdesk.usecases.calendar.free_slots import Slot as FreeSlot

KEY: Final = "Alt+T"


class FreeSlotPart(QObject):
    """The button that opens the search with what the editor knows already."""

    def __init__(
        self, runner: Runner, choices: Choices, fields: Form, beside: PartiesSection, check: TimeCheck, owner: Dialog
    ) -> None:
        super().__init__(owner)
        self._runner, self._choices, self._fields = runner, choices, fields
        self._beside, self._check, self._owner = beside, check, owner
        action = make_action(owner, _("Find a common time…"), self.open, icon="calendar-clock", shortcut=KEY)
        self.button = ActionButton.of(action, hint=True, kind="link")

    @Slot()
    def open(self) -> None:
        """Open the search."""
        get = self._fields.value
        span = get("starts")
        if span is None or span[1] <= span[0]:
            return
        colleagues = [get("staff_id"), *(one.id for one in self._beside.others() if one.kind == "staff")]
        begin = SlotStart(
            span[0], (span[1] - span[0]) // timedelta(minutes=1), tuple(one for one in colleagues if one),
            get("room_id"), get("access_point_id"), get("person_id"), self._fields.field("person_id").text(),
            get("kind") or "", self._beside.travel(), self._check.exclude, books=False,
        )  # fmt: skip
        dialog = FreeSlotDialog(self._owner, self._runner, self._choices, begin)
        dialog.finished_with.connect(self._on_found)
        self._dialog = dialog
        dialog.open()

    @Slot(object)
    def _on_found(self, slot: object) -> None:
        assert isinstance(slot, FreeSlot)
        assert self._dialog.form is not None
        when = self._fields.field("starts")
        when.set_value((slot.starts, slot.ends))
        if slot.room:
            self._fields.field("room_id").set_value(slot.room[0])
        known = dict(self._choices.colleagues)
        first, *others = self._dialog.form.value("staff_ids") or (None,)
        self._fields.field("staff_id").set_value(first)
        for one in others:
            self._beside.chips.add(PartyRow("staff", one, known.get(one, "")))
        if slot.mediator:
            self._beside.chips.add(PartyRow("resource", *slot.mediator))
        when.edited.emit()
        self._fields.touch()
        self._check.check()
        self._owner.setFocus()
