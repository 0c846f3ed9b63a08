"""Record ids: UUIDv7, made by the client, so that offline copies and eight centres merge without renumbering."""

from __future__ import annotations

import os
import threading
import time
import uuid

_COUNTER = 0xFFF
"""The largest count within one millisecond; then the next one is used up in advance."""
_lock = threading.Lock()
_last = (0, 0)


def new_id() -> str:
    """A new UUIDv7 as text: sortable by creation time, also of several made here within a millisecond; the rest is
    random.

    Source: RFC 9562, sections 5.7 and 6.2 (method 1, a counter of 12 bits that begins at random).
    """
    milliseconds, count = _tick()
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | count << 64 | int.from_bytes(os.urandom(8), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def _tick() -> tuple[int, int]:
    """A moment and a count that are later than those before, even if the clock was put back."""
    global _last
    with _lock:
        now = time.time_ns() // 1_000_000
        milliseconds, count = _last
        if now > milliseconds:
            _last = now, int.from_bytes(os.urandom(2), "big") >> 5
        elif count < _COUNTER:
            _last = milliseconds, count + 1
        else:
            _last = milliseconds + 1, 0
        return _last
