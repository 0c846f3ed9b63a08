"""Kind and size of a picture, from its first bytes."""

from __future__ import annotations

import pytest

from famdesk.domain.post.pictures import JPEG, PNG, Size, chunks, size
from tests.support.logos import picture

FRAME = b"\xff\xc0\x00\x11\x08\x00\x14\x00\x1e\x03" + bytes(9)
"""The part of a JPEG file that says: 30 by 20 pixels."""


@pytest.mark.parametrize("kind", [PNG, JPEG])
def test_a_file_tells_how_large_its_picture_is(kind: str) -> None:
    assert size(picture(kind.upper(), size=(31, 17))) == Size(kind, 31, 17)


@pytest.mark.parametrize(
    ("between", "found"),
    [
        (b"", Size(JPEG, 30, 20)),
        (b"\xff\xe1\x00\x06abcd", Size(JPEG, 30, 20)),
        (b"\xff\xff\xff", Size(JPEG, 30, 20)),
        (b"\xff\xd0\xff\x01", Size(JPEG, 30, 20)),
        (b"\xff\xc4\x00\x04ab", Size(JPEG, 30, 20)),
        (b"abcd", None),
        (b"\xff\xe1\xff\xff", None),
    ],
)
def test_what_stands_before_the_size_of_a_jpeg(between: bytes, found: Size | None) -> None:
    """Other parts, filling, marks without a part; what is none of them ends the search."""
    assert size(b"\xff\xd8" + between + FRAME) == found


def test_a_picture_without_size_is_none() -> None:
    assert size(b"\xff\xd8" + FRAME.replace(b"\x00\x14", b"\0\0")) is None
    assert size(b"\xff\xd8" + FRAME[:8]) is None
    assert size(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x0dIDAT" + bytes(20)) is None


def test_the_parts_of_a_png_end_where_the_file_ends() -> None:
    whole = picture()
    names = [name for name, _data in chunks(whole)]
    assert (names[0], names[-1]) == (b"IHDR", b"IEND")
    assert [name for name, _data in chunks(whole[:-20])] == [b"IHDR"], "a part that is not complete is left out"
