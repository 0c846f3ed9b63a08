"""Dialogs of households: name and address, who lives there, since when."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.people import words
from famdesk.ui.people.family.finding import PersonField
from famdesk.usecases.family import households
from famdesk.usecases.people.person_rows import HouseholdRow, MemberRow, PersonFile


class HouseholdDialog(Dialog):
    """A household that is changed, or a new one in which the person lives."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, home: HouseholdRow | None) -> None:
        super().__init__(parent, _("Household"), _("Save") if home else _("Add household"))
        self._runner, self._found, self._home = runner, file, home
        self.form = Form()
        self.form.add("name", _("Name"), LineField(), required=True)
        self.form.add("address", _("Address"), LineField())
        self.form.add("town", _("Town"), LineField())
        self.form.add("note", _("Note"), TextField(lines=2))
        if home is None:
            self.form.section(file.label)
            self.form.add("role", _("Role in the household"), role_field(), required=True)
            self.form.add("since", _("Lives there since"), DateField(past=True))
            self.form.set_values({"name": file.surname or file.label, "town": file.town, "role": "member"})
        else:
            names = ("name", "address", "town", "note")
            self.form.set_values({name: getattr(home, name) for name in names})
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._home is None:
            members = [(self._found.id, values.pop("role"))]
            self._runner.run(
                households.add_household, values.pop("name"), members, **values, then=self.finish, failed=self.present
            )
            return
        self._runner.run(
            households.change_household, self._home.id, self._home.version, **values,
            municipality=self._home.municipality, then=self.finish, failed=self.present,
        )  # fmt: skip


class JoinDialog(Dialog):
    """A further member for a household."""

    def __init__(self, parent: QWidget, runner: Runner, home: HouseholdRow) -> None:
        super().__init__(parent, _("New member of the household"), _("Add member"))
        self._runner, self._home = runner, home
        self.body.addWidget(Label(words.joined(home.name, home.address, home.town), "second", wrap=True))
        self.form = Form()
        self.form.add("person_id", _("Person"), PersonField(runner, self), required=True)
        self.form.add("role", _("Role in the household"), role_field(), required=True)
        self.form.add("since", _("Lives there since"), DateField(past=True))
        add_days(self.form)
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        self._runner.run(
            households.join_household, self._home.id, values["person_id"], values["role"], values["since"],
            values["days"], then=self.finish, failed=self.present,
        )  # fmt: skip


class LivesWithDialog(Dialog):
    """Puts the person into the household of somebody else who is known."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Lives with"), _("Add to the household"))
        self._runner, self._found = runner, file
        self.form = Form()
        with_field = self.form.add("other", _("Lives with"), PersonField(runner, self, file.id), required=True)
        self._homes: ChoiceField = self.form.add(
            "household_id", _("Household"), ChoiceField([], allow_none=False), required=True
        )
        self.form.add("role", _("Role of {name}").format(name=file.label), role_field(), required=True)
        self.form.add("since", _("Lives there since"), DateField(past=True))
        add_days(self.form)
        self.body.addWidget(self.form)
        with_field.chosen.connect(self._on_other)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        self._runner.run(
            households.join_household, values["household_id"], self._found.id, values["role"], values["since"],
            values["days"], then=self.finish, failed=self._place,
        )  # fmt: skip

    def _place(self, error: Exception) -> None:
        """The person is not a field here: what is wrong with it is wrong with the choice of the household."""
        if isinstance(error, households.AlreadyMember):
            error.field = "household_id"
        self.present(error)

    @Slot(str)
    def _on_other(self, person_id: str) -> None:
        self._runner.fetch(households.households_of, person_id, then=self._take_homes, failed=self.present)

    def _take_homes(self, rows: tuple[households.HomeRow, ...]) -> None:
        assert self.form is not None
        self._homes.set_choices([Choice(row.id, row.name, words.joined(row.address, row.town)) for row in rows])
        self._homes.set_value(rows[0].id if rows else None)
        if not rows:
            self.form.show_error("other", _("No household is known of this person. Open that file and add one first."))


class MembershipDialog(Dialog):
    """A member's role and dates; a last day ends the membership and keeps the past."""

    def __init__(self, parent: QWidget, runner: Runner, home: HouseholdRow, member: MemberRow) -> None:
        super().__init__(parent, _("Place in the household"), _("Save"))
        self._runner, self._member = runner, member
        self.body.addWidget(Label(words.joined(member.label, home.name), "second", wrap=True))
        self.form = Form()
        self.form.add("role", _("Role in the household"), role_field(), required=True)
        self.form.add("since", _("Lives there since"), DateField(past=True))
        self.form.add("last_day", _("Last day"), DateField(), hint=_("Empty while the person lives there."))
        add_days(self.form)
        self.body.addWidget(self.form)
        places = {"since": member.valid_from, "last_day": member.valid_to}
        self.form.set_values({"role": member.role, "days": member.days, **places})

    def save(self) -> None:
        assert self.form is not None
        self._runner.run(
            households.change_membership, self._member.membership_id, self._member.version, **self.form.values(),
            then=self.finish, failed=self.present,
        )  # fmt: skip


def add_days(form: Form) -> None:
    """When somebody with two homes is in this one."""
    hint = _("Only for who has two homes: for example Monday to Wednesday and every second weekend.")
    form.add("days", _("Days here"), LineField(limit=300), hint=hint)


def role_field() -> ChoiceField:
    """The roles in a household."""
    return ChoiceField([Choice(*pair) for pair in codes.labels(codes.MEMBER_ROLES)], allow_none=False)
