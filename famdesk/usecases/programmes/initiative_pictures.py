"""The picture of an initiative's flyer: checked before it is decoded, made small, written anew, and told in words."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

from famdesk.data.tables.programmes import Initiative, InitiativePicture
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound, Required, TextTooLong
from famdesk.domain.post import looks, pictures
from famdesk.domain.post.looks import Logo
from famdesk.domain.text import check_storable
from famdesk.i18n import N_
from famdesk.usecases.centre.pictures import prepared
from famdesk.usecases.registry import query, usecase

LONGEST_CREDIT = 120


@dataclass(frozen=True, slots=True)
class PictureRow:
    """The picture as it is kept; `alt` says what it shows, `credit` whose it is, "" if nobody has to be named."""

    id: str
    version: int
    picture: Logo
    credit: str


@query
def picture(tx: Tx, initiative_id: str) -> PictureRow | None:
    """The picture of an initiative, None if it has none.

    Raises:
        NotFound: no such initiative.
    """
    tx.get(Initiative, initiative_id)
    found = next(iter(tx.all(InitiativePicture, InitiativePicture.initiative_id == initiative_id)), None)
    if found is None:
        return None
    image = b64decode(found.image)
    size = pictures.size(image)
    width, height = (size.width, size.height) if size else (1, 1)
    return PictureRow(found.id, found.version, Logo(image, found.alt, width, height), found.credit or "")


@usecase(N_("Picture of an initiative set"))
def set_picture(tx: Tx, initiative_id: str, *, alt: str, credit: str | None = None, image: bytes | None = None) -> None:
    """Takes a PNG or JPEG file as the picture, in place of one that is there; `image` None: only words change.

    Raises:
        Required: no words that say what it shows, or no picture; TextTooLong, NotFound,
        NoPicture, PictureTooLarge, PictureDamaged, PictureEmpty.
    """
    _own(tx, initiative_id)
    told = _text(alt, "alt", looks.LONGEST_ALT)
    if not told:
        raise Required("alt")
    found = next(iter(tx.all(InitiativePicture, InitiativePicture.initiative_id == initiative_id)), None)
    if found is None and image is None:
        raise Required("image")
    kept = b64encode(prepared(image, "image")).decode("ascii") if image is not None else None
    if found is None:
        found = tx.add(InitiativePicture(initiative_id=initiative_id, image=kept or "", alt=told))
    found.image = kept or found.image
    found.alt, found.credit = told, _text(credit or "", "credit", LONGEST_CREDIT) or None


@usecase(N_("Picture of an initiative removed"))
def remove_picture(tx: Tx, picture_id: str, version: int) -> None:
    """Takes the picture off the flyer.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(InitiativePicture, picture_id, version)
    _own(tx, found.initiative_id)
    tx.bin(found)


def _own(tx: Tx, initiative_id: str) -> None:
    if tx.get(Initiative, initiative_id).centre_id != tx.centre_id:
        raise NotFound


def _text(text: str, field: str, limit: int) -> str:
    kept = " ".join(check_storable(text, field).split())
    if len(kept) > limit:
        raise TextTooLong(field, limit=limit)
    return kept
