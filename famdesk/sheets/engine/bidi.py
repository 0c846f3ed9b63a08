"""The direction of every character of a paragraph: Unicode's bidirectional algorithm.

Source: Unicode Standard Annex 9, revision 46; the names of its rules (P2, X1 … L2) stand at the functions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

DEEPEST = 125
"""The highest level that embeddings may reach (BD2)."""

_STRONG_RIGHT = frozenset({"R", "AL"})
_EMBEDDINGS = {"RLE": (1, None), "LRE": (0, None), "RLO": (1, "R"), "LRO": (0, "L")}
_ISOLATES = {"RLI": 1, "LRI": 0}
_INITIATORS = frozenset({"RLI", "LRI", "FSI"})
_REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})
"""Without one of these a paragraph from left to right has nothing to resolve."""


class Levels(NamedTuple):
    """The level of every character before lines are broken: even runs from left to right, odd from right to left.

    `base` is the level of the paragraph. A control that is not shown has the level of what stands before it.
    """

    base: int
    of: tuple[int, ...]

    @property
    def plain(self) -> bool:
        """Whether all of it runs from left to right."""
        return self.base == 0 and not any(self.of)


def levels(text: str, base: int | None = None) -> Levels:
    """Resolve a paragraph. `base` 0 or 1 fixes its direction; None: as its first strong letter says (P2, P3)."""
    types = [unicodedata.bidirectional(character) or "L" for character in text]
    if base != 1 and _TURNING.isdisjoint(types):
        return Levels(0, (0,) * len(text))
    matches = _matches(types)
    if base is None:
        base = _first_strong(types, matches, 0, len(types))
    return Levels(base, tuple(_Paragraph(text, types, matches, base).resolved()))


def line_levels(text: str, found: Levels, start: int, end: int) -> list[int]:
    """The levels of one line: blanks at its end and separators take the level of the paragraph (L1)."""
    result = list(found.of[start:end])
    reset = True
    for index in range(end - 1, start - 1, -1):
        kind = unicodedata.bidirectional(text[index])
        if kind in {"S", "B"}:
            reset = True
        elif kind not in {"WS", "BN"} and kind not in _INITIATORS | _REMOVED | {"PDI"}:
            reset = False
        if reset:
            result[index - start] = found.base
    return result


def visual(found: Sequence[int]) -> list[int]:
    """The order in which the items with these levels stand on the line, from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = None
        for place in [*range(len(order)), None]:
            within = place is not None and found[order[place]] >= level
            if within and start is None:
                start = place
            elif not within and start is not None:
                order[start:place] = reversed(order[start:place])
                start = None
    return order


