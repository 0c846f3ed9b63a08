"""The part of the editor for other people and things, the place, the way and the note: folded until it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.languages import language_label
from famdesk.i18n import _, formats
from famdesk.ui.calendar.editor_form import Choices
from famdesk.ui.calendar.parties_list import ICONS, PartyChips
from famdesk.ui.calendar.persons import PersonSearch
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.fields import LineField, NumberField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import parties, resources
from famdesk.usecases.calendar.appointment_rows import AppointmentDetail, PartyRow
from famdesk.usecases.calendar.parties import LONGEST_TRAVEL, Extras
from famdesk.usecases.calendar.resources import ResourceRow
from famdesk.usecases.calendar.taken import Party

KEY: Final = "Alt+O"


class PartiesSection(QWidget):
    """Stands below the fields of the editor and follows its person and kind.

    Signals:
        edited(): whom or what the appointment takes has changed.
        told(): it is higher or lower than before.
    """

    edited = Signal()
    told = Signal()

    def __init__(self, runner: Runner, choices: Choices, fields: Form, owner: QWidget) -> None:
        super().__init__()
        self._runner, self._choices, self._fields = runner, choices, fields
        self._family: list[Line] = []
        self._family_of: str | None = None
        self._resources: dict[str, ResourceRow] = {}
        self._travel_given = False
        self._place: tuple[str, str] | None = None
        action = make_action(owner, _("Other people, rooms, mediators…"), self.toggle, icon="users", shortcut=KEY)
        self.button = ActionButton.of(action, hint=True, kind="link")
        self.chips = PartyChips()
        self.panel = QWidget()
        self.form = Form()
        self._persons = _FamilySearch(PersonSearch(runner, self))
        self._build()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.chips)
        layout.addWidget(self.panel)
        self.panel.hide()
        self._connect()

    def extras(self) -> Extras:
        """What the person has given, for the use-case."""
        get = self.form.value
        travel = (get("travel_before"), get("travel_after")) if self._travel_given else (None, None)
        place_id, where = self._where(get("where_text") or None)
        return Extras(self.chips.value(), place_id, where, get("note") or None, travel[0], travel[1],
                      path_id=self._fields.value("path_id"))  # fmt: skip

    def _where(self, text: str | None) -> tuple[str | None, str | None]:
        """The place that the appointment has in the directory, as long as its name stands there; else what is typed."""
        if self._place is not None and text == self._place[1]:
            return self._place[0], None
        return None, text

    def travel(self) -> tuple[int, int]:
        """Minutes of way before and after, as shown."""
        return self.form.value("travel_before") or 0, self.form.value("travel_after") or 0

    def others(self) -> tuple[Party, ...]:
        """Who and what else takes part."""
        return self.chips.value()

    def check(self) -> bool:
        """Whether everything can be read; what cannot is shown, unfolded."""
        if self.form.check():
            return True
        self._unfold()
        self.form.check()
        return False

    def has(self, name: str | None) -> bool:
        """Whether an error's field stands here."""
        return name == "others" or (name is not None and self.form.has(name))

    def show_error(self, name: str, sentence: str) -> None:
        """Unfold and show what is wrong."""
        self._unfold()
        self.form.show_error("person" if name == "others" else name, sentence)

    def load(self, found: AppointmentDetail) -> None:
        """Show those of an appointment; unfolded if there are any."""
        self.chips.set_value(found.others)
        self._travel_given = True
        self._place = (found.place_id, found.place) if found.place_id and found.place else None
        where = found.where_text or (self._place[1] if self._place else "")
        self.form.set_values({
            "where_text": where, "note": found.note or "", "travel_before": found.travel_before,
            "travel_after": found.travel_after,
        })  # fmt: skip
        self.panel.setVisible(bool(found.others or where or found.note))

    @Slot()
    def toggle(self) -> None:
        """Unfold and go there, or fold."""
        if self.panel.isHidden():
            self._unfold()
            self.form.field("person").setFocus()
        else:
            self.panel.hide()
            self.button.setFocus()
            self.told.emit()

    @Slot()
    def follow(self) -> None:
        """The person or the kind is another one."""
        kind, person_id = self._fields.value("kind"), self._fields.value("person_id")
        if not self._travel_given:
            minutes = parties.usual_travel(kind or "")
            self.form.set_values({"travel_before": minutes, "travel_after": minutes})
        if person_id != self._family_of and not self.panel.isHidden():
            self._family_of = person_id
            self._persons.offered = []
            if person_id:
                self._runner.fetch(parties.family, person_id, then=self._take_family, latest="family",
                                   failed=_nothing, owner=self)  # fmt: skip

    def _unfold(self) -> None:
        if not self.panel.isHidden():
            return
        self.panel.show()
        self.follow()
        if not self._resources:
            self._runner.fetch(resources.resources, then=self._take_resources, latest="resources", owner=self)
        self.told.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        form = self.form
        form.add("person", _("Other person"), FamilyField(self._persons, _("Name; the family is offered first")))
        form.add("staff", _("Other colleague"), ChoiceField(_named(self._choices.colleagues), _("Add a colleague")))
        form.add("room", _("Other room"), ChoiceField(_named(self._choices.rooms), _("Add a room")))
        form.add("resource", _("Mediator or equipment"), ChoiceField((), _("Add; a language finds the mediator")))
        # Translators: where an appointment takes place
        form.add("where_text", _("Where"), LineField(limit=200, placeholder=_("If not at the access point")))
        form.add("travel_before", _("Way there (minutes)"), NumberField(0, LONGEST_TRAVEL))
        form.add("travel_after", _("Way back (minutes)"), NumberField(0, LONGEST_TRAVEL))
        form.add("note", _("Note"), TextField(lines=2))
        form.set_values({"where_text": "", "note": "", "travel_before": 0, "travel_after": 0})

    def _connect(self) -> None:
        for kind in ("person", "staff", "room", "resource"):
            field = self.form.field(kind)
            field.setProperty("party_kind", kind)
            field.chosen.connect(self._on_chosen)
        for name in ("travel_before", "travel_after"):
            self.form.field(name).edited.connect(self._on_travel)
        self.chips.edited.connect(self.edited)
        self.chips.edited.connect(self.told)
        for form_edited in (self.form.edited, self.chips.edited):
            form_edited.connect(self._fields.touch)
        for name in ("kind", "person_id"):
            self._fields.field(name).edited.connect(self.follow)
        self._fields.field("kind").chosen.connect(self.follow)

    @Slot(str)
    def _on_chosen(self, chosen_id: str) -> None:
        field: Any = self.sender()
        kind = str(field.property("party_kind"))
        self.chips.add(PartyRow(kind, chosen_id, field.text()))
        field.set_value(None)

    @Slot()
    def _on_travel(self) -> None:
        self._travel_given = True
        self.edited.emit()

    def _take_family(self, rows: Sequence[tuple[str, str]]) -> None:
        # Translators: a badge beside somebody of the same household
        self._persons.offered = [Line(key, name, icon=ICONS["person"], badge=_("family")) for key, name in rows]

    def _take_resources(self, rows: Sequence[ResourceRow]) -> None:
        self._resources = {row.id: row for row in rows if row.active}
        self.form.field("resource").set_choices([_choice(row) for row in self._resources.values()])


