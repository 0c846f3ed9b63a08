"""The journal in words: who did what, at which desk, with how many records of which kind; nobody's file is named."""

from __future__ import annotations

import json
from typing import Final

from famdesk.domain.staff import rights
from famdesk.i18n import N_, _, formats, ngettext
from famdesk.ui.kit.lines import Line
from famdesk.ui.reading_lines import WHAT
from famdesk.usecases.journal import step_label
from famdesk.usecases.readings import JournalRow

RECORDS: Final = {
    "person": N_("file of a person"), "note": N_("session note"), "access_card": N_("access card"),
    "appointment": N_("appointment"), "household": N_("household"), "contact_point": N_("contact point"),
    "staff": N_("colleague"), "measure": N_("measure of a court"), "emergency": N_("emergency access"),
    "referral": N_("referral"), "consent": N_("consent"), "note_part": N_("part of a note"),
    "enrolment": N_("enrolment"), "meeting": N_("meeting"), "initiative": N_("initiative"),
    "info_contact": N_("info contact"), "path": N_("path of care"), "series": N_("series of appointments"),
    "visit": N_("visit in the waiting room"), "follow_up": N_("thing to be done"), "sheet_mail": N_("sheet by mail"),
    "membership": N_("member of a household"), "relation": N_("relation"), "flag": N_("mark"),
    "responsibility": N_("parental responsibility"), "consent_signature": N_("signature of a consent"),
    "attendance": N_("attendance"),
}  # fmt: skip
"""What a line of the journal speaks of; tables without a word are told as "other record"."""


def journal_line(row: JournalRow) -> Line:
    """An entry as a line; its number stands at the end."""
    role = _(rights.ROLE_LABELS[row.role]) if row.role in rights.ROLE_LABELS else row.role
    where = _("at {station}").format(station=row.station) if row.station else ""
    said = (row.by, role, where, _records(row), row.reason or "")
    return Line(str(row.seq), _what(row), lead=formats.moment(row.at), trail=str(row.seq),
                detail=" · ".join(part for part in said if part))  # fmt: skip


def _what(row: JournalRow) -> str:
    if row.kind in WHAT and row.kind not in ("emergency", "escrow"):  # which may have opened nothing, and given nothing
        return _(WHAT[row.kind])
    return step_label(row.kind, row.action, json.loads(row.details))


def _records(row: JournalRow) -> str:
    """Of what kind the records are: "file of a person, 2 × access card"."""
    words: dict[str, int] = {}
    for table, many in row.tables:
        # Translators: of a line of the journal: a record of a kind that is not named
        word = _(RECORDS[table]) if table in RECORDS else _("other record")
        words[word] = words.get(word, 0) + many
    return ", ".join(word if many == 1 else ngettext("{n} × {what}", "{n} × {what}", many).format(n=many, what=word)
                     for word, many in words.items())  # fmt: skip
