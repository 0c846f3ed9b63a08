"""The dialog in which is fixed to whom an excerpt, a summary or a report goes, what covers it, and for which days.

As soon as a recipient is chosen it says which consent or lawful ground covers it; if none does, the sentence of why
stands on top, to be read aloud, and nothing is begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from famdesk.domain.codes import labels
from famdesk.domain.errors import RuleError
from famdesk.domain.notes.note_release import BODY, COLLEAGUE, FAMILY, LONGEST_NAME, PURPOSES, RECIPIENTS, Terms
from famdesk.domain.notes.notes import OUT_KINDS
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.consent.consents import ConsentMissing
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.intake.referrals import ConsentForAnother
from famdesk.usecases.notes import note_release
from famdesk.usecases.notes.note_cover import NoCover
from famdesk.usecases.notes.note_release_rows import Cover, PersonOfFamily, Recipient, ReleaseRow
from famdesk.usecases.notes.note_rows import NoteRow
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

USUAL = timedelta(days=30)
"""How long a colleague may read, if nobody says otherwise."""
_SHOWN = {COLLEAGUE: ("staff_id", "until"), BODY: ("body_id", "name"), FAMILY: ("other_id",)}


class ReleaseDialog(Dialog):
    """A new excerpt, summary or report about one of those whom a note names, or other terms of one that is written;
    `finished_with` gives the id of the note that it is.

    Attributes:
        cover: the words about what covers it. consents: the way to the consents of the person, where none does.

    Signals:
        consents_wanted(str): the consents of that person are to be shown.
    """

    consents_wanted = Signal(str)

    def __init__(
        self, parent: QWidget, runner: Runner, about: Sequence[tuple[str, str]], row: NoteRow | None = None,
        release: ReleaseRow | None = None,
    ) -> None:  # fmt: skip
        """`about` are ids and names, `row` the note from which one comes."""
        title = _("To whom it goes") if release else _("Excerpt, summary or report")
        super().__init__(parent, title, _("Save") if release else _("Begin to write"))
        self._runner, self._release = runner, release
        self.form: Form = _made(about, new=release is None)
        self.cover = Label("", "second", wrap=True)
        self.consents = ActionButton(_("Open the consents of this person"), "signature", kind="link")
        self.consents.clicked.connect(self._on_consents)
        self.consents.hide()
        self._stopped = False
        self.setMinimumWidth(theme.unit(140))
        self.body.addWidget(Label(
            _("What you write is a text of its own. Nothing of the note goes into it but what you take over."),
            "second", wrap=True))  # fmt: skip
        self.body.addWidget(self.form)
        self.body.addWidget(self.cover)
        self.body.addWidget(self.consents, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill(about, row, release)
        for name in ("person_id", "staff_id", "body_id", "other_id"):
            self.form.field(name).chosen.connect(self._ask)
        self.form.field("name").editingFinished.connect(self._ask)
        self.form.field("to").chosen.connect(self._on_to)
        self.form.field("person_id").chosen.connect(self._ask_family)
        self._on_to()
        runner.fetch(directory.bodies, then=self._take_bodies, owner=self)
        runner.fetch(staff.colleagues, then=self._take_colleagues, owner=self)
        self._ask_family()

    def save(self) -> None:
        found = self.form.values()
        terms = Terms(found["kind"] or "", found["purpose"] or "", found["first"], found["last"], found["until"])
        if self._release is None:
            self._runner.run(note_release.begin, found["person_id"], self._recipient(), terms, then=self.finish,
                             failed=self._on_failed, quiet=True)  # fmt: skip
            return
        then = partial(self._done, self._release.note_id)
        self._runner.run(note_release.change, self._release.id, self._release.version, self._recipient(), terms,
                         then=then, failed=self._on_failed, owner=self, quiet=True)  # fmt: skip

    def _done(self, note_id: str, _nothing: object) -> None:
        self.finish(note_id)

    def _recipient(self) -> Recipient:
        found: dict[str, Any] = self.form.values()
        kind = found["to"]
        if kind == COLLEAGUE:
            return Recipient(staff_id=found["staff_id"] or None)
        if kind == FAMILY:
            return Recipient(other_id=found["other_id"] or None)
        body = found["body_id"] or None
        return Recipient(body_id=body, name=None if body else found["name"] or None)

    @Slot()
    def _on_to(self) -> None:
        """The fields of this kind of recipient alone."""
        kind = self.form.value("to")
        for one, names in _SHOWN.items():
            for name in names:
                self.form.set_row_visible(name, one == kind)
        self._ask()
        self._make_room()

    @Slot()
    def _ask_family(self) -> None:
        person_id = self.form.value("person_id")
        if person_id:
            self._runner.fetch(note_release.family, person_id, then=self._take_family, owner=self, latest="family")

    @Slot()
    def _ask(self) -> None:
        """Whether something covers this recipient."""
        person_id, to = self.form.value("person_id"), self._recipient()
        if person_id and to.kind:
            self._runner.fetch(note_release.cover, person_id, to, then=self._say, failed=self.present, owner=self,
                               latest="cover")  # fmt: skip
        else:
            self._say(Cover())

    def _say(self, found: Cover) -> None:
        told = [found.told]
        if found.withheld:
            told.append(_("Not to be passed on: {what}").format(what=found.withheld))
        self.cover.setText("\n".join(part for part in told if part))
        self.cover.setVisible(any(told))
        self.set_accept_enabled(not found.stops)
        self.consents.setVisible(bool(found.stops))
        if found.stops:
            self.bar.warning(found.stops)
            announce(self.bar, found.stops, urgent=True)
        elif self._stopped:
            self.bar.clear()
        self._stopped = bool(found.stops)
        self._make_room()

    @Slot()
    def _on_consents(self) -> None:
        """What was chosen here is chosen again quickly: nobody is asked about it."""
        person_id = self.form.value("person_id")
        QDialog.reject(self)
        self.consents_wanted.emit(person_id)

    def _on_failed(self, error: Exception) -> None:
        """A missing consent is no mistake in a field: it is read aloud."""
        if isinstance(error, (ConsentMissing, ConsentForAnother, NoCover)):
            self._say(Cover(stops=error.sentence()))
            return
        if isinstance(error, RuleError) and error.field == "recipient":
            error.field = {COLLEAGUE: "staff_id", FAMILY: "other_id"}.get(self.form.value("to"), "body_id")
        self.present(error)

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        self.form.field("body_id").set_choices([Choice(row.id, row.name, detail=row.short_name or "") for row in rows])
        self._again("body_id", self._release.recipient.body_id if self._release else None)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self.form.field("staff_id").set_choices([Choice(row.id, row.name) for row in rows if row.login])
        self._again("staff_id", self._release.recipient.staff_id if self._release else None)

    def _take_family(self, rows: tuple[PersonOfFamily, ...]) -> None:
        self.form.field("other_id").set_choices([Choice(row.id, row.name) for row in rows])
        self._again("other_id", self._release.recipient.other_id if self._release else None)

    def _again(self, name: str, value: str | None) -> None:
        """What was chosen before, now that the choices are there."""
        if value and not self.form.dirty:
            self.form.set_values({name: value})
            self._ask()

    def _fill(self, about: Sequence[tuple[str, str]], row: NoteRow | None, release: ReleaseRow | None) -> None:
        today = self._runner.now().date()
        if release is not None:
            terms = release.terms
            self.form.set_values({
                "kind": terms.kind, "person_id": release.person_id, "to": release.recipient.kind,
                "name": release.recipient.name or "", "purpose": terms.purpose, "first": terms.first,
                "last": terms.last, "until": terms.until,
            })  # fmt: skip
            return
        day = row.day if row is not None else today
        self.form.set_values({"kind": "summary", "person_id": about[0][0] if len(about) == 1 else None,
                              "to": COLLEAGUE, "first": day, "last": day, "until": today + USUAL})  # fmt: skip


def _made(about: Sequence[tuple[str, str]], *, new: bool) -> Form:
    form = Form()
    kind = form.add("kind", _("What"), ChoiceField([Choice(*one) for one in labels(OUT_KINDS)], allow_none=False),
                    required=True)  # fmt: skip
    person = form.add("person_id", _("About"), ChoiceField([Choice(*one) for one in about], allow_none=False),
                      required=True)  # fmt: skip
    kind.setEnabled(new)
    person.setEnabled(new and len(about) > 1)
    form.add("to", _("For"), ChoiceField([Choice(*one) for one in labels(RECIPIENTS)], allow_none=False),
             required=True)  # fmt: skip
    form.add("staff_id", _("Colleague"), ChoiceField([]))
    form.add("body_id", _("Body of the directory"), ChoiceField([]))
    form.add("name", _("Or its name"), LineField(LONGEST_NAME))
    form.add("other_id", _("Given to"), ChoiceField([]), hint=_("Only who is of age, or decides for the person today."))
    form.add("purpose", _("Purpose"), ChoiceField([Choice(*one) for one in labels(PURPOSES)], allow_none=False),
             required=True)  # fmt: skip
    form.add("first", _("Sessions from"), DateField(), required=True)
    form.add("last", _("Sessions to"), DateField(), required=True)
    form.add("until", _("May be read until"), DateField())
    return form
