"""How the centre's sheets look: colour, header and footer, its own logo and those of its partners in their order."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

from sqlalchemy import select

from famdesk.data.tables.centre import Centre
from famdesk.data.tables.directory import Body
from famdesk.data.tables.looks import SheetLogo, SheetLook
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound, Required, RuleError, TextTooLong
from famdesk.domain.post import looks, pictures
from famdesk.domain.post.looks import Logo, Look
from famdesk.domain.text import check_storable
from famdesk.i18n import N_
from famdesk.usecases.centre.pictures import prepared
from famdesk.usecases.registry import query, usecase


class NoColour(RuleError):
    message = N_("Write the colour with # and six digits or letters from a to f, as {example}.")


class TooPale(RuleError):
    """`proposal` is nearly the same colour, and can be read."""

    message = N_(
        "White paper and this colour are too much alike: headings in it are hard to read. {proposal} is nearly the "
        "same and can be read."
    )


class WordTooLong(RuleError):
    message = N_("The word “{word}” is too long to be printed on small sheets: at most {limit} characters.")


class LogoTwice(RuleError):
    message = N_("There is a logo of this body already. Change that one.")


class TooManyLogos(RuleError):
    message = N_("There is room for {most} logos. Remove one to add another.")


@dataclass(frozen=True, slots=True)
class LookValues:
    """What can be set. `colour` like "#0f5c66", "" for that of the program; `header` and `footer` "" for none."""

    colour: str = ""
    header: str = ""
    footer: str = ""
    with_partners: bool = True


@dataclass(frozen=True, slots=True)
class LogoRow:
    """A logo for lists and forms; `body_id` None: the centre's own."""

    id: str
    version: int
    body_id: str | None
    logo: Logo


@dataclass(frozen=True, slots=True)
class LookRow:
    """All of it. `version` is 0 while nothing has been saved; `logos`: the own one first, the partners' in order."""

    version: int
    values: LookValues
    logos: tuple[LogoRow, ...]
    language: str

    def look(self) -> Look:
        """How sheets look with it."""
        return look_of(self.values, tuple(row.logo for row in self.logos), self.language)


def look_of(values: LookValues, logos: tuple[Logo, ...], language: str) -> Look:
    """How sheets look with values that can be printed and logos in their order."""
    return Look(
        values.colour or looks.COLOUR, values.header, values.footer, next((one for one in logos if not one.body), None),
        tuple(one for one in logos if one.body), values.with_partners, language,
    )  # fmt: skip


@query
def look(tx: Tx) -> LookRow:
    """How the sheets of the centre look."""
    found = _look(tx)
    values = LookValues()
    if found is not None:
        values = LookValues(found.colour or "", found.header or "", found.footer or "", found.with_partners)
    rows = tx.rows(
        select(SheetLogo, Body.name.label("body"))
        .outerjoin(Body, Body.id == SheetLogo.body_id)
        .where(SheetLogo.centre_id == tx.centre_id, SheetLogo.deleted_at.is_(None))
    )
    logos = [_row(row[0], row.body or "") for row in sorted(rows, key=lambda row: _order(row[0]))]
    language = tx.session.scalars(select(Centre.language).where(Centre.id == tx.centre_id)).one()
    return LookRow(found.version if found else 0, values, tuple(logos), language)


@usecase(N_("Look of the sheets changed"))
def save_look(tx: Tx, version: int, values: LookValues) -> None:
    """Sets colour, header and footer of the sheets; `version` is the one that was read, 0 if there was none.

    Raises:
        NoColour, TooPale, TextTooLong, WordTooLong, BadText, Stale.
    """
    checked = check(values)
    found = _look(tx)
    if found is None:
        found = tx.add(SheetLook())
    else:
        tx.get(SheetLook, found.id, version)
    found.colour = checked.colour or None
    found.header, found.footer = checked.header or None, checked.footer or None
    found.with_partners = checked.with_partners


