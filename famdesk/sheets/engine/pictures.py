"""Pictures in a file: the bytes of a logo are put into it as they are kept, once, whichever pages show it.

Source: ISO 32000-1, 7.4.4.4 (rows of a PNG file are what its Flate filter reads), 7.4.8 (DCT), 8.9.5 (images).
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import TYPE_CHECKING

from famdesk.domain.errors import RuleError
from famdesk.domain.post import pictures
from famdesk.i18n import N_

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

_PLAIN_PNG = b"\x08\x02\0\0\0"
"""Eight bits, red, green and blue, not interlaced: the end of its head, as `usecases.centre.pictures` writes it."""


_PILLOW, _MODULE = "PIL", "Image"


class BadPicture(RuleError):
    message = N_("A logo of the sheets cannot be read any more. Choose its file again in the settings.")


def without_pillow() -> None:
    """Have Pillow loaded when somebody uses it. reportlab, which names it, would load it with itself: it is a tenth of
    what the first sheet of a process takes, and no picture of ours is drawn with it."""
    name = f"{_PILLOW}.{_MODULE}"
    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    loader = spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    loader.exec_module(module)
    setattr(sys.modules[_PILLOW], _MODULE, module)  # where reportlab takes it from


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
        return canvas.file.stream(image, f"{about} /Filter /DCTDecode", plain=True, name=name)
    if image[24:29] != _PLAIN_PNG:
        raise BadPicture
    rows = b"".join(data for name, data in pictures.chunks(image) if name == b"IDAT")
    how = f"<< /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns {size.width} >>"
    return canvas.file.stream(rows, f"{about} /Filter /FlateDecode /DecodeParms {how}", plain=True, name=name)
