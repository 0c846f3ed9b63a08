"""A profile becomes records: on the encrypted file and on the server, once, with its sources, and undoable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import func, select

from famdesk import resources
from famdesk.data import records
from famdesk.data.base import Sourced
from famdesk.data.journal import Step
from famdesk.data.tables.centre import Call, Centre, Network, Statement
from famdesk.data.tables.directory import AccessPoint, Body, OpeningRule, Partnership, Place, Service, ServiceLink
from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.centre.profile import Profile
from famdesk.domain.errors import Forbidden
from famdesk.domain.ids import new_id
from famdesk.domain.staff import rights
from famdesk.exchange.profiles import read_profile
from famdesk.usecases.centre import profiles
from tests.support.offices import Desk

TABLES = {
    "network", "centre", "body", "role_holder", "place", "access_point", "opening_rule", "act", "fund", "call",
    "service", "service_link", "initiative", "meeting", "partnership", "statement", "catchment",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _leaders_may_import(monkeypatch: pytest.MonkeyPatch) -> None:
    leaders = {"coordinator": "cx", "administrator": "cx"}
    monkeypatch.setitem(rights.parsed(), "profiles.import_profile", dict.fromkeys(rights.ROLES, "") | leaders)


@pytest.fixture(scope="module")
def cremona() -> Profile:
    return read_profile(resources.path("centres/cremona.toml"))


@pytest.fixture(scope="module")
def bari() -> Profile:
    return read_profile(resources.path("centres/bari.toml"))


def counts(tx: Tx) -> Counter[str]:
    found = {table: tx.rows(select(func.count()).select_from(records.BY_TABLE[table])) for table in TABLES}
    return Counter({table: rows[0][0] for table, rows in found.items() if rows[0][0]})


def rows(desk: Desk, *columns: Any, **where: Any) -> list[tuple[Any, ...]]:
    statement = select(*columns)
    for name, value in where.items():
        statement = statement.where(getattr(columns[0].class_, name) == value)
    return [tuple(row) for row in desk.office.fetch(lambda tx: tx.rows(statement))]


def test_cremona_arrives_whole(desk: Desk, cremona: Profile) -> None:
    centre_id = desk.office.run(profiles.import_profile, cremona)
    assert centre_id == desk.office.actor.centre_id
    assert desk.office.fetch(counts) == Counter(entry.table for entry in cremona.entries())
    assert rows(desk, Centre.name, Centre.phone, Centre.starts_on, Centre.municipality) == [
        ("Hug – Centro per le Famiglie", "333 3317332", date(2025, 2, 4), "019036")
    ]
    hours = select(AccessPoint.name, OpeningRule.weekday, OpeningRule.opens, OpeningRule.closes).join(
        OpeningRule, OpeningRule.access_point_id == AccessPoint.id
    )
    assert {tuple(row) for row in desk.office.fetch(lambda tx: tx.rows(hours))} == {
        ("piazza Giovanni XXIII", 2, time(12), time(14)),
        ("piazza Giovanni XXIII", 4, time(17), time(19)),
        ("Azienda Sociale del Cremonese", 1, time(8), time(10)),
    }


def test_references_become_ids(desk: Desk, cremona: Profile) -> None:
    desk.office.run(profiles.import_profile, cremona)
    bodies = dict(rows(desk, Body.id, Body.name))
    ((owner, place_id),) = rows(desk, Place.owner_body_id, Place.id, name="Palazzo della Carità")
    assert bodies[owner] == "Fondazione “Città di Cremona”"
    assert rows(desk, AccessPoint.place_id, AccessPoint.main, name="piazza Giovanni XXIII") == [(place_id, True)]
    partners = rows(desk, Partnership.position, Partnership.body_id, Partnership.role, Partnership.share_cents,
                    subject_id=desk.office.actor.centre_id)  # fmt: skip
    funders = [(bodies[body], share) for _, body, role, share in sorted(partners) if role == "funder"]
    assert funders == [(name, None) for name in ("Comune di Cremona", "Asst Cremona", "Azienda Sociale del Cremonese",
                                                 "Cooperativa Cosper", "Consorzio Sol.Co.")]  # fmt: skip
    ((ape,),) = rows(desk, Initiative.id, name="A.Pe – Aperitivi Pedagogici")
    meetings = rows(desk, Meeting.number, Meeting.day, Meeting.starts, Meeting.minutes, initiative_id=ape)
    assert sorted(meetings)[:2] == [(1, date(2025, 2, 13), time(18), None), (2, None, time(18), None)]
    assert len(meetings) == 5
    ((before,),) = rows(desk, Initiative.continues_id, name="Spazi di sostegno alla paternità")
    assert rows(desk, Initiative.name, id=before) == [("Percorsi di accompagnamento alla nascita",)]


def test_statements_keep_their_order(desk: Desk, cremona: Profile) -> None:
    desk.office.run(profiles.import_profile, cremona)
    kept = sorted(rows(desk, Statement.position, Statement.text))
    assert [text for _, text in kept] == [statement.text for statement in cremona.statement]


def test_every_record_says_where_it_comes_from(desk: Desk, bari: Profile) -> None:
    desk.office.run(profiles.import_profile, bari, "csf-1", whole=not desk.office.store.is_postgres)
    for table in desk.office.fetch(counts):
        model: Any = records.BY_TABLE[table]
        assert issubclass(model, Sourced)
        assert [row for row in rows(desk, model.source) if not row[0]] == []


def test_bari_arrives_with_eight_centres_that_own_what_is_theirs(file_desk: Desk, bari: Profile) -> None:
    file_desk.office.run(profiles.import_profile, bari, "csf-3")
    expected = Counter(entry.table for entry in bari.entries())
    expected["service"] += 4 * 7
    assert file_desk.office.fetch(counts) == expected
    ((network, planned),) = rows(file_desk, Network.id, Network.planned_centres)
    centres = dict(rows(file_desk, Centre.id, Centre.name, network_id=network))
    assert (planned, len(centres)) == (8, 8)
    assert centres[file_desk.office.actor.centre_id] == "Centro servizi per le famiglie 3"
    assert dict(rows(file_desk, AccessPoint.centre_id, AccessPoint.name)) == centres
    hubs = rows(file_desk, Service.centre_id, kind="hub")
    assert sorted(hub for (hub,) in hubs) == sorted(centres)
    ((deadline, text),) = rows(file_desk, Call.deadline, Call.deadline_text)
    assert (deadline, text) == (datetime(2021, 7, 8, 9), "entro le 9 del prossimo 8 luglio")
    ((house,),) = rows(file_desk, Service.id, name="Casa della Cittadinanza attiva e della Legalità")
    links = dict(rows(file_desk, ServiceLink.kind, ServiceLink.target_id, service_id=house))
    assert links["part_of"] == network
    assert rows(file_desk, Service.name, id=links["builds_on"]) == [("Chiccolino",)]


def test_a_centre_that_imports_only_its_own_part_writes_for_nobody_else(desk: Desk, bari: Profile) -> None:
    desk.office.run(profiles.import_profile, bari, "csf-2", whole=False)
    mine = desk.office.actor.centre_id
    assert rows(desk, Centre.id, Centre.name) == [(mine, "Centro servizi per le famiglie 2")]
    assert rows(desk, AccessPoint.centre_id, AccessPoint.name) == [(mine, "Centro servizi per le famiglie 2")]
    assert len(rows(desk, Service.id)) == len(bari.service)
    assert len(rows(desk, Statement.id)) == len(bari.statement)


def test_a_second_centre_joins_the_network_that_is_there(file_desk: Desk, bari: Profile) -> None:
    office = file_desk.office
    office.run(profiles.import_profile, bari, "csf-1", whole=False)
    second = new_id()

    def found_second(tx: Tx) -> None:
        tx.session.add(Centre(id=second, centre_id=second, name="Altro", language="it"))
        tx.session.add(Staff(centre_id=second, name="Ada Seconda", role="administrator"))
        tx.steps.append(Step("session.create_home"))

    office.run(found_second)
    office.actor = replace(office.actor, centre_id=second)
    office.run(profiles.import_profile, bari, "csf-2", whole=False)
    ((network,),) = rows(file_desk, Network.id)
    assert {tuple(row) for row in rows(file_desk, Centre.name, Centre.network_id)} == {
        ("Centro servizi per le famiglie 1", network), ("Centro servizi per le famiglie 2", network),
    }  # fmt: skip
    assert rows(file_desk, AccessPoint.name, centre_id=second) == [("Centro servizi per le famiglie 2",)]
    assert len(rows(file_desk, Service.kind, centre_id=second)) == 4
    assert len(rows(file_desk, Statement.id)) == len(bari.statement)


def test_a_profile_is_imported_once(desk: Desk, cremona: Profile) -> None:
    desk.office.run(profiles.import_profile, cremona)
    before = desk.office.fetch(counts)
    with pytest.raises(profiles.AlreadyFilled) as caught:
        desk.office.run(profiles.import_profile, cremona)
    assert "new centre" in caught.value.sentence()
    assert desk.office.fetch(counts) == before


def test_an_import_is_undone_and_done_again_as_a_whole(desk: Desk, cremona: Profile) -> None:
    before = desk.office.fetch(counts)
    desk.office.run(profiles.import_profile, cremona)
    assert desk.office.undo_label() == "Centre profile imported"
    after = desk.office.fetch(counts)
    desk.office.undo()
    assert desk.office.fetch(counts) == before
    assert rows(desk, Centre.name) == [("Centro di prova",)]
    desk.office.redo()
    assert desk.office.fetch(counts) == after


def test_a_centre_that_the_profile_does_not_have(desk: Desk, cremona: Profile) -> None:
    with pytest.raises(profiles.NotInProfile) as caught:
        desk.office.run(profiles.import_profile, cremona, "bari")
    assert "“bari”. Possible: hug." in caught.value.sentence()
    assert desk.office.fetch(counts) == Counter({"centre": 1})


def test_reception_may_not_import(desk: Desk, cremona: Profile) -> None:
    with pytest.raises(Forbidden):
        desk.sign_in("reception").run(profiles.import_profile, cremona)
