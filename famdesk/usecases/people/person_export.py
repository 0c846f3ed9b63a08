"""Persons for a file that leaves the program: what the safe-contact gate lets through, noted in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.people import contact
from famdesk.i18n import N_
from famdesk.usecases.post import outgoing
from famdesk.usecases.post.outgoing import Outgoing, SafeContact
from famdesk.usecases.registry import query

MOST = 20_000
FEW = 500


class TooMany(RuleError):
    message = N_("These are more than {most} people. Choose fewer.")


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A person in a file: only what may be told. Texts that are not known or may not be told are "".

    `born` is ISO where the whole date is known, else what is known in words; `language` a code. `remark` says what has
    to be minded with the contacts, in words.
    """

    id: str
    name: str
    born: str
    town: str
    language: str
    phone: str
    mail: str
    address: str
    remark: str


@query
def persons(
    tx: Tx, person_ids: Sequence[str] | None, form: str, *, reason: str | None = None
) -> tuple[ExportRow, ...]:  # fmt: skip
    """The persons of a file in a form ("csv", "vcard"), by name; None: all of the centre whom this colleague may know.

    Whoever may not be named outside is left out; who has to be careful is an alias or initials without birth, town and
    language. With a `reason` that is told too, and the journal keeps it. That they leave the program is noted.

    Raises:
        TooMany.
    """
    wanted = _everybody(tx) if person_ids is None else list(dict.fromkeys(person_ids))
    if len(wanted) > MOST:
        raise TooMany(most=MOST)
    known = outgoing.masked(tx, wanted, "export", reason=reason)
    details = _details(tx, [one for one, shown in known.items() if not shown.discreet])
    rows = sorted((_row(one, shown, details.get(one)) for one, shown in known.items()), key=lambda row: row.name)
    if rows:
        reason = (reason or "").strip() or None
        tx.log("export", subjects=[("person", row.id, form, []) for row in rows], reason=reason)
    return tuple(rows)


def _everybody(tx: Tx) -> list[str]:
    where = (tx.visible_person(), Person.centre_id == tx.centre_id, Person.merged_into_id.is_(None))
    return [row.id for row in tx.rows(select(Person.id).where(*where).limit(MOST + 1))]


def _details(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Birth, town and language of those who may be told of in full."""
    found: dict[str, tuple[str, str, str]] = {}
    for start in range(0, len(ids), FEW):
        rows = tx.rows(
            select(Person.id, Person.birth_date, Person.birth_part, Person.birth_text, Person.town, Person.language)
            .where(Person.id.in_(ids[start : start + FEW]), tx.visible_person())
        )  # fmt: skip
        for row in rows:
            born = row.birth_date.isoformat() if row.birth_date else row.birth_part or row.birth_text or ""
            found[row.id] = (born, row.town or "", row.language or "")
    return found


def _row(person_id: str, shown: Outgoing, details: tuple[str, str, str] | None) -> ExportRow:
    phone, mail, address = (_first(shown, kinds) for kinds in (contact.PHONES, contact.MAILS, (contact.ADDRESS,)))
    told = [one.note for one in (phone, mail, address) if one is not None and one.note]
    remark = " / ".join(dict.fromkeys(told)) or (shown.note if shown.value is None else "")
    return ExportRow(person_id, shown.label, *(details or ("", "", "")), _value(phone), _value(mail), _value(address),
                     remark)  # fmt: skip


def _value(point: SafeContact | None) -> str:
    return point.value if point is not None else ""


def _first(shown: Outgoing, kinds: Sequence[str]) -> SafeContact | None:
    return next((one for one in shown.contacts if one.kind in kinds), None)
