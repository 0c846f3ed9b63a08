"""By what the list of persons can be narrowed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, text, union_all

from famdesk.data.tables.people import BY_NAME, Person
from famdesk.data.tx import Tx
from famdesk.domain.people import age_bands


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """What has to be true of a person; None: no matter.

    `age` is a code of `famdesk.domain.people.age_bands`, `turning` "enters" or "leaves": the birthday that begins or
    ends the band is in this month (without a band that of 0–3). `place` is a part of the town, or an ISTAT code of the
    municipality.
    """

    age: str | None = None
    turning: str | None = None
    place: str | None = None
    language: str | None = None
    mediator: bool | None = None
    privacy: str | None = None
    in_charge: str | None = None
    protected: bool | None = None

    def to_json(self) -> str:
        """What was chosen, for a saved search."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None})

    @classmethod
    def from_json(cls, kept: str) -> PersonFilter:
        """The filter of a saved search; what this version does not know is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in json.loads(kept).items() if name in known})


NO_FILTER = PersonFilter()


def conditions(tx: Tx, wanted: PersonFilter) -> list[ColumnElement[bool]]:
    """The conditions on `Person`; persons of other centres and files made one with others are never listed."""
    found = [Person.centre_id == tx.centre_id, Person.merged_into_id.is_(None)]
    plain = {
        Person.needs_mediator: wanted.mediator, Person.privacy: wanted.privacy, Person.protected: wanted.protected,
        Person.owner_staff_id: wanted.in_charge,
    }  # fmt: skip
    found += [column == value for column, value in plain.items() if value is not None]
    if wanted.language:
        spoken = Person.languages.op("||")(" ").contains(f"{wanted.language} ", autoescape=True)
        found.append(or_(Person.language == wanted.language, spoken))
    if wanted.place:
        place = wanted.place.strip()
        found.append(or_(Person.municipality == place, Person.town.icontains(place, autoescape=True)))
    return found + _ages(wanted, tx.today())


def by_name(chosen: Select[*tuple[Any, ...]], wanted: PersonFilter) -> Select[*tuple[Any, ...]]:
    """A select of persons in the order of lists, so that an index in that order is read until enough are found.

    Those of whom there are few have an index of their own, which SQLite takes only if its condition is said in the very
    words.
    """
    chosen = chosen.order_by(*(getattr(Person, name) for name in BY_NAME))
    few = {"protected": wanted.protected, "needs_mediator": wanted.mediator,
           "privacy <> 'signed'": wanted.privacy not in (None, "signed")}  # fmt: skip
    conditions = [f"person.{words}" for words, so in few.items() if so]
    return chosen.where(*map(text, conditions))


MOST = 20_000
"""So many persons are rather put in order than looked for among all, one by one in the order of the list."""
MOST_VALUES = 500

Part = list[ColumnElement[bool]]
"""Of a filter: conditions each of which is a few ranges of an index. One of them is true of who is looked for."""


def by_indexes(tx: Tx, wanted: PersonFilter) -> tuple[PersonFilter, list[ColumnElement[bool]]]:
    """What is left of a filter and conditions for the rest of it, by which a list of all who pass needs no look at all
    others: language and place by the values that are there, which stand in indexes.

    PostgreSQL sees by itself whether it is shorter to read the index or the list in its order. SQLite would always take
    the index; so it is told only if that leads to few.
    """
    parts = _parts(tx, wanted)
    if tx.session.get_bind().dialect.name == "postgresql":
        return replace(wanted, **dict.fromkeys(parts, None)), [or_(*part) for part in parts.values()]
    sizes = [(_size(tx, part), part) for part in parts.values()]
    size, part = min(sizes, key=itemgetter(0), default=(MOST + 1, []))
    if size > MOST:
        return wanted, []
    here = Person.centre_id == tx.centre_id
    return wanted, [Person.id.in_(union_all(*(select(Person.id).where(here, one) for one in part)))]


def _parts(tx: Tx, wanted: PersonFilter) -> dict[str, Part]:
    """By the name of the field."""
    found: dict[str, Part] = {}
    if wanted.language:
        spoken = [one for one in _values(tx, Person.languages) if f"{wanted.language} " in f"{one} "]
        found["language"] = [Person.language == wanted.language, Person.languages.in_(spoken)]
    if wanted.place:
        place = wanted.place.strip()
        towns = [town for town in _values(tx, Person.town) if place.casefold() in town.casefold()]
        if len(towns) <= MOST_VALUES:
            found["place"] = [Person.municipality == place, Person.town.in_(towns)]
    return found


def _values(tx: Tx, column: Any) -> list[str]:
    """The values of a column, each found in its index behind the one before: much fewer than persons."""
    least = select(func.min(column).label("value")).where(Person.centre_id == tx.centre_id)
    known = least.where(column.is_not(None)).cte("known", recursive=True)
    after = least.where(column > known.c.value).correlate(known).scalar_subquery()
    known = known.union_all(select(after).where(known.c.value.is_not(None)))
    return [row.value for row in tx.rows(select(known.c.value).where(known.c.value.is_not(None)))]


def _size(tx: Tx, part: Part) -> int:
    """How many at most it leads to, counted a little further than `MOST`."""
    here = Person.centre_id == tx.centre_id
    some = [select(literal(1).label("one")).where(here, one).limit(MOST + 1).subquery() for one in part]
    return sum(tx.rows(select(func.count()).select_from(one))[0][0] for one in some)


def _ages(wanted: PersonFilter, today: date) -> list[ColumnElement[bool]]:
    if wanted.turning:
        band = age_bands.band(wanted.age or age_bands.SMALL)
        years = band.first if wanted.turning == "enters" else band.end
        first = today.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        begins, ends = age_bands.years_before(first, years or 0), age_bands.years_before(after, years or 0)
        return [Person.birth_date >= begins, Person.birth_date < ends]
    if not wanted.age:
        return []
    band = age_bands.band(wanted.age)
    born = func.coalesce(Person.birth_date, None)  # past the index of birth dates: a band is too many to sort
    found = [born <= age_bands.years_before(today, band.first)]
    if band.end is not None:
        found.append(born > age_bands.years_before(today, band.end))
    return found
