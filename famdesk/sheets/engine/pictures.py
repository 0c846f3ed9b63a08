"""Pictures in a file: the bytes of a logo are put into it as they are kept, once, whichever pages show it.

Source: ISO 32000-1, 7.4.4.4 (rows of a PNG file are what its Flate filter reads), 7.4.8 (DCT), 8.9.5 (images).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from famdesk.domain import pictures
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

_PLAIN_PNG = b"\x08\x02\0\0\0"
"""Eight bits, red, green and blue, not interlaced: the end of its head, as `usecases.pictures` writes it."""


class BadPicture(RuleError):
    message = N_("A logo of the sheets cannot be read any more. Choose its file again in the settings.")


def draw(canvas: Any, image: bytes, x: float, y: float, width: float, height: float) -> None:
    """The picture of a plain PNG or JPEG file with its lower left corner at `x`, `y`, in points from below left.

    Raises:
        BadPicture: it is none.
    """
    name = "logo" + sha256(image).hexdigest()[:16]
    document = canvas._doc
    reference = document.getXObjectName(name)
    if reference not in document.idToObject:
        found = _stream(image)
        found.name = name
        document.Reference(found, reference)
        document.addForm(name, found)
    canvas._code.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{reference} Do Q")
    if name not in canvas._formsinuse:
        canvas._formsinuse.append(name)


def _stream(image: bytes) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName

    from famdesk.sheets.engine.canvas import stream

    size = pictures.size(image)
    if size is None:
        raise BadPicture
    told: dict[str, Any] = {
        "Type": PDFName("XObject"), "Subtype": PDFName("Image"), "Width": size.width, "Height": size.height,
        "ColorSpace": PDFName("DeviceRGB"), "BitsPerComponent": 8,
    }  # fmt: skip
    if size.kind == pictures.JPEG:
        found, told["Filter"] = stream(image, plain=True), PDFName("DCTDecode")
    else:
        if image[24:29] != _PLAIN_PNG:
            raise BadPicture
        rows = b"".join(data for name, data in pictures.chunks(image) if name == b"IDAT")
        found, told["Filter"] = stream(rows, plain=True), PDFName("FlateDecode")
        told["DecodeParms"] = PDFDictionary({"Predictor": 15, "Colors": 3, "BitsPerComponent": 8,
                                             "Columns": size.width})  # fmt: skip
    found.dictionary.dict.update(told)
    return found
