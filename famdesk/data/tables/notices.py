"""What a colleague is told by the program: that something was done which concerns them."""

from __future__ import annotations

from sqlalchemy import Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Notice(Record):
    """A line for one colleague (`staff_id`), by whom (`by_id`) and of which `kind`
    (`famdesk.domain.staff.notices.KINDS`).

    It says nothing of its own: `subject_table` and `subject_id` are the record that it is about, if there is one.
    `made_at` and `read_at` are UTC, ISO text; `read_at` None: not read yet, and then nobody deletes it. The deed itself
    stands in the journal; that somebody was told of it does not.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_staff_id_read_at", "staff_id", "read_at"),)
    journalled = False
    staff_id: Mapped[str] = ref("staff")
    by_id: Mapped[str] = ref("staff")
    kind: Mapped[str]
    subject_table: Mapped[str | None] = mapped_column(String(40), default=None)
    subject_id: Mapped[str | None] = mapped_column(Uuid(as_uuid=False), default=None)
    made_at: Mapped[str] = mapped_column(String(32))
    read_at: Mapped[str | None] = mapped_column(String(32), default=None)
