"""Pictures in a file: the bytes of a logo are put into it as they are kept, once, whichever pages show it.

Source: ISO 32000-1, 7.4.4.4 (rows of a PNG file are what its Flate filter reads), 7.4.8 (DCT), 8.9.5 (images).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from famdesk.domain import pictures
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

_PLAIN_PNG = b"\x08\x02\0\0\0"
"""Eight bits, red, green and blue, not interlaced: the end of its head, as `usecases.centre.pictures` writes it."""


class BadPicture(RuleError):
    message = N_("A logo of the sheets cannot be read any more. Choose its file again in the settings.")


def draw(canvas: BareCanvas, image: bytes, x: float, y: float, width: float, height: float) -> None:
    """The picture of a plain PNG or JPEG file with its lower left corner at `x`, `y`, in points from below left.

    Raises:
        BadPicture: it is none.
    """
    from hashlib import sha256

    name = "logo" + sha256(image).hexdigest()[:16]
    shown = canvas.picture(name, lambda made: _put(canvas, image, made))
    canvas.code.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{shown} Do Q")


def _put(canvas: BareCanvas, image: bytes, name: str) -> int:
    size = pictures.size(image)
    if size is None:
        raise BadPicture
    about = (f"/Type /XObject /Subtype /Image /Width {size.width} /Height {size.height} /ColorSpace /DeviceRGB "
             "/BitsPerComponent 8")  # fmt: skip
    if size.kind == pictures.JPEG:
        return canvas.stream(image, f"{about} /Filter /DCTDecode", plain=True, name=name)
    if image[24:29] != _PLAIN_PNG:
        raise BadPicture
    rows = b"".join(data for name, data in pictures.chunks(image) if name == b"IDAT")
    how = f"<< /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns {size.width} >>"
    return canvas.stream(rows, f"{about} /Filter /FlateDecode /DecodeParms {how}", plain=True, name=name)
