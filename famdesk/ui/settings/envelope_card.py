"""The sealed envelope of the session notes: made, printed in three parts, and opened by two of them for a successor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import rights
from famdesk.i18n import _, language, ngettext, using
from famdesk.ui.kit.dialog import Dialog, ask_reason, confirm
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.sheet_dialog import SheetDialog
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import button
from famdesk.usecases import escrow, staff
from famdesk.usecases.staff import ColleagueRow

if TYPE_CHECKING:
    from famdesk.sheets.recovery import EnvelopeShares
    from famdesk.usecases.office import Office

AUTHORS = frozenset({"educator", "social_worker", "psychologist", "coordinator"})


class EnvelopeCard(Card):
    """Whether there is an envelope, and what can be done with it.

    Signals:
        told(str): a sentence for the message bar.
        failed(object): an error to present.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Sealed envelope of the session notes"), "shield-alert", parent)
        self._runner, self._office = runner, office
        self._state = Label("", wrap=True)
        self.make = button(_("Make the envelope…"), "key-round", self._on_make)
        self.open = button(_("Hand notes over to a successor…"), "users", self._on_open)
        self.body.addWidget(self._state)
        self.body.addWidget(Label(
            _("Without it, the notes of somebody who dies, falls ill or loses the password are lost: nobody else has a "
              "key. Its own key is printed in three parts for three holders, and two of them are needed."),
            "second", wrap=True))  # fmt: skip
        left = Qt.AlignmentFlag.AlignLeft
        self.body.addWidget(self.make, 0, left)
        self.body.addWidget(self.open, 0, left)
        self.look()

    def look(self) -> None:
        """Says how it stands now."""
        made = self._office.actor.escrow is not None
        self._state.setText(_("The envelope was made.") if made else _("No envelope was made yet."))
        self.make.setText(_("Make a new envelope…") if made else _("Make the envelope…"))
        self.setVisible(bool(rights.cell(escrow.note_made.name, self._runner.role)))
        self.open.setVisible(made and bool(rights.cell(escrow.hand_over.name, self._runner.role)))

    @Slot()
    def _on_make(self) -> None:
        if self._office.actor.escrow is None:
            confirm(self, _("Make the envelope now?"), _("Make and print"), partial(self._make, None),
                    detail=_("Have three paper envelopes ready, one for each holder."))  # fmt: skip
        else:
            ask_reason(self, _("Make a new envelope?"), _("Make and print"), self._make,
                       detail=_("The parts of the old one end: notes are sealed to the new one at the next sign-in of "
                                "their authors."))  # fmt: skip

    def _make(self, reason: str | None) -> None:
        work = partial(escrow.make, self._office, reason)
        self._runner.in_turn(work, then=self._on_made, failed=self.failed.emit, owner=self)

    def _on_made(self, codes: tuple[str, ...]) -> None:
        self.look()
        note = _("Print these sheets now: the codes are kept nowhere and cannot be shown again.")
        title = _("Sealed envelope of the session notes")
        dialog = EnvelopeSheets(self.window(), self._runner, title, "busta-sigillata",
                             partial(_gather, self._office.home.settings().centre_name, codes), _render,
                             [(language(), "")], _("Language"), note=note, key="recovery")  # fmt: skip
        dialog.open()

    @Slot()
    def _on_open(self) -> None:
        dialog = HandOverDialog(self.window(), self._runner, self._office)
        dialog.finished_with.connect(self._on_handed_over)
        dialog.open()

    @Slot(object)
    def _on_handed_over(self, count: object) -> None:
        number = int(str(count))
        text = ngettext("{n} part of notes was handed over.", "{n} parts of notes were handed over.", number)
        self.told.emit(text.format(n=number))


class EnvelopeSheets(SheetDialog):
    """The three sheets. The codes are kept nowhere: whoever closes this before they are on paper loses them."""

    @Slot()
    def reject(self) -> None:
        asked = confirm(self, _("Close without printing?"), _("Close all the same"), self._close, danger=True,
                        detail=_("The codes were not printed and will be lost: then nobody can open the envelope, and "
                                 "a new one has to be made."))  # fmt: skip
        asked.begin_with_cancel(_("Back to the sheets"))

    def _close(self) -> None:
        super().reject()


class HandOverDialog(Dialog):
    """Two holders type their parts; the notes of an author are sealed to a successor."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office) -> None:
        super().__init__(parent, _("Hand notes over to a successor"), _("Hand over"), danger=True)
        self._runner, self._office = runner, office
        self.body.addWidget(Label(
            _("Two holders are present, each with their own part. Each note goes into the journal, and its author is "
              "told."), "second", wrap=True))  # fmt: skip
        form = Form(labels="top")
        form.add("code_1", _("First part"), LineField(80), required=True)
        form.add("code_2", _("Second part"), LineField(80), required=True)
        form.add("author_id", _("Notes of"), ChoiceField([]), required=True)
        form.add("staff_id", _("Successor"), ChoiceField([]), required=True,
                 hint=_("Who lost the password gets one's own notes back: choose the same colleague."))  # fmt: skip
        form.add("reason", _("Reason"), TextField(lines=2), required=True)
        self.form = form
        self.body.addWidget(form)
        runner.fetch(staff.colleagues, False, then=self._take, failed=self.present, owner=self)

    def save(self) -> None:
        found = self.form.values() if self.form else {}
        work = partial(escrow.public_key, self._office, found["staff_id"])
        self._runner.in_turn(work, then=partial(self._hand_over, found), failed=self.present, owner=self)

    def _hand_over(self, found: dict[str, str], public: bytes) -> None:
        self._runner.run(escrow.hand_over, (found["code_1"], found["code_2"]), found["author_id"], found["staff_id"],
                         public, found["reason"], then=self.finish, failed=self.present)  # fmt: skip

    def _take(self, rows: tuple[ColleagueRow, ...]) -> None:
        if self.form is None:
            return
        self.form.field("author_id").set_choices([Choice(row.id, row.name) for row in rows if row.role in AUTHORS])
        self.form.field("staff_id").set_choices(
            [Choice(row.id, row.name) for row in rows if row.login and row.active and row.role in AUTHORS]
        )


def _gather(centre: str, codes: tuple[str, ...], tx: Any, _choice: str) -> EnvelopeShares:
    from famdesk.sheets.recovery import EnvelopeShares

    return EnvelopeShares(centre, codes, tx.today(), escrow.NEEDED)


def _render(content: EnvelopeShares, lang: str) -> bytes:
    from famdesk.sheets.recovery import render_shares

    with using(lang):
        return render_shares(content)
