"""A number of the waiting room: given with one key, with a first name only for who wants to be called by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.intake import waiting
from famdesk.usecases.intake.waiting import LONGEST_NAME, LONGEST_WHAT, MOST_PEOPLE, VisitRow


class VisitDialog(Dialog):
    """Gives a number, or changes what is noted beside one."""

    def __init__(
        self, runner: Runner, points: Sequence[tuple[str, str]], point_id: str | None, parent: QWidget,
        visit: VisitRow | None = None,
    ) -> None:  # fmt: skip
        title = _("Number {ticket}").format(ticket=visit.ticket) if visit else _("New number")
        super().__init__(parent, title, accept_text=_("Save") if visit else _("Give the number"))
        self._runner, self._visit = runner, visit
        self.form = Form()
        self.form.add("first_name", _("First name"), LineField(LONGEST_NAME),
                      hint=_("Only if they want to be called by it; otherwise the number is enough."))  # fmt: skip
        self.form.add("what", _("What for"), LineField(LONGEST_WHAT))
        self.form.add("people", _("How many"), NumberField(1, MOST_PEOPLE), required=True)
        self._several = visit is None and len(points) > 1
        if self._several:
            choices = [Choice(one, name) for one, name in points]
            self.form.add("access_point_id", _("Access point"), ChoiceField(choices))
        values: dict[str, Any] = {"first_name": "", "what": "", "people": 1}
        if visit is not None:
            values = {"first_name": visit.first_name or "", "what": visit.what or "", "people": visit.people}
        self.form.set_values(values | ({"access_point_id": point_id} if self._several else {}))
        self._point = point_id
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        given: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        if self._visit is not None:
            self._runner.run(waiting.change, self._visit.id, self._visit.version, then=self.finish,
                             failed=self.present, **given)  # fmt: skip
            return
        given.setdefault("access_point_id", self._point)
        self._runner.run(waiting.arrive, then=self.finish, failed=self.present, **given)