class FamilyField(SearchField):
    """Finds persons; before anything is typed, Down offers the family."""

    def __init__(self, search: _FamilySearch, placeholder: str) -> None:
        super().__init__(search, placeholder)
        self._of = search

    def search(self, text: str) -> None:
        if text.strip() or not self._of.offered:
            super().search(text)
        else:
            self.delivery()(self._of.offered)


class _FamilySearch:
    """What fits of the family first, then of everybody."""

    def __init__(self, search: PersonSearch) -> None:
        self._search = search
        self.offered: list[Line] = []

    def __call__(self, text: str, deliver: Deliver) -> None:
        known = {line.id for line in self.offered}
        fitting = [line for line in self.offered if text.lower() in line.title.lower()]

        def both(lines: Sequence[Line]) -> None:
            deliver([*fitting, *(line for line in lines if line.id not in known)])

        self._search(text, both)


def _nothing(_error: Exception) -> None:
    """The person was put into another file meanwhile: no family is offered."""


def _named(named: Sequence[tuple[str, str]]) -> list[Choice]:
    return [Choice(key, name) for key, name in named]


def _choice(row: ResourceRow) -> Choice:
    spoken = formats.list_text([language_label(code) for code in row.values.languages])
    return Choice(row.id, row.values.name, detail=spoken or row.body, keywords=spoken)
