"""A compiled catalogue (GNU .mo) of which only what is asked for is read.

The library's own reader takes every message apart when a language is first used: a tenth of the program's start.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

_LITTLE, _BIG = b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"
_HEADER = 28
_CONTEXT = "\x04"
_FORM = b"\0"


class Catalogue:
    """The messages of a language; what has no translation comes back as it is, in English.

    Source: GNU gettext manual, "The Format of GNU MO Files". Texts are UTF-8.
    """

    def __init__(self, data: bytes = b"") -> None:
        """`data`: the file; empty for a language without a catalogue.

        Raises:
            ValueError: this is no such file.
        """
        self._data = data
        self._places: dict[bytes, int] = {}
        self._found: dict[str, tuple[str, ...]] = {}
        self._form: Callable[[int], int] | None = None
        self._targets: tuple[int, ...] = ()
        if data:
            self._index()

    def gettext(self, message: str) -> str:
        forms = self._forms(message)
        if len(forms) > 1:
            return forms[self._which(1)]
        return forms[0] if forms else message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        forms = self._forms(singular)
        if forms:
            return forms[min(self._which(n), len(forms) - 1)]
        return singular if n == 1 else plural

    def pgettext(self, context: str, message: str) -> str:
        forms = self._forms(f"{context}{_CONTEXT}{message}")
        return forms[0] if forms else message

    def __contains__(self, key: str) -> bool:
        """Whether there is a translation; of a message in a context the key is `context`, U+0004, message."""
        return bool(self._forms(key))

    def texts(self) -> frozenset[str]:
        """Every translation, each form for itself."""
        return frozenset(text for key in self._places if key for text in self._read(key))

    def _index(self) -> None:
        order = {_LITTLE: "<", _BIG: ">"}.get(self._data[:4])
        if order is None or len(self._data) < _HEADER:
            raise ValueError("no compiled catalogue")
        _revision, count, ids, targets = struct.unpack_from(f"{order}4I", self._data, 4)
        data, table = self._data, struct.unpack_from(f"{order}{2 * count}I", self._data, ids)
        self._targets = struct.unpack_from(f"{order}{2 * count}I", data, targets)
        if not count:
            return
        forms = iter(data[table[1] : table[-1] + table[-2]].split(_FORM))  # messages stand one after the other
        for place, length in enumerate(table[::2]):
            key = next(forms)
            self._places[key] = place
            if len(key) < length:
                next(forms)  # its plural

    def _forms(self, key: str) -> tuple[str, ...]:
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._read(key.encode("utf-8", "surrogatepass"))
        return found

    def _read(self, key: bytes) -> tuple[str, ...]:
        place = self._places.get(key)
        if place is None:
            return ()
        length, start = self._targets[2 * place], self._targets[2 * place + 1]
        return tuple(self._data[start : start + length].decode("utf-8").split("\0"))

    def _which(self, n: int) -> int:
        """The form for `n` things, by the rule in the header."""
        if self._form is None:
            from gettext import c2py

            header = (self._read(b"") or ("",))[0]
            rule = next((line for line in header.splitlines() if line.lower().startswith("plural-forms:")), "")
            self._form = c2py(rule.partition("plural=")[2].strip("; \n") or "n != 1")
        return self._form(n)
