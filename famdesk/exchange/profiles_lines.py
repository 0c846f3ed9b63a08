"""Where things stand in a TOML text: tomllib gives values without lines, and people need lines to mend a file.

The text is walked once, statement by statement; tomllib has accepted it before, so only headers, keys and the end of
each value have to be recognised. What is written inline (`{…}`, `[…]`) has the line of the key that holds it.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Names of tables and keys, and for lists of tables the place in the list (0 first): ("access_point", 2, "name")."""

_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*""")
_PIECE = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|"(?:[^"\\\n]|\\.)*"'  # strings that know escapes
    r"|'''.*?'{3,5}|'[^'\n]*'"  # and those that do not
    r"|#[^\n]*|[\[\]{}\n]|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)


class Lines:
    """The lines of a TOML text by path.

    Asking for something that the text does not name itself (a missing field, a part of an inline value) gives the line
    of the nearest thing around it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}
        self._walk()

    def of(self, path: Path) -> int:
        """The line (from 1) of the table, entry or key."""
        while path and path not in self._found:
            path = path[:-1]
        return self._found.get(path, 1)

    def _walk(self) -> None:
        here: Path = ()
        position, line = 0, 1
        while position < len(self._text):
            start = _skip_blanks(self._text, position)
            if self._text.startswith("[[", start):
                here = self._entry(self._names(start + 2)[0], line)
            elif self._text.startswith("[", start):
                here = self._table(self._names(start + 1)[0], line)
            elif self._text[start : start + 1] not in ("", "\n", "#"):
                names, start = self._names(start)
                self._found.setdefault((*here, *names), line)
            end = self._end(start)
            line += self._text.count("\n", position, end)
            position = end

    def _names(self, position: int) -> tuple[tuple[str, ...], int]:
        """A dotted key from `position`, and where it ends."""
        names: list[str] = []
        while found := _KEY.match(self._text, position):
            names.append(next(group for group in found.groups() if group is not None))
            position = found.end()
            if self._text[position : position + 1] != ".":
                break
            position += 1
        return tuple(names), position

    def _inside(self, names: tuple[str, ...]) -> Path:
        """The path of a table by its names, through the last entry of each list of tables on the way."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _entry(self, names: tuple[str, ...], line: int) -> Path:
        listed = (*self._inside(names[:-1]), *names[-1:])
        number = self._lengths.get(listed, 0)
        self._lengths[listed] = number + 1
        self._found.setdefault(listed, line)
        self._found[(*listed, number)] = line
        return (*listed, number)

    def _table(self, names: tuple[str, ...], line: int) -> Path:
        path = self._inside(names)
        self._found.setdefault(path, line)
        return path

    def _end(self, position: int) -> int:
        """Where the statement at `position` ends: behind the first line break that is in no string and no bracket."""
        depth = 0
        for piece in _PIECE.finditer(self._text, position):
            sign = piece.group()
            depth += (sign in ("[", "{")) - (sign in ("]", "}"))
            if sign == "\n" and depth <= 0:
                return piece.end()
        return len(self._text)


def _skip_blanks(text: str, position: int) -> int:
    while text[position : position + 1] in (" ", "\t"):
        position += 1
    return position
