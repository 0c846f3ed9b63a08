"""Somebody who came without being enrolled: typed on the spot, known or by alias."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.person_lines import person_line
from famdesk.usecases.enrolling import attendance
from famdesk.usecases.enrolling.enrolment_checks import NotMeant
from famdesk.usecases.people import people, person_search
from famdesk.usecases.people.person_rows import PersonHit
from famdesk.usecases.programmes.programmes_rows import MeetingRow


class WalkInDialog(Dialog):
    """A name; a reason is asked only where all seats are taken or it is not meant for them."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow) -> None:
        super().__init__(parent, _("Who came to meeting {number}?").format(number=row.number), _("Mark as present"))
        self.setMinimumWidth(theme.unit(120))
        self._runner, self._row = runner, row
        self.fields = Form(labels="top")
        self.form = self.fields
        self.search = SearchField(self._search, _("Name, phone or alias"), self._new_text)
        self.fields.add("person_id", _("Who came"), self.search)
        self.fields.add("reason", _("Why all the same"), LineField(500))
        self.fields.set_row_visible("reason", False)
        self.body.addWidget(self.fields)
        self.search.chosen.connect(self._on_chosen)
        self.search.new_requested.connect(self._on_new)

    def save(self) -> None:
        """Notes that the person is there."""
        person = self.search.value()
        if person is None:
            self.set_accept_enabled(True)
            self.fields.show_error("person_id", _("Type a name and choose."))
            return
        self._note(person)

    def present(self, error: Exception) -> None:
        """A rule that a reason opens shows the field for it."""
        if isinstance(error, NotMeant):
            error.field = "reason"
        if getattr(error, "field", None) == "reason":
            self.fields.set_row_visible("reason", True)
        super().present(error)

    def _note(self, person_id: str) -> None:
        reason = self.fields.value("reason") or None
        self._runner.run(attendance.walk_in, self._row.id, person_id, None, reason, then=self.finish,
                         failed=self.present)  # fmt: skip

    @Slot(str)
    def _on_chosen(self, _person_id: str) -> None:
        self.fields.clear_errors()

    @Slot(str)
    def _on_new(self, alias: str) -> None:
        self._runner.run(people.add_person, alias=alias, then=self._note, failed=self.present)

    def _new_text(self, text: str) -> str:
        return _("New person “{name}”, by alias").format(name=text)

    def _search(self, text: str, deliver: Deliver) -> None:
        then = partial(_deliver, deliver)
        self._runner.fetch(person_search.find_persons, text, 10, then=then, owner=self, latest="search")


def _deliver(deliver: Deliver, hits: tuple[PersonHit, ...]) -> None:
    deliver([person_line(hit) for hit in hits])
