"""Finding the person of an appointment while one types, and making a new one without leaving the appointment."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.person_lines import person_line
from famdesk.usecases.people import people


class PersonSearch(QObject):
    """Asks for persons; called by a `SearchField`."""

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner

    def __call__(self, text: str, deliver: Deliver) -> None:
        self._runner.fetch(people.find_persons, text, then=_Delivery(deliver), owner=self, latest="persons")


class _Delivery:
    """Turns what was found into lines."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver

    def __call__(self, hits: Sequence[people.PersonHit]) -> None:
        self._deliver([person_line(hit) for hit in hits])


def offer_new(typed: str) -> str:
    """The words of the entry that makes a new person."""
    return _("New person: {name}").format(name=typed)


class NewPersonDialog(Dialog):
    """A person by what they are called and a phone number; the file is completed later, with the privacy notice.

    `finished_with` tells the id; `called` is the name to show.
    """

    def __init__(self, parent: QWidget, runner: Runner, typed: str) -> None:
        super().__init__(parent, _("New person"), _("Add"))
        self._runner = runner
        self.form = Form(labels="top")
        hint = _("As they want to be called. Name and data follow with the privacy notice.")
        self.form.add("alias", _("Called"), LineField(limit=80), required=True, hint=hint)
        self.form.add("phone", _("Phone"), LineField(limit=40))
        self.form.set_values({"alias": typed})
        self.body.addWidget(self.form)

    def called(self) -> str:
        """What was typed as the name."""
        return str(self.form.value("alias")) if self.form else ""

    def save(self) -> None:
        assert self.form is not None
        phone = self.form.value("phone") or None
        self._runner.run(people.add_person, alias=self.called(), phone=phone, then=self.finish, failed=self.present)