def _matches(types: Sequence[str]) -> dict[int, int]:
    """The end of each isolate that has one, by the place of its beginning (BD9)."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for index, kind in enumerate(types):
        if kind in _INITIATORS:
            waiting.append(index)
        elif kind == "PDI" and waiting:
            found[waiting.pop()] = index
        elif kind == "B":
            waiting.clear()
    return found


def _first_strong(types: Sequence[str], matches: dict[int, int], start: int, end: int) -> int:
    """The direction of the first strong letter outside isolates, 0 if there is none (P2, P3)."""
    index = start
    while index < end:
        kind = types[index]
        if kind == "L":
            return 0
        if kind in _STRONG_RIGHT:
            return 1
        if kind in _INITIATORS:
            index = matches.get(index, end)
        index += 1
    return 0


class _Paragraph:
    """One paragraph while it is resolved: its types change from rule to rule."""

    def __init__(self, text: str, types: list[str], matches: dict[int, int], base: int) -> None:
        self.text, self.was, self.matches, self.base = text, tuple(types), matches, base
        self.types = types
        self.levels = [base] * len(text)

    def resolved(self) -> list[int]:
        """The levels of all characters."""
        self._explicit()
        kept = [index for index, kind in enumerate(self.was) if kind not in _REMOVED]
        for sequence in self._sequences(kept):
            self._weak(sequence)
            self._brackets(sequence)
            self._neutral(sequence)
        for index in kept:
            self._implicit(index)
        for index, kind in enumerate(self.was):
            if kind in _REMOVED:
                self.levels[index] = self.levels[index - 1] if index else self.base
        return self.levels

    def _explicit(self) -> None:
        """Embeddings, overrides and isolates (X1 to X8)."""
        stack = _Stack(self.base)
        for index, kind in enumerate(self.was):
            if kind in _EMBEDDINGS:
                odd, override = _EMBEDDINGS[kind]
                stack.embed(odd, override)
            elif kind == "PDF":
                stack.end_embedding()
            elif kind in _INITIATORS:
                self._take(index, stack)
                stack.isolate(self._isolate_direction(index, kind))
            elif kind == "PDI":
                stack.end_isolate()
                self._take(index, stack)
            elif kind == "B":
                self.levels[index] = self.base
            elif kind != "BN":
                self._take(index, stack)

    def _take(self, index: int, stack: _Stack) -> None:
        level, override, _isolate = stack.entries[-1]
        self.levels[index] = level
        if override:
            self.types[index] = override

    def _isolate_direction(self, index: int, kind: str) -> int:
        if kind != "FSI":
            return _ISOLATES[kind]
        return _first_strong(self.was, self.matches, index + 1, self.matches.get(index, len(self.was)))

    def _sequences(self, kept: list[int]) -> list[_Sequence]:
        """Runs of one level, those around an isolate joined (X10, BD13)."""
        runs: list[list[int]] = []
        for place, index in enumerate(kept):
            if place and self.levels[kept[place - 1]] == self.levels[index]:
                runs[-1].append(index)
            else:
                runs.append([index])
        ends = set(self.matches.values())
        by_start = {run[0]: run for run in runs}
        places = {index: place for place, index in enumerate(kept)}
        found = []
        for run in runs:
            if self.was[run[0]] == "PDI" and run[0] in ends:
                continue
            whole = list(run)
            while self.matches.get(whole[-1]) in by_start:
                whole += by_start[self.matches[whole[-1]]]
            found.append(self._bounded(whole, kept, places))
        return found

    def _bounded(self, whole: list[int], kept: list[int], places: dict[int, int]) -> _Sequence:
        """The sequence with the directions at its ends (sos, eos)."""
        level = self.levels[whole[0]]
        first, last = places[whole[0]], places[whole[-1]]
        before = self.levels[kept[first - 1]] if first else self.base
        open_ended = self.was[whole[-1]] in _INITIATORS and whole[-1] not in self.matches
        after = self.base if open_ended or last + 1 == len(kept) else self.levels[kept[last + 1]]
        return _Sequence(whole, level, "LR"[max(level, before) % 2], "LR"[max(level, after) % 2])

    def _weak(self, sequence: _Sequence) -> None:
        """Numbers and what belongs to them (W1 to W7)."""
        types, at = self.types, sequence.indexes
        previous = sequence.before
        for index in at:  # W1
            if types[index] == "NSM":
                types[index] = previous
            previous = "ON" if types[index] in _INITIATORS or types[index] == "PDI" else types[index]
        strong = sequence.before
        for index in at:  # W2, W3
            if types[index] in {"L", "R", "AL"}:
                strong = types[index]
            elif types[index] == "EN" and strong == "AL":
                types[index] = "AN"
        for index in at:
            if types[index] == "AL":
                types[index] = "R"
        self._separators(at)
        self._latin_numbers(sequence)

    def _latin_numbers(self, sequence: _Sequence) -> None:
        """Numbers after a letter from left to right go with it (W7)."""
        strong = sequence.before
        for index in sequence.indexes:
            if self.types[index] in {"L", "R"}:
                strong = self.types[index]
            elif self.types[index] == "EN" and strong == "L":
                self.types[index] = "L"

    def _separators(self, at: list[int]) -> None:
        """Separators and terminators of numbers (W4 to W6)."""
        types = self.types
        for place in range(1, len(at) - 1):
            left, kind, right = (types[at[place + step]] for step in (-1, 0, 1))
            same = left == right
            if (kind == "ES" and same and left == "EN") or (kind == "CS" and same and left in {"EN", "AN"}):
                types[at[place]] = left
        place = 0
        while place < len(at):
            end = place
            while end < len(at) and types[at[end]] == "ET":
                end += 1
            beside = (place and types[at[place - 1]] == "EN") or (end < len(at) and types[at[end]] == "EN")
            for index in at[place:end]:
                types[index] = "EN" if beside else "ON"
            place = max(end, place + 1)
        for index in at:
            if types[index] in {"ES", "CS"}:
                types[index] = "ON"

    def _brackets(self, sequence: _Sequence) -> None:
        """A pair of brackets takes one direction (N0)."""
        at = sequence.indexes
        own = "LR"[sequence.level % 2]
        for opened, closed in _pairs([self.text[i] if self.types[i] == "ON" else "" for i in at]):
            inside = {_strong(self.types[index]) for index in at[opened + 1 : closed]} - {""}
            if own in inside:
                wanted = own
            elif inside:
                before = next((found for index in reversed(at[:opened]) if (found := _strong(self.types[index]))),
                              sequence.before)  # fmt: skip
                wanted = before if before != own else own
            else:
                continue
            for place in (opened, closed):
                self._set_bracket(at, place, wanted)

    def _set_bracket(self, at: list[int], place: int, wanted: str) -> None:
        self.types[at[place]] = wanted
        for index in at[place + 1 :]:
            if self.was[index] != "NSM":
                break
            self.types[index] = wanted

    def _neutral(self, sequence: _Sequence) -> None:
        """What is neutral follows what stands around it (N1, N2)."""
        at, types = sequence.indexes, self.types
        own = "LR"[sequence.level % 2]
        place = 0
        while place < len(at):
            end = place
            while end < len(at) and not _strong(types[at[end]]):
                end += 1
            before = _strong(types[at[place - 1]]) if place else sequence.before
            after = _strong(types[at[end]]) if end < len(at) else sequence.after
            for index in at[place:end]:
                types[index] = before if before == after else own
            place = max(end, place + 1)

    def _implicit(self, index: int) -> None:
        """The level that the direction asks for (I1, I2)."""
        kind, level = self.types[index], self.levels[index]
        if level % 2:
            self.levels[index] += kind in {"L", "EN", "AN"}
        else:
            self.levels[index] += {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


@dataclass(slots=True, eq=False, repr=False)
class _Sequence:
    """Characters that are resolved together, and the directions before and after them."""

    indexes: list[int]
    level: int
    before: str
    after: str


class _Stack:
    """Open embeddings and isolates: level, override, whether it is an isolate (X1)."""

    def __init__(self, base: int) -> None:
        self.entries: list[tuple[int, str | None, bool]] = [(base, None, False)]
        self.too_many_isolates = self.too_many_embeddings = self.isolates = 0

    def embed(self, odd: int, override: str | None) -> None:
        level = self._next(odd)
        if level <= DEEPEST and not self.too_many_isolates and not self.too_many_embeddings:
            self.entries.append((level, override, False))
        elif not self.too_many_isolates:
            self.too_many_embeddings += 1

    def isolate(self, odd: int) -> None:
        level = self._next(odd)
        if level <= DEEPEST and not self.too_many_isolates and not self.too_many_embeddings:
            self.isolates += 1
            self.entries.append((level, None, True))
        else:
            self.too_many_isolates += 1

    def end_embedding(self) -> None:
        if self.too_many_isolates:
            return
        if self.too_many_embeddings:
            self.too_many_embeddings -= 1
        elif not self.entries[-1][2] and len(self.entries) > 1:
            self.entries.pop()

    def end_isolate(self) -> None:
        if self.too_many_isolates:
            self.too_many_isolates -= 1
        elif self.isolates:
            self.too_many_embeddings = 0
            while not self.entries[-1][2]:
                self.entries.pop()
            self.entries.pop()
            self.isolates -= 1

    def _next(self, odd: int) -> int:
        level = self.entries[-1][0]
        return level + 1 if (level + 1) % 2 == odd else level + 2


def _strong(kind: str) -> str:
    """The direction for brackets and neutrals: numbers count as right; "" for what has none."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


