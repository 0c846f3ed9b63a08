"""A sheet with a password: any reader of PDF opens it, and nobody without the password (AES-256).

Whoever has the one password may do everything with the file, as with the paper; the owner's password is a random one
that nobody is told.

Source: ISO 32000-2, 7.6 (standard security handler, revision 6).
"""

from __future__ import annotations

import secrets
import unicodedata
from io import BytesIO
from typing import Final

LONGEST: Final = 127
"""Bytes of a password that count."""


def sealed(data: bytes, password: str) -> bytes:
    """The same sheet, opened with the password alone."""
    import pikepdf  # reports with a password are few: nobody else waits for it

    word = unicodedata.normalize("NFKC", password).encode()[:LONGEST].decode(errors="ignore")
    lock = pikepdf.Encryption(user=word, owner=secrets.token_urlsafe(32), R=6)
    written = BytesIO()
    with pikepdf.open(BytesIO(data)) as sheet:
        sheet.save(written, encryption=lock)
    return written.getvalue()