@usecase(N_("Logo added"))
def add_logo(tx: Tx, image: bytes, *, alt: str, body_id: str | None = None) -> str:
    """A logo from a PNG or JPEG file, after the others; gives the id. `body_id` None: the centre's own.

    Raises:
        NoPicture, PictureTooLarge, PictureDamaged, PictureEmpty, Required, TextTooLong, LogoTwice, TooManyLogos,
        NotFound.
    """
    held = tx.all(SheetLogo)
    if len(held) >= looks.MOST_LOGOS:
        raise TooManyLogos("image", most=looks.MOST_LOGOS)
    last = max((one.position for one in held), default=0)
    logo = SheetLogo(position=last + 1, image=_kept(image), alt="")
    _fill(tx, logo, alt, body_id)
    return tx.add(logo).id


@usecase(N_("Logo changed"))
def change_logo(
    tx: Tx, logo_id: str, version: int, *, alt: str, body_id: str | None = None, image: bytes | None = None
) -> None:
    """Changes whose logo it is and what it says; `image` None: the picture stays.

    Raises:
        As `add_logo`, and Stale.
    """
    logo = tx.get(SheetLogo, logo_id, version)
    _fill(tx, logo, alt, body_id)
    if image is not None:
        logo.image = _kept(image)


@usecase(N_("Logo moved"))
def move_logo(tx: Tx, logo_id: str, version: int, *, by: int) -> None:
    """Moves a partner's logo up (`by` negative) or down among those of the partners; at the ends it stays.

    Raises:
        NotFound, Stale.
    """
    logo = tx.get(SheetLogo, logo_id, version)
    order = sorted((one for one in tx.all(SheetLogo) if one.body_id), key=_order)
    if logo not in order:
        raise NotFound
    place = order.index(logo)
    order.insert(max(0, min(place + by, len(order) - 1)), order.pop(place))
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position


@usecase(N_("Logo removed"))
def remove_logo(tx: Tx, logo_id: str, version: int) -> None:
    """Takes a logo off the sheets.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(SheetLogo, logo_id, version))


def check(values: LookValues) -> LookValues:
    """The values as they are kept.

    Raises:
        NoColour, TooPale, TextTooLong, WordTooLong, BadText.
    """
    colour = looks.clean_colour(values.colour) if values.colour.strip() else ""
    if colour is None:
        raise NoColour("colour", example=looks.COLOUR)
    if colour and looks.contrast(colour, looks.WHITE) < looks.ENOUGH:
        raise TooPale("colour", proposal=looks.readable(colour))
    header = _text(values.header, "header", looks.LONGEST_HEADER)
    footer = _text(values.footer, "footer", looks.LONGEST_FOOTER)
    return LookValues(colour, header, footer, values.with_partners)


def _text(text: str, field: str, limit: int) -> str:
    """In one line or two, without blanks around them."""
    lines = [" ".join(line.split()) for line in check_storable(text, field).splitlines()]
    kept = "\n".join(line for line in lines if line)
    if len(kept) > limit:
        raise TextTooLong(field, limit=limit)
    longest = looks.LONGEST_WORD.get(field, limit)
    word = max(kept.split(), key=len, default="")
    if len(word) > longest:
        raise WordTooLong(field, word=word, limit=longest)
    return kept


def _kept(image: bytes) -> str:
    return b64encode(prepared(image, "image")).decode("ascii")


def _fill(tx: Tx, logo: SheetLogo, alt: str, body_id: str | None) -> None:
    text = _text(alt, "alt", looks.LONGEST_ALT).replace("\n", " ")
    if not text:
        raise Required("alt")
    body = tx.session.get(Body, body_id) if body_id else None
    if body_id and (body is None or body.deleted_at):
        raise NotFound("body_id")
    if any(one.body_id == body_id and one.id != logo.id for one in tx.all(SheetLogo)):
        raise LogoTwice("body_id")
    logo.alt, logo.body_id = text, body_id


def _look(tx: Tx) -> SheetLook | None:
    return next(iter(tx.all(SheetLook)), None)


def _row(logo: SheetLogo, body: str) -> LogoRow:
    image = b64decode(logo.image)
    size = pictures.size(image)
    width, height = (size.width, size.height) if size else (1, 1)
    return LogoRow(logo.id, logo.version, logo.body_id, Logo(image, logo.alt, width, height, body))


def _order(logo: SheetLogo) -> tuple[bool, int, str]:
    return logo.body_id is not None, logo.position, logo.id
