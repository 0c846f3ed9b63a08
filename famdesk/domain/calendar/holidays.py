"""Public holidays of Italy and the day of the comune's patron saint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, cast

from famdesk.domain.calendar.hours import ClosedDays
from famdesk.domain.people.municipalities import Municipality, municipality
from famdesk.i18n import LANGUAGES, N_, _, language

_LIBRARY_LANGUAGES = {"it": "it_IT", "en": "en_US"}
# The library knows no German. Its English names are messages of ours, so that each language can have them.
NAMES = (
    N_("New Year's Day"),
    N_("Epiphany"),
    N_("Easter Sunday"),
    N_("Easter Monday"),
    N_("Liberation Day"),
    N_("Labor Day"),
    N_("Republic Day"),
    N_("Assumption Of Mary Day"),
    N_("Saint Francis of Assisi, Patron Saint of Italy"),
    N_("All Saints' Day"),
    N_("National Unity Day"),
    N_("Immaculate Conception"),
    N_("Christmas Day"),
    N_("Saint Stephen's Day"),
    N_("Pentecost Monday"),
)


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day on which public offices are closed; `kind` "patron" is the comune's own day, "holiday" all others."""

    day: date
    name: str
    kind: Literal["holiday", "patron"]


def public_holidays(year: int, municipality: str | None) -> tuple[Holiday, ...]:
    """The national holidays of a year and the comune's patron saint (ISTAT code), sorted, one per day.

    Names are in the current language: Italian and English from the library, other languages through our own
    translations; patron saints have their Italian name, in the languages of families with words that say what day it
    is. A comune that the data does not know, or None, has the national holidays only. A patron's day that is a national
    holiday as well is told once, as national.

    Source: law 260/1949 and later ones, last law 151/2025 (4 October from 2026), as the `holidays` library has them.
    """
    return _holidays(year, municipality, language())


def closed_days(first: date, last: date, municipality: str | None) -> tuple[ClosedDays, ...]:
    """The holidays from `first` to `last`, both included, as closed days for a timetable."""
    years = range(first.year, last.year + 1)
    found = (holiday for year in years for holiday in public_holidays(year, municipality))
    return tuple(ClosedDays(one.day, one.day, one.name, one.kind) for one in found if first <= one.day <= last)


@lru_cache(maxsize=128)
def _holidays(year: int, code: str | None, lang: str) -> tuple[Holiday, ...]:
    national = _named(year, None, lang)
    found = [Holiday(day, "; ".join(names), "holiday") for day, names in national.items()]
    comune = municipality(code)
    for day, name in _local(year, comune, lang) if comune else ():
        if day not in national:
            kind = cast(Literal["holiday", "patron"], comune.kind if comune else "patron")
            found.append(Holiday(day, _explained(name) if kind == "patron" else name, kind))
    return tuple(sorted(found))


def _explained(saint: str) -> str:
    """The name of a patron saint, with what it means where it stands alone on the sheets of families."""
    # Translators: a holiday of the town alone, the feast of its patron saint, whose Italian name follows
    return saint if language() in LANGUAGES else _("Patron saint’s day: {name}").format(name=saint)


def _local(year: int, comune: Municipality, lang: str) -> list[tuple[date, str]]:
    """The comune's own days, from the data file or else from the library."""
    if comune.patron:
        name, month, day = comune.patron
        return [(date(year, month, day), name)]
    if not comune.calendar:
        return []
    return [(day, "; ".join(names)) for day, names in _named(year, comune.calendar, lang).items()]


def _named(year: int, subdivision: str | None, lang: str) -> dict[date, list[str]]:
    """Days and names as the library has them, in a language that it may not know."""
    known = _LIBRARY_LANGUAGES.get(lang)
    if known:
        return _library(year, subdivision, known)
    english = _library(year, subdivision, _LIBRARY_LANGUAGES["en"])
    italian = _library(year, subdivision, _LIBRARY_LANGUAGES["it"])
    return {day: _translated(names) or italian[day] for day, names in english.items()}


def _translated(names: list[str]) -> list[str] | None:
    """The names in the current language; None as soon as one has no translation, names are not mixed."""
    if not set(names) <= set(NAMES):
        return None
    found = [_(name) for name in names]
    return None if any(new == old for new, old in zip(found, names, strict=True)) else found


def _library(year: int, subdivision: str | None, lang: str) -> dict[date, list[str]]:
    import holidays  # heavy: only when somebody asks for a holiday

    calendar = holidays.country_holidays("IT", subdiv=subdivision, years=year, language=lang)
    found = {day: calendar.get_list(day) for day in calendar}
    if lang != _LIBRARY_LANGUAGES["it"]:
        return found
    return {day: [name.replace("'", "’") for name in names] for day, names in found.items()}