# Pairs of brackets stand side by side in Unicode, but for the few that are named (Bidi_Paired_Bracket, Unicode 15).
_RANGES = ((0x0F3A, 0x0F3D), (0x169B, 0x169C), (0x2045, 0x2046), (0x207D, 0x207E), (0x208D, 0x208E), (0x2308, 0x230B),
           (0x2329, 0x232A), (0x2768, 0x2775), (0x27C5, 0x27C6), (0x27E6, 0x27EF), (0x2983, 0x298C), (0x2991, 0x2998),
           (0x29D8, 0x29DB), (0x29FC, 0x29FD), (0x2E22, 0x2E29), (0x2E55, 0x2E5C), (0x3008, 0x3011), (0x3014, 0x301B),
           (0xFE59, 0xFE5E), (0xFF5F, 0xFF60), (0xFF62, 0xFF63))  # fmt: skip
_CLOSING = {chr(code): chr(code + 1) for first, last in _RANGES for code in range(first, last, 2)}
_CLOSING |= {"(": ")", "[": "]", "{": "}", "\u298d": "\u2990", "\u298f": "\u298e", "\uff08": "\uff09",
             "\uff3b": "\uff3d", "\uff5b": "\uff5d"}  # fmt: skip
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that are another one by canonical equivalence."""
_CLOSERS = frozenset(_CLOSING.values())
_DEPTH = 63
"""Open brackets beyond which a sequence is left alone (BD16)."""


def _pairs(characters: Sequence[str]) -> list[tuple[int, int]]:
    """The places of opening and closing brackets that belong together, in the order of the opening ones (BD16)."""
    waiting: list[tuple[str, int]] = []
    found = []
    for place, character in enumerate(characters):
        if character in _CLOSING:
            if len(waiting) == _DEPTH:
                return []
            closing = _CLOSING[character]
            waiting.append((_SAME.get(closing, closing), place))
        elif character in _CLOSERS:
            wanted = _SAME.get(character, character)
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == wanted:
                    found.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    return sorted(found)
