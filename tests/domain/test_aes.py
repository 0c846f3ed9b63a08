"""AES gives what its standards say."""

from __future__ import annotations

import pytest

from famdesk.domain import aes

PLAIN = bytes.fromhex("00112233445566778899aabbccddeeff")


@pytest.mark.parametrize(
    ("key", "cipher"),
    [
        (bytes(range(16)), "69c4e0d86a7b0430d8cdb78070b4c55a"),  # FIPS 197, C.1
        (bytes(range(32)), "8ea2b7ca516745bfeafc49904b496089"),  # FIPS 197, C.3
    ],
)
def test_a_block(key: bytes, cipher: str) -> None:
    found = aes.block(aes.schedule(key), int.from_bytes(PLAIN, "big"))
    assert found.to_bytes(16, "big").hex() == cipher


def test_blocks_that_hang_together() -> None:
    """NIST SP 800-38A, F.2.5."""
    key = bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
    plain = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
    cipher = "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
    assert aes.cbc(key, bytes(range(16)), plain).hex() == cipher


def test_what_is_no_key_and_no_block_is_refused() -> None:
    with pytest.raises(ValueError, match="16 or 32"):
        aes.schedule(b"short")
    with pytest.raises(ValueError, match="whole blocks"):
        aes.cbc(bytes(16), bytes(16), b"one")
    assert aes.padded(b"x" * 16) == b"x" * 16 + bytes([16]) * 16
    assert aes.padded(b"x" * 15) == b"x" * 15 + b"\x01"
