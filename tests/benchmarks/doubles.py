"""Recall and precision of the warning of doubles, kind by kind: `python3 dev.py bench doubles [--home]`.

Twice: over the pairs that the warning was built with, and over pairs of other names and another seed. With `--home`
all first persons are in one home, and it counts who comes up when the second ones are typed: the search included.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from famdesk.domain.people.doubles import weigh
from tests.support.double_pairs import Pair, by_kind, held_out, known

RECALL, PRECISION = 0.95, 0.9
"""What `design/quality.md` asks for."""

Warns = Callable[[Pair], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs were warned of: doubles (`right` of `doubles`) and others (`wrong` of `others`)."""

    right: int
    doubles: int
    wrong: int
    others: int

    @property
    def recall(self) -> float:
        """The part of the doubles that was warned of."""
        return self.right / self.doubles

    @property
    def precision(self) -> float:
        """The part of the warnings that was right."""
        return self.right / (self.right + self.wrong)

    @property
    def kept(self) -> bool:
        """Whether both figures are good enough."""
        return self.recall >= RECALL and self.precision >= PRECISION


def warns(pair: Pair) -> bool:
    """Whether the rules warn of the pair, whichever of the two is typed."""
    return weigh(pair.first, pair.second).likely


def score(pairs: Sequence[Pair], told: Warns = warns) -> Score:
    """The figures over pairs."""
    warned = [(pair.double, told(pair)) for pair in pairs]
    doubles = [hit for double, hit in warned if double]
    others = [hit for double, hit in warned if not double]
    return Score(sum(doubles), len(doubles), sum(others), len(others))


def show(title: str, pairs: list[Pair], told: Warns = warns) -> Score:
    """Print the figures, kind by kind and together."""
    print(f"{title}: {len(pairs)} pairs")
    for kind, some in by_kind(pairs):
        hits = sum(told(pair) for pair in some)
        wanted = "warned of" if some[0].double else "left alone"
        good = hits if some[0].double else len(some) - hits
        print(f"  {kind:<42} {wanted:<10} {good:>4} of {len(some)}  {good / len(some):6.1%}")
    found = score(pairs, told)
    print(f"  recall {found.recall:.3f} (at least {RECALL}), precision {found.precision:.3f} (at least {PRECISION})\n")
    return found


def in_a_home(pairs: Sequence[Pair]) -> Warns:
    """Whether the second person of a pair, typed at a desk, brings up the first one among all first ones."""
    from tests.support import double_homes
    from tests.support.offices import file_desk

    with tempfile.TemporaryDirectory(prefix="famdesk-doubles-") as folder:
        desk = file_desk(Path(folder) / "home")
        office = desk.sign_in("coordinator")
        ids = double_homes.fill(office, pairs)
        begun = time.perf_counter()
        told = {id(pair): double_homes.warned(office, ids, place, pair) for place, pair in enumerate(pairs)}
        print(f"{len(pairs)} persons in a home; a warning takes {(time.perf_counter() - begun) / len(pairs):.4f} s")
        desk.close()
    return lambda pair: told[id(pair)]


def main() -> int:
    """Print both; status 1 if one is not good enough."""
    scores = []
    for title, pairs in (("built with", known()), ("held out", held_out())):
        scores.append(show(title, pairs, in_a_home(pairs) if "--home" in sys.argv else warns))
    return 0 if all(one.kept for one in scores) else 1


if __name__ == "__main__":
    sys.exit(main())
