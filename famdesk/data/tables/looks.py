"""How a centre's sheets look: colour, header and footer, logos."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class SheetLook(Record):
    """One for a centre. `colour` like "#0f5c66"; `header` and `footer` are texts for every sheet that is given away.

    None: as the program has it. `with_partners`: their logos or names stand at the foot of posters and flyers.
    """

    __tablename__ = "sheet_look"
    colour: Mapped[str | None] = mapped_column(default=None)
    header: Mapped[str | None] = mapped_column(default=None)
    footer: Mapped[str | None] = mapped_column(default=None)
    with_partners: Mapped[bool] = mapped_column(default=True)


class SheetLogo(Record):
    """A logo: the centre's own (`body_id` None) or that of a partner, in the order of `position`.

    `image` is a PNG or JPEG file in base 64; `alt` says in words what it shows.
    """

    __tablename__ = "sheet_logo"
    body_id: Mapped[str | None] = ref("body", nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    image: Mapped[str]
    alt: Mapped[str]
