"""Pictures from files: made small and plain, or refused before anything decodes them."""

from __future__ import annotations

import random
import tracemalloc
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from famdesk.domain.errors import RuleError
from famdesk.domain.post import pictures
from famdesk.usecases.centre.pictures import (
    LARGEST_FILE,
    LARGEST_KEPT,
    LONGEST_SIDE,
    NoFile,
    NoPicture,
    PictureDamaged,
    PictureEmpty,
    PictureTooLarge,
    from_file,
    prepared,
)
from tests.support.logos import bomb, picture

MODES = [("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")] + [
    ("JPEG", mode) for mode in ("RGB", "L", "CMYK")
]


def _open(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def _white() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(("kind", "mode"), MODES)
def test_every_kind_of_picture_becomes_plain(kind: str, mode: str) -> None:
    chosen = picture(kind, mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        buffer = BytesIO()
        _open(chosen).convert("I").point(lambda value: value * 257).convert("I;16").save(buffer, "PNG")
        chosen = buffer.getvalue()
    kept = prepared(chosen)
    found = _open(kept)
    told = pictures.size(kept)
    assert told is not None
    assert (told.kind, told.width, told.height) == ((found.format or "").casefold(), *found.size)
    assert (found.mode, found.format) == ("RGB", "PNG")
    assert abs(found.width - 210) <= 10, "the margins are gone"
    assert abs(found.height - 60) <= 10
    bar = found.getpixel((8, 30))
    assert isinstance(bar, tuple)
    assert max(bar) < 200, "the bar is dark"
    if mode in {"RGB", "RGBA", "P"}:
        assert bar == pytest.approx((162, 59, 59), abs=12)


def test_nothing_is_kept_of_what_programs_write_beside_it() -> None:
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", "Annamaria Zanforlin")
    exif = Image.Exif()
    exif[0x010E] = "Annamaria Zanforlin"
    for chosen in (picture(pnginfo=about, dpi=(72, 72)), picture("JPEG", exif=exif.tobytes(), comment=b"Zanforlin")):
        assert b"Zanforlin" in chosen
        kept = prepared(chosen)
        assert b"Zanforlin" not in kept
        assert {name for name, _data in pictures.chunks(kept)} <= {b"IHDR", b"IDAT", b"IEND"}
    assert prepared(picture()) == prepared(picture()), "the same file gives the same bytes"


def test_a_photo_is_turned_upright_and_made_small() -> None:
    noise = random.Random(1).randbytes(1600 * 1200 * 3)
    buffer, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6  # the telephone was held upright
    Image.frombytes("RGB", (1600, 1200), noise).save(buffer, "JPEG", exif=exif.tobytes(), quality=60)
    found = _open(kept := prepared(buffer.getvalue()))
    assert found.format == "JPEG"
    assert found.size == (750, LONGEST_SIDE)
    assert len(kept) < 3 * LARGEST_KEPT
    assert not found.getexif()


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(PictureTooLarge) as refused:
            prepared(bomb(), "image")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert refused.value.field == "image"
    assert "24" in refused.value.sentence()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NoPicture), (b"GIF89a" + bytes(100), NoPicture), (b"<svg xmlns='http://www.w3.org/2000/'/>", NoPicture),
        (b"%PDF-1.7", NoPicture), (b"\x89PNG\r\n\x1a\n", NoPicture), (b"\xff\xd8\xff\xe0", NoPicture),
        (bomb(100, 100), PictureDamaged), (picture()[:300], PictureDamaged), (picture("JPEG")[:600], PictureDamaged),
        (picture()[:8] + bytes(30), NoPicture), (_white(), PictureEmpty),
        (picture() + bytes(LARGEST_FILE), PictureTooLarge),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes, error: type[RuleError]) -> None:
    with pytest.raises(error):
        prepared(data, "image")


@settings(max_examples=150)
@given(st.sampled_from([picture(), picture("JPEG"), picture(mode="P")]), st.data())
def test_a_damaged_file_is_kept_or_refused_in_words(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole)
    for _turn in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RuleError):
        assert pictures.size(prepared(bytes(broken), "image")) is not None


def test_a_picture_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(picture())
    assert from_file(file, "image") == prepared(picture())
    for missing in (tmp_path / "gone.png", tmp_path):
        with pytest.raises(NoFile) as refused:
            from_file(missing, "image")
        assert refused.value.field == "image"


def test_a_photo_that_is_small_enough_keeps_its_quality() -> None:
    chance = random.Random(2)
    grey = bytes(110 + chance.randrange(12) for _pixel in range(400 * 400 * 3))
    buffer = BytesIO()
    Image.frombytes("RGB", (400, 400), grey).save(buffer, "PNG")
    kept = prepared(buffer.getvalue())
    assert len(buffer.getvalue()) > LARGEST_KEPT >= len(kept)
    assert _open(kept).format == "JPEG"


def test_a_file_that_tells_two_sizes_is_refused() -> None:
    """The first is what was looked at before decoding; the decoder takes the last."""
    whole = picture("JPEG")
    lying = whole[:2] + b"\xff\xc0\x00\x11\x08\x00\x14\x00\x1e\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00" + whole[2:]
    assert pictures.size(lying) == pictures.Size("jpeg", 30, 20)
    with pytest.raises(PictureDamaged):
        prepared(lying)
