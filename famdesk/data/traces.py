"""By which entries of the journal a record was opened, shared, printed or sent: made by the database from each entry.

The journal's entries name their records in a list; to ask for those of one record among a million entries, the list
stands here a row each. `famdesk verify` compares the two.
"""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Base
from famdesk.data.journal import AuditEntry


class Trace(Base):
    """A record (`table_name`, `row_id`) that entry `seq` of a centre's journal speaks of; `verb` as in the entry.

    Entries that change records are not here: what they changed stands in `change`.
    """

    __tablename__ = "trace"
    __table_args__ = ({"sqlite_with_rowid": False},)
    row_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    verb: Mapped[str] = mapped_column(Text, primary_key=True)
    table_name: Mapped[str] = mapped_column(String(40))


_ENTRIES = AuditEntry.__table__.c
Index("ix_audit_centre_id_kind_seq", _ENTRIES.centre_id, _ENTRIES.kind, _ENTRIES.seq)
Index("ix_audit_centre_id_staff_id_seq", _ENTRIES.centre_id, _ENTRIES.staff_id, _ENTRIES.seq)
Index("ix_audit_centre_id_at", _ENTRIES.centre_id, _ENTRIES.at)
