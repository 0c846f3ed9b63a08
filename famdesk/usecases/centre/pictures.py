"""Pictures from files that people choose: checked before they are decoded, made small, and written anew.

What is kept is a plain picture: RGB on white, without transparency, without what cameras and programs write beside it,
no larger than a printer needs for a logo.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from famdesk.domain.errors import RuleError
from famdesk.domain.post import pictures
from famdesk.i18n import N_

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 8_000_000
"""Bytes of a file that is looked at."""
MOST_PIXELS = 24_000_000
"""Pixels that are decoded: a photo of a telephone, 72 MB in memory."""
LONGEST_SIDE = 1000
"""Pixels of what is kept: eight centimetres at 300 dots an inch."""
LARGEST_KEPT = 160_000
"""Bytes of what is kept as PNG; what is larger is more of a photo and is kept as JPEG."""
_WHITE = (255, 255, 255)
_NEARLY_WHITE = 20
"""By how much a margin may differ from white and is cut off all the same, of 255."""


class NoPicture(RuleError):
    message = N_("This is no picture. A logo is a file of the kind PNG or JPEG.")


class NoFile(RuleError):
    message = N_("This file cannot be opened. Is it still there?")


class PictureTooLarge(RuleError):
    message = N_(
        "This picture is too large. Save it smaller, with at most {pixels} million pixels, and choose it again."
    )


class PictureDamaged(RuleError):
    message = N_("This picture cannot be read: the file is damaged or not complete.")


class PictureEmpty(RuleError):
    message = N_("On white paper nothing of this picture would be seen.")


def from_file(path: Path, field: str | None = None) -> bytes:
    """The picture of a file as it is kept; for a thread of its own.

    Raises:
        NoFile, and as `prepared`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise NoFile(field) from problem
    return prepared(data, field)


def prepared(data: bytes, field: str | None = None) -> bytes:
    """The picture of a PNG or JPEG file as it is kept: a PNG or JPEG file again, without its white margins.

    Raises:
        NoPicture, PictureTooLarge, PictureDamaged, PictureEmpty: with that `field`.
    """
    told = pictures.size(data[:LARGEST_FILE])
    if told is None:
        raise NoPicture(field)
    if len(data) > LARGEST_FILE or told.width * told.height > MOST_PIXELS:
        raise PictureTooLarge(field, pixels=MOST_PIXELS // 1_000_000)
    try:
        shown = _decoded(data, told)
    except Exception as problem:  # a decoder may say anything of a file that is not what it tells
        raise PictureDamaged(field) from problem
    cut = _cut(shown)
    if cut is None:
        raise PictureEmpty(field)
    return _written(cut)


def _decoded(data: bytes, told: pictures.Size) -> Image:
    """The picture on white, upright.

    Raises:
        ValueError, and what the decoder raises.
    """
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if opened.width * opened.height > MOST_PIXELS or (opened.width, opened.height) != (told.width, told.height):
            raise ValueError(opened.size)
        opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a JPEG is decoded at a fraction of its size
        upright = ImageOps.exif_transpose(opened)
        if upright.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in upright.info:
            clear = upright.convert("RGBA")
            shown = Image.new("RGB", clear.size, _WHITE)
            shown.paste(clear, mask=clear.getchannel("A"))
        elif upright.mode in {"I;16", "I;16B", "I"}:
            shown = upright.convert("I").point(lambda value: value / 257).convert("L").convert("RGB")
        else:
            shown = upright.convert("RGB")
    shown.info.clear()
    return shown


def _cut(shown: Image) -> Image | None:
    """The picture without white margins, and not larger than needed; None if all of it is white."""
    from PIL import Image, ImageChops

    apart = ImageChops.difference(shown, Image.new("RGB", shown.size, _WHITE))
    box = apart.point(lambda value: 255 if value > _NEARLY_WHITE else 0).getbbox()
    if box is None:
        return None
    found = shown.crop(box)
    found.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return found


def _written(shown: Image) -> bytes:
    buffer = BytesIO()
    shown.save(buffer, "PNG", optimize=True)
    if buffer.tell() <= LARGEST_KEPT:
        return buffer.getvalue()
    for quality in (90, 80, 65):
        buffer = BytesIO()
        shown.save(buffer, "JPEG", quality=quality, subsampling=0)
        if buffer.tell() <= LARGEST_KEPT:
            break
    return buffer.getvalue()
