"""Persons as files for other programs: a table for spreadsheets, and cards for address books.

Both hold only what `usecases.people.person_export` gives. A cell never becomes a formula: where a spreadsheet would
calculate, an apostrophe stands in front, as spreadsheets themselves write it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from famdesk.domain.errors import RuleError
from famdesk.domain.languages import language_label
from famdesk.i18n import N_, _
from famdesk.usecases.people.person_export import ExportRow

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet calculate, in front of a cell; the wide forms too, which some read alike.

Source: OWASP, CSV Injection.
"""
PHONE = re.compile(r"\+[0-9][0-9 ()./-]*")
FOLD = 75
"""The longest line of a card, in bytes. Source: RFC 2426, 2.6."""


class NobodyToExport(RuleError):
    message = N_("Nobody among these may be named outside the centre.")


def made(rows: Sequence[ExportRow], form: str) -> bytes:
    """The file of a form: "csv" or "vcard".

    Raises:
        NobodyToExport: there is nobody.
    """
    if not rows:
        raise NobodyToExport
    return table(rows) if form == "csv" else cards(rows)


def table(rows: Sequence[ExportRow]) -> bytes:
    """The persons as a table: UTF-8 with its mark, semicolons, every cell in quotation marks, one line per person."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_("Name"), _("Born"), _("Town"), _("Language"), _("Phone"), _("E-mail"), _("Address"),
                     _("To be minded")])  # fmt: skip
    for row in rows:
        cells = (
            row.name,
            row.born,
            row.town,
            language_label(row.language),
            row.phone,
            row.mail,
            row.address,
            row.remark,
        )
        writer.writerow([cell(text) for text in cells])
    return text.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a phone number keeps its plus."""
    if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA):
        return text if PHONE.fullmatch(text) else f"'{text}"
    return text


def cards(rows: Sequence[ExportRow]) -> bytes:
    """The persons as address cards.

    Source: RFC 2426 (vCard 3.0, which phones and mail programs read).
    """
    return "".join(_card(row) for row in rows).encode()


def _card(row: ExportRow) -> str:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(row.name)};;;;", f"FN:{_escaped(row.name)}"]
    if row.phone:
        lines.append(f"TEL;TYPE=VOICE:{_escaped(row.phone)}")
    if row.mail:
        lines.append(f"EMAIL;TYPE=INTERNET:{_escaped(row.mail)}")
    if row.address:
        lines.append(f"ADR:;;{_escaped(row.address)};;;;")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", row.born):
        lines.append(f"BDAY:{row.born}")
    if row.remark:
        lines.append(f"NOTE:{_escaped(row.remark)}")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _escaped(text: str) -> str:
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most `FOLD` bytes, each but the first after a blank; no letter is torn apart."""
    pieces, room = [""], FOLD
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("")
            room = FOLD - 1
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces)
