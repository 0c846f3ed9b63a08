"""What an appointment is for, and who is not told: reception sees that one is, with whom, when and where.

One's own appointments are one's own, and nobody's are everybody's. A server keeps the columns themselves from who is
not told. What reception wrote into them stands in the rows of the journal that are reception's own: so a step of hers
is turned back, although its words are not shown to her any more.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from famdesk.data.base import Record
from famdesk.data.journal import WRITES, AuditEntry, Change, image, restored_values
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tx import Tx
from famdesk.data.unsaid import COLUMNS
from famdesk.domain.errors import RuleError
from famdesk.domain.staff import rights
from famdesk.i18n import N_

WHY = "appointment_why.why"
"""The row of the rights table of those who are told."""
NEUTRAL = "interview"
TELLING = frozenset({"consultation", "psychology", "couple", "mediation"})
"""Kinds that say what a family comes for."""
FIELDS = frozenset(COLUMNS[Appointment])
"""Columns that may tell it."""


class NotYoursToTake(RuleError):
    message = N_("What this appointment is for is only known to its colleague. Somebody who works with families gives "
                 "it to you, or takes the colleague away.")  # fmt: skip


def hidden(tx: Tx, staff_id: str | None) -> bool:
    """Whether who asks sees only that an appointment of this colleague (None: nobody's) is."""
    return staff_id not in {None, tx.actor.staff_id} and not rights.cell(WHY, tx.actor.role)


def kind_shown(kind: str) -> str:
    """The kind as those are told who do not see what an appointment is for."""
    return NEUTRAL if kind in TELLING else kind


def kind_for(tx: Tx, kind: str, staff_id: str | None) -> str:
    """The kind of an appointment of this colleague, as who asks is told it."""
    return kind_shown(kind) if hidden(tx, staff_id) else kind


def check_taken_over(tx: Tx, former: str | None, new: str | None) -> None:
    """Nobody is told what an appointment is for by giving it to oneself, or to nobody.

    Raises:
        NotYoursToTake.
    """
    if hidden(tx, former) and not hidden(tx, new):
        raise NotYoursToTake("staff_id")


def kept_by_server(tx: Tx) -> bool:
    """Whether these columns come empty, since a server keeps them from who acts."""
    return tx.session.get_bind().dialect.name != "sqlite" and not rights.cell(WHY, tx.actor.role)


def recall(tx: Tx, record: Record | None) -> None:
    """What who acts wrote last into the columns that are not shown, unless somebody else wrote there since."""
    names = COLUMNS.get(type(record), ()) if record is not None else ()
    if record is None or not names or not kept_by_server(tx):
        return
    last = tx.session.scalars(
        select(Change).where(Change.centre_id == tx.centre_id, Change.row_id == record.id,
                             Change.staff_id == tx.actor.staff_id).order_by(Change.seq.desc()).limit(1)
    ).first()  # fmt: skip
    if last is None or last.after is None or _others_wrote(tx, last, names):
        return
    shown, values = image(record), json.loads(last.after)
    restored = restored_values(type(record), values)
    for name in names:
        if shown[name] != values[name]:
            set_committed_value(record, name, restored[name])


def _others_wrote(tx: Tx, last: Change, names: Collection[str]) -> bool:
    """Whether an entry after that one says so; one of very many rows does not name them all."""
    where = (AuditEntry.centre_id == tx.centre_id, AuditEntry.seq > last.seq, AuditEntry.kind.in_(WRITES),
             AuditEntry.staff_id != tx.actor.staff_id)  # fmt: skip
    subjects = tx.session.scalars(select(AuditEntry.subjects).where(*where))
    return any(
        table == "*" or (row_id == last.row_id and (verb != "change" or not set(names).isdisjoint(fields)))
        for text in subjects for table, row_id, verb, fields in json.loads(text)
    )  # fmt: skip
