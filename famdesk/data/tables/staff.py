"""Staff: who works here, for which employer, in which role."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Staff(Record):
    """A colleague. `employer_body_id` may differ from the centre's body; `login` None means no account.

    `role` decides what one may see (see the rights table); `profession` is what families are told.
    """

    __tablename__ = "staff"
    name: Mapped[str]
    login: Mapped[str | None] = mapped_column(default=None, unique=True)
    role: Mapped[str]
    profession: Mapped[str | None] = mapped_column(default=None)
    employer_body_id: Mapped[str | None] = ref("body", nullable=True)
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
