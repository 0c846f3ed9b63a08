"""The opening-hours posters of all access points at once: each in every language that was chosen, in one file.

What could not be printed is told with its reason; the others are printed all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, using
from famdesk.sheets.collecting import collect
from famdesk.sheets.hours import opening_hours
from famdesk.sheets.hours.opening_hours import OpeningHours, PosterOptions
from famdesk.sheets.paper.page import Paper, together


class NothingToPrint(RuleError):
    message = N_("None of these posters can be printed.")


@dataclass(frozen=True, slots=True)
class PlacesWish:
    """Which posters: `places` by id, none for all of them; `languages` one poster for each; `paper` "A4" or "A3"."""

    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("it",)
    paper: str = "A4"
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class OnePoster:
    """The poster of one place in one language."""

    place: str
    language: str
    content: OpeningHours


@dataclass(frozen=True, slots=True)
class Refused:
    """A poster that is missing, and why, in a sentence."""

    place: str
    language: str
    why: str


@dataclass(frozen=True, slots=True)
class AllPosters:
    """The file with the posters, how many there are, and those that are missing."""

    data: bytes
    count: int
    refused: tuple[Refused, ...]


def gather(tx: Tx, wish: PlacesWish) -> tuple[OnePoster, ...]:
    """What the posters say, place by place and within it language by language.

    Raises:
        NoSuchPlace.
    """
    points = collect.chosen_points(tx, wish.places)
    found = []
    for point in points:
        for language in wish.languages:
            with using(language):
                found.append(OnePoster(point.name, language, collect.poster(tx, (point.id,))))
    return tuple(found)


def render(posters: Sequence[OnePoster], wish: PlacesWish) -> AllPosters:
    """One PDF of all posters that can be printed.

    Raises:
        NothingToPrint.
    """
    options = PosterOptions(Paper[wish.paper], wish.large_print)
    good, refused = list[OnePoster](), list[Refused]()
    for one in posters:
        try:
            _make(one, options)
        except RuleError as error:
            refused.append(Refused(one.place, one.language, error.sentence()))
        else:
            good.append(one)
    if not good:
        raise NothingToPrint
    return AllPosters(together([partial(_make, one, options) for one in good]), len(good), tuple(refused))


def _make(one: OnePoster, options: PosterOptions) -> bytes:
    with using(one.language):
        return opening_hours.render(one.content, options)
