"""Labelled pairs in a real home: the first of each pair is in it, the second one is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from famdesk.data.tx import Tx
from famdesk.domain.people.doubles import Identity
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, doubles, people
from tests.support.double_pairs import Pair

AT_ONCE = 250


def fill(office: Office, pairs: Sequence[Pair]) -> dict[int, str]:
    """Adds the first person of each pair; gives their ids by the pairs' places."""
    found: dict[int, str] = {}
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        ids = office.run(_add_all, [pair.first for pair in some])
        found.update({start + place: person_id for place, person_id in enumerate(ids)})
    return found


def warned(office: Office, ids: dict[int, str], place: int, pair: Pair) -> bool:
    """Whether typing the second person of a pair brings up the first one."""
    typed = pair.second
    found = office.fetch(
        doubles.likely_doubles, surname=typed.surname, given_name=typed.given_name, alias=typed.alias,
        birth_date=typed.birth_date, birth_part=typed.birth_part, sex=typed.sex, code=typed.tax_code,
        phone=next(iter(typed.phones), None), mail=next(iter(typed.mails), None),
    )  # fmt: skip
    return ids[place] in {double.id for double in found}


def _add_all(tx: Tx, persons: Iterable[Identity]) -> list[str]:
    return [_add(tx, one) for one in persons]


def _add(tx: Tx, one: Identity) -> str:
    added = people.add_person(
        tx, surname=one.surname, given_name=one.given_name, alias=one.alias, birth_date=one.birth_date,
        birth_part=one.birth_part, sex=one.sex, tax_code=one.tax_code, keep_tax_code=True,
        phone=next(iter(one.phones), None), mail=next(iter(one.mails), None),
    )  # fmt: skip
    for address in one.addresses:
        contacts.add_contact_point(tx, added, kind="address", value=address)
    return added
