"""To note what is to be done later, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.intake.waiting import FOLLOW_UP_KINDS
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField, Search, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.intake import follow_ups
from famdesk.usecases.intake.call_list import FollowUpDetail
from famdesk.usecases.intake.follow_ups import Items
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow


class FollowUpDialog(Dialog):
    """Adds a follow-up, about somebody or alone, or changes one that is open."""

    def __init__(
        self, runner: Runner, find: Search, now: Callable[[], datetime], parent: QWidget, *,
        known: FollowUpDetail | None = None, about: tuple[str, str] | None = None, card_id: str | None = None,
    ) -> None:  # fmt: skip
        title = _("To be done later") if known is None else _("To be done later: change")
        super().__init__(parent, title, accept_text=_("Save"))
        self._runner, self._known, self._card_id = runner, known, card_id
        self.form = form = Form()
        kinds = [Choice(code, label) for code, label in codes.labels(FOLLOW_UP_KINDS)]
        form.add("kind", _("What kind"), ChoiceField(kinds, allow_none=False))
        form.add("what", _("What"), TextField(lines=2), hint=_("In a few words; not on paper beside a protected name."))
        if known is None:
            form.add("person_id", _("For whom"), SearchField(find, _("name, phone, alias…")))
        elif known.numbers:
            numbers = [Choice(one, number) for one, number in known.numbers]
            form.add("contact_point_id", _("At this number"), ChoiceField(numbers))
        form.add("due_on", _("From the day"), DateField(today=lambda: now().date()))
        form.add("staff_id", _("Who does it"), ChoiceField([], _("whoever has time")))
        values: dict[str, Any] = {"kind": "call", "what": ""}
        if known is not None:
            values = {"kind": known.kind, "what": known.what, "due_on": known.due_on}
            if known.numbers:
                values["contact_point_id"] = known.contact_point_id
        elif about is not None:
            values["person_id"] = about
        form.set_values(values)
        self.body.addWidget(form)
        runner.fetch(staff.colleagues, then=self._show_colleagues, owner=self, latest="colleagues")

    def save(self) -> None:
        assert self.form is not None
        given: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        given["what"] = given["what"] or ""
        how: dict[str, Any] = {"then": self.finish, "failed": self.present}
        if self._known is None:
            self._runner.run(follow_ups.add, access_card_id=self._card_id, **how, **given)
        else:
            given.setdefault("contact_point_id", self._known.contact_point_id)
            self._runner.run(follow_ups.change, self._known.id, self._known.version, **how, **given)

    def _show_colleagues(self, rows: Sequence[ColleagueRow]) -> None:
        assert self.form is not None
        field = self.form.field("staff_id")
        field.set_choices([Choice(row.id, row.name) for row in rows])
        field.set_value(self._known.staff_id if self._known else field.value())


class DoneDialog(Dialog):
    """It is done; Enter with Ctrl is enough, a word on what came of it helps the next colleague."""

    def __init__(self, runner: Runner, items: Items, parent: QWidget) -> None:
        super().__init__(parent, _("Done"), accept_text=_("Done"))
        self._runner, self._items = runner, items
        self.form = Form(labels="top")
        self.form.add("result", _("What came of it"), TextField(lines=2), hint=_("May stay empty."))
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        result = self.form.value("result") or None
        then = partial(_finished, self)
        self._runner.run(follow_ups.done, self._items, result, then=then, failed=self.present, owner=self)


def _finished(dialog: Dialog, _nothing: object) -> None:
    dialog.finish()
