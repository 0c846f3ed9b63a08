"""Emergency access: a protected file that was opened for a while by a colleague who does not work on it."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Emergency(Record):
    """That `staff_id` asked for a protected file, and why. `person_id` None: nothing was opened; nobody is told why.

    `asked_at`, `until` and `ended_at` are UTC, ISO text; `ended_by_id` ended it before its time. Who asked stands in
    the journal. `made_in` is the transaction on a server that wrote the row (0 in a file): it counts in later ones
    only, so that nobody looks and then takes the trace back.
    """

    __tablename__ = "emergency"
    journalled = False
    staff_id: Mapped[str] = ref("staff")
    person_id: Mapped[str | None] = ref("person", nullable=True)
    reason: Mapped[str]
    asked_at: Mapped[str] = mapped_column(String(32))
    until: Mapped[str] = mapped_column(String(32))
    ended_at: Mapped[str | None] = mapped_column(String(32), default=None)
    ended_by_id: Mapped[str | None] = ref("staff", index=False, nullable=True)
    made_in: Mapped[int] = mapped_column(BigInteger, default=0)
