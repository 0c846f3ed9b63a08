"""Dialogs of the notes: about whom and when a session was, and with whom a note is shared."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import labels
from famdesk.domain.notes.note_texts import TEMPLATE
from famdesk.domain.notes.notes import SESSION_KINDS
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, NumberField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.notes.path_field import PathField
from famdesk.ui.notes.people_field import PeopleField
from famdesk.ui.notes.readers import Readers
from famdesk.ui.notes.session_field import KindField, SessionField
from famdesk.ui.notes.snippets import chosen, listed
from famdesk.usecases.notes import escrow, note_snippets, notes
from famdesk.usecases.notes.note_rows import NoteRow, NoteTexts, NoteValues
from famdesk.usecases.notes.note_sessions import SessionRow
from famdesk.usecases.notes.note_snippets import SnippetRow
from famdesk.usecases.office import Office
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

SHARERS = frozenset({"educator", "social_worker", "psychologist", "coordinator"})


class NoteDialog(Dialog):
    """A new note, or other details of a draft; `finished_with` gives the id."""

    def __init__(
        self, parent: QWidget, runner: Runner, row: NoteRow | None = None, person: tuple[str, str] = ("", "")
    ) -> None:
        """`person` is the id and name of whom a new note is about at first."""
        super().__init__(parent, _("Details of the note") if row else _("New note"), _("Save") if row else _("Begin"))
        self._runner, self._row = runner, row
        form = Form()
        people = PeopleField(runner)
        self._people = people
        if row is None:
            session = SessionField(runner, person[0])
            session.filled.connect(self._fill)
            form.add("appointment_id", _("Appointment of today"), session)
        form.add("person_ids", _("About"), people)
        self._kind = KindField(runner, people, [Choice(*one) for one in labels(SESSION_KINDS)], new=row is None)
        form.add("kind", _("Kind"), self._kind, required=True)
        form.add("day", _("Day of the session"), DateField(), required=True)
        form.add("starts", _("Time"), TimeField())
        form.add("minutes", _("Length in minutes"), NumberField(1, 24 * 60))
        self._path = PathField(runner, people, row.path_id if row else None, new=row is None)
        form.add("path_id", _("Path of care"), self._path)
        form.add("private", "", CheckField(_("Working note of my own, no part of the file")))
        self._templates: tuple[SnippetRow, ...] = ()
        if row is None:
            form.add("template", _("Begins with"), ChoiceField([], _("an empty page")))
            runner.fetch(note_snippets.snippets, TEMPLATE, then=self._take_templates, failed=self.present, owner=self)
        self.form = form
        self.body.addWidget(form)
        now = runner.now()
        if row is not None:
            people.name(dict(zip(row.person_ids, row.people, strict=True)))
            form.set_values({"person_ids": row.person_ids, "kind": row.kind, "day": row.day, "starts": row.starts,
                             "minutes": row.minutes, "private": row.private})  # fmt: skip
        else:
            people.name({person[0]: person[1]})
            form.set_values({"person_ids": [person[0]], "kind": "individual", "day": now.date()})
        self._path.look()

    def values(self) -> NoteValues:
        """What was typed; what is not asked here stays as it was."""
        found: dict[str, Any] = self.form.values() if self.form else {}
        row = self._row
        return NoteValues(
            found["kind"], found["day"], tuple(found["person_ids"]), found["starts"], found["minutes"],
            found["private"], found["path_id"], row.appointment_id if row else found["appointment_id"],
            row.meeting_id if row else None,
        )  # fmt: skip

    @Slot(object)
    def _fill(self, session: SessionRow) -> None:
        """What is known of an appointment needs not be typed."""
        if self.form is None:
            return
        ids = [person_id for person_id, _name in session.people]
        self._people.name(dict(session.people))
        self.form.set_values({"person_ids": ids, "starts": session.starts, "minutes": session.minutes,
                              "day": self._runner.now().date()})  # fmt: skip
        self._kind.propose(session.kind)
        self._path.look()

    def save(self) -> None:
        if self._row is None:
            self._runner.run(notes.start, self.values(), self._begun(), then=self.finish, failed=self.present,
                             quiet=True)  # fmt: skip
            return
        then = partial(self._done, self._row.id)
        self._runner.run(notes.change, self._row.id, self._row.version, self.values(), then=then, failed=self.present,
                         owner=self, quiet=True)  # fmt: skip

    def _begun(self) -> NoteTexts:
        """The template that was chosen, if any."""
        found = chosen(self._templates, self.form.value("template") or "") if self.form else None
        return NoteTexts(found.body if found else "")

    def _take_templates(self, rows: tuple[SnippetRow, ...]) -> None:
        self._templates = rows
        if self.form is not None:
            self.form.field("template").set_choices(listed(rows))

    def _done(self, note_id: str, _nothing: object) -> None:
        self.finish(note_id)


class ShareDialog(Dialog):
    """With which colleague a signed note is shared: for supervision, never the file of a family."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office, row: NoteRow) -> None:
        super().__init__(parent, _("Let a colleague read this note"), _("Share"))
        self._runner, self._office, self._row = runner, office, row
        self.body.addWidget(Label(
            _("The note is sealed to this colleague as well, and the journal says so. What was read once cannot be "
              "taken back."), "second", wrap=True))  # fmt: skip
        form = Form()
        form.add("staff_id", _("Colleague"), ChoiceField([]), required=True)
        self.form = form
        readers = Readers(runner)
        readers.failed.connect(self.present)
        readers.filled.connect(self._make_room)
        readers.look(row.id)
        self.body.addWidget(readers)
        self.body.addWidget(form)
        runner.fetch(staff.colleagues, then=self._take, failed=self.present, owner=self)

    def save(self) -> None:
        staff_id = self.form.value("staff_id") if self.form else ""
        work = partial(escrow.public_key, self._office, staff_id)
        self._runner.in_turn(work, then=partial(self._share, staff_id), failed=self.present, owner=self)

    def _share(self, staff_id: str, public: bytes) -> None:
        self._runner.run(notes.share, self._row.id, staff_id, public, then=self.finish, failed=self.present)

    def _take(self, rows: tuple[ColleagueRow, ...]) -> None:
        wanted = [row for row in rows if row.login and row.role in SHARERS and row.id != self._row.author_id]
        if self.form is not None:
            self.form.field("staff_id").set_choices([Choice(row.id, row.name) for row in wanted])
