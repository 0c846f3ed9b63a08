"""The record of destroyed session notes (verbale di distruzione): codes, numbers and hashes, no names; two sign it."""

from __future__ import annotations

from famdesk.i18n import N_, _, formats, ngettext
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.signing import paragraphs, signatures
from famdesk.sheets.paper.style import enlarged
from famdesk.usecases.paths.retention_due import Destroyed, RecordContent

KINDS = {"signed": N_("signed note"), "draft": N_("draft"), "working": N_("working note")}
SHOWN = 16
"""So many figures of a hash are printed; the register has all."""


@naming
@enlarged(1.0)
def render(content: RecordContent) -> bytes:
    """The record as PDF (A4) in the current language, made to be kept (PDF/A-2a).

    Raises:
        DoesNotFit: the name of the centre is too long.
        NotInFont: a character cannot be printed.
    """
    number = _("Record of destruction no. {number}/{year}").format(number=content.number, year=content.year)
    table = TableSheet(
        title=number,
        told=_told(content),
        # Translators: heads of the columns of a record of destruction
        columns=(Column(_("Number"), 12), Column(_("Kind"), 20), Column(_("Day of the session"), 20),
                 Column(_("Hash (first {n} figures)").format(n=SHOWN), 28), Column(_("Parts"), 10, right=True),
                 Column(_("Keys"), 10, right=True)),
        rows=tuple(_row(note) for note in content.notes),
        nothing=_("There were no notes."),
        after=(paragraphs(_("What was done"), _done(content)),
               signatures(_("Signed by the two who decided"),
                          (_("Who proposed it (name)"), _("Who confirmed it (name)")))),
    )  # fmt: skip
    return build(table, _("Record of destruction"), archived=True)


def _told(content: RecordContent) -> tuple[str, ...]:
    count = ngettext("{n} note", "{n} notes", len(content.notes)).format(n=formats.number(len(content.notes)))
    what = _("{notes} of the path of care {code}, destroyed on {day}.") if content.code else _(
        "{notes} of sessions that belong to no path, destroyed on {day}."
    )  # fmt: skip
    return (
        content.centre,
        what.format(notes=count, code=content.code, day=formats.date_long(content.done_on)),
        _("Term of {years} years, over since {due} (art. 17 of the psychologists' code of conduct). Proposed on"
          " {proposed}, confirmed on {done}. No legal hold was in force.").format(
            years=content.years, due=formats.date_num(content.due_on),
            proposed=formats.date_num(content.proposed_on), done=formats.date_num(content.done_on)),
    )  # fmt: skip


def _row(note: Destroyed) -> Row:
    number = formats.number(note.number) if note.number is not None else "–"
    return Row((number, _(KINDS[note.kind]), formats.date_num(note.day), note.hash[:SHOWN] or "–",
                formats.number(note.parts), formats.number(note.keys)))  # fmt: skip


def _done(content: RecordContent) -> tuple[str, ...]:
    told = [
        _("The keys of all parts were deleted, those of the author, of colleagues and of the sealed envelope, and the"
          " sealed texts, drawings and attachments with them. Number, day and hash of each signed note stay as a proof"
          " that it was there."),
    ]  # fmt: skip
    if content.on_server:
        told.append(_("The data lie on a server: its keeper sees to what its log and its storage still hold."))
    elif content.cleaned_on is not None:
        told.append(_("The data file was written anew on {day}, so that nothing deleted is left in it.").format(
            day=formats.date_num(content.cleaned_on)))  # fmt: skip
    else:
        told.append(_("The data file is still to be cleaned of what deleting leaves in it."))
    backup = _(
        "Backups made up to {day} still have the notes, sealed, and their keys: they have to be destroyed too, or this"
        " destruction done again after they are restored."
    )
    told.append(backup.format(day=formats.date_num(content.done_on)))
    if content.last_backup is not None and content.last_backup <= content.done_on:
        told.append(_("The last one was made on {day}.").format(day=formats.date_num(content.last_backup)))
    return tuple(told)
