"""One search over persons, services, points, places, bodies, initiatives, calls, needs, and paths by their code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from famdesk.data.search import SearchKey
from famdesk.data.tables.centre import Call
from famdesk.data.tables.directory import AccessPoint, Body, Place, Service
from famdesk.data.tables.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import NotFound
from famdesk.domain.intake.needs import Need, find_needs
from famdesk.domain.notes.paths import PATH_KINDS, number_in
from famdesk.domain.programmes import calls
from famdesk.domain.staff import rights
from famdesk.domain.text import parted_tokens
from famdesk.i18n import _
from famdesk.usecases import lookup
from famdesk.usecases.lookup import Found, Question
from famdesk.usecases.paths import paths
from famdesk.usecases.people.person_search import person_hits
from famdesk.usecases.registry import query

ORDER = ("path", "person", "service", "access_point", "place", "initiative", "call", "body", "need")
SHARED = ("service", "access_point", "place", "initiative", "body")
MOST_NEEDS = 3
LEAST_LETTERS = 3
EXACT, FITS, SIMILAR = 0, 1, 2
"""How well a hit fits, the best first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits what was typed; `kind` is its table, or "need" with the need's code as id."""

    kind: str
    id: str
    label: str
    detail: str


@query
def search(tx: Tx, text: str, limit: int = 30) -> tuple[Hit, ...]:
    """What fits the words typed, in any order and shortened as people do; what fits exactly first, persons first;
    last, persons whose names only resemble what was typed.

    At most `limit` hits; a third of them is kept for what is not a person. Persons only for roles that may find them,
    and only those whom this person may know of.
    """
    asked = lookup.question(text)
    if asked is None:
        return ()
    rest = [*_path(tx, text), *_shared(tx, asked, limit), *_calls(tx, text), *_needs(text)]
    persons = _persons(tx, text, limit)
    room = max(limit - len(rest), limit - limit // 3)
    found = [*persons[:room], *rest]
    ranked = sorted(found, key=lambda pair: (pair[1], ORDER.index(pair[0].kind)))
    return tuple(hit for hit, _rank in ranked[:limit])


def _path(tx: Tx, text: str) -> list[tuple[Hit, int]]:
    """The path of care whose code was typed, such as "P-0042"."""
    if number_in(text) is None or not rights.cell(paths.by_code.name, tx.actor.role):
        return []
    try:
        found = paths.by_code(tx, text)
    except NotFound:
        return []
    kind = codes.label(PATH_KINDS, found.kind)
    return [(Hit("path", found.id, f"{found.code} · {kind}", ", ".join(one for one in found.people if one)), EXACT)]


def _persons(tx: Tx, text: str, limit: int) -> list[tuple[Hit, int]]:
    if not rights.cell(person_hits.name, tx.actor.role):
        return []
    return [(Hit("person", hit.id, hit.label, hit.detail), SIMILAR if hit.similar else EXACT if exact else FITS)
            for hit, exact in person_hits(tx, text, limit)]  # fmt: skip


def _shared(tx: Tx, asked: Question, limit: int) -> list[tuple[Hit, int]]:
    """Hits in the directory, which everybody may read."""
    rows: dict[str, Hit] = {}

    def keep(found: Sequence[Found]) -> list[Found]:
        rows.update(_named(tx, found))
        return [one for one in found if one.id in rows]

    found = lookup.find(tx, asked, limit, keep, SearchKey.kind.in_(SHARED))
    return [(rows[one.id], EXACT if one.exact else FITS) for one in found]


def _named(tx: Tx, found: Sequence[Found]) -> dict[str, Hit]:
    hits: dict[str, Hit] = {}
    for kind, describe in _DESCRIBED.items():
        ids = [one.id for one in found if one.kind == kind]
        if ids:
            hits.update({hit.id: hit for hit in describe(tx, ids)})
    return hits


def _services(tx: Tx, ids: list[str]) -> list[Hit]:
    rows = tx.rows(
        select(Service.id, Service.name, Service.alias, Service.state, Body.name.label("body"))
        .outerjoin(Body, Body.id == Service.body_id)
        .where(Service.id.in_(ids), Service.deleted_at.is_(None))
    )  # fmt: skip
    past = {"past": _("no longer offered"), "planned": _("planned")}
    return [Hit("service", row.id, row.name, _joined(row.alias, past.get(row.state), row.body)) for row in rows]


def _points(tx: Tx, ids: list[str]) -> list[Hit]:
    rows = tx.rows(
        select(AccessPoint.id, AccessPoint.name, Place.name.label("place"), Place.address, Place.town)
        .outerjoin(Place, Place.id == AccessPoint.place_id)
        .where(AccessPoint.id.in_(ids), AccessPoint.deleted_at.is_(None))
    )  # fmt: skip
    return [Hit("access_point", row.id, row.name, _joined(_other(row.place, row.name), row.address, row.town))
            for row in rows]  # fmt: skip


def _places(tx: Tx, ids: list[str]) -> list[Hit]:
    rows = tx.rows(
        select(Place.id, Place.name, Place.address, Place.town)
        .where(Place.id.in_(ids), Place.deleted_at.is_(None))
    )  # fmt: skip
    return [Hit("place", row.id, row.name, _joined(_other(row.address, row.name), row.town)) for row in rows]


def _bodies(tx: Tx, ids: list[str]) -> list[Hit]:
    rows = tx.rows(
        select(Body.id, Body.name, Body.short_name, Body.kind).where(Body.id.in_(ids), Body.deleted_at.is_(None))
    )
    return [Hit("body", row.id, row.name, _joined(row.short_name, codes.label(codes.BODY_KINDS, row.kind)))
            for row in rows]  # fmt: skip


def _initiatives(tx: Tx, ids: list[str]) -> list[Hit]:
    one = Initiative
    rows = tx.rows(select(one.id, one.name, one.alias, one.state).where(one.id.in_(ids), one.deleted_at.is_(None)))
    return [Hit("initiative", row.id, row.name, _joined(row.alias, codes.label(codes.INITIATIVE_STATES, row.state)))
            for row in rows]  # fmt: skip


_DESCRIBED: dict[str, Any] = {
    "service": _services, "access_point": _points, "place": _places, "body": _bodies, "initiative": _initiatives,
}  # fmt: skip


def _calls(tx: Tx, text: str) -> list[tuple[Hit, int]]:
    """Calls for applications whose name has words that begin like those typed; there are so few that none is missed."""
    typed = parted_tokens(text)
    if len(text.strip()) < LEAST_LETTERS or not typed:
        return []
    found = []
    for row in tx.rows(select(Call.id, Call.name, Call.state).where(Call.deleted_at.is_(None)).order_by(Call.name)):
        words = parted_tokens(row.name)
        if all(any(word.startswith(one) for word in words) for one in typed):
            found.append((Hit("call", row.id, row.name, codes.label(calls.CALL_STATES, row.state)), FITS))
    return found


def _needs(text: str) -> list[tuple[Hit, int]]:
    if len(text.strip()) < LEAST_LETTERS:
        return []
    return [(Hit("need", one.code, one.label, _function(one)), FITS) for one in find_needs(text, MOST_NEEDS)]


def _function(one: Need) -> str:
    return _("Need, function {letter}").format(letter=one.function)


def _joined(*words: str | None) -> str:
    return " · ".join(word for word in words if word)


def _other(text: str | None, said: str) -> str | None:
    """The text, unless it only repeats what is said already."""
    return None if text is None or text.casefold() in said.casefold() else text
