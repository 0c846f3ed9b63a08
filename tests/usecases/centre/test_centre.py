"""The centre, who is at the desk, the language."""

from __future__ import annotations

from typing import Any

import pytest

from famdesk.domain.errors import Forbidden, Required, Stale
from famdesk.exchange.profiles import read_profile
from famdesk.resources import path
from famdesk.usecases.centre import centre, profiles
from famdesk.usecases.centre.centre import CentreRow
from tests.support.offices import Desk

GIVEN: dict[str, Any] = {
    "name": "Hug", "alias": "", "tagline": None, "description": "Per tutti", "municipality_code": "019036",
    "phone": "333", "mail": None, "access_terms": None, "starts_on": None,
}  # fmt: skip


@pytest.fixture
def hug(desk: Desk) -> CentreRow:
    desk.office.run(profiles.import_profile, read_profile(path("centres/cremona.toml")))
    return desk.office.fetch(centre.overview)


def test_partners_in_order_with_the_lead_first(hug: CentreRow) -> None:
    assert [(row.name, row.role) for row in hug.partners] == [
        ("Comune di Cremona", "lead"),
        ("Asst Cremona", "partner"),
        ("Azienda Sociale del Cremonese", "partner"),
        ("Cooperativa Cosper", "partner"),
        ("Consorzio Sol.Co.", "partner"),
    ]
    assert [row.name for row in hug.others if row.role == "model_author"] == [
        "Dipartimento per le Politiche della Famiglia"
    ]
    assert all(row.share_cents is None for row in hug.others)


def test_contacts_offices_acts_funds_and_calls(hug: CentreRow) -> None:
    assert (hug.comune, hug.phone, hug.mail) == ("Cremona", "333 3317332", "hug.centrofamiglie.cr@gmail.com")
    assert "2025" in (hug.inferred or "")
    offices = {row.name: (row.title, row.body) for row in hug.holders}
    assert offices["Davide Longhi"] == ("Presidente", "Consorzio Sol.Co.")
    assert [(row.number, str(row.issued_on)) for row in hug.acts if row.number] == [("1507", "2023-12-13")]
    assert [row.name for row in hug.funds] == ["Fondo Nazionale per le Politiche della Famiglia"]
    assert [(row.issuer, row.fund, row.outcome) for row in hug.calls] == [
        ("Ats Val Padana", "Fondo Nazionale per le Politiche della Famiglia", "won")
    ]
    assert hug.statements
    assert any(one.extent == "neighbours" for one in hug.catchments)


def test_change_and_undo(desk: Desk) -> None:
    before = desk.office.fetch(centre.overview)
    desk.office.run(centre.change_centre, before.version, **GIVEN)
    after = desk.office.fetch(centre.overview)
    assert (after.name, after.alias, after.description, after.phone) == ("Hug", None, "Per tutti", "333")
    assert desk.office.undo_label() == "Data of the centre changed"
    desk.office.undo()
    assert desk.office.fetch(centre.overview).name == before.name
    with pytest.raises(Stale):
        desk.office.run(centre.change_centre, before.version, **GIVEN)


def test_a_centre_needs_a_name_and_a_comune_that_exists(desk: Desk) -> None:
    version = desk.office.fetch(centre.overview).version
    with pytest.raises(Required):
        desk.office.run(centre.change_centre, version, **{**GIVEN, "name": " "})
    with pytest.raises(centre.UnknownComune) as caught:
        desk.office.run(centre.change_centre, version, **{**GIVEN, "municipality_code": "999999"})
    assert caught.value.field == "municipality_code"
    desk.office.run(centre.change_centre, version, **{**GIVEN, "municipality_code": None})
    assert desk.office.fetch(centre.overview).comune is None


def test_language_of_the_centre(desk: Desk) -> None:
    desk.office.run(centre.set_language, "de")
    assert desk.office.fetch(centre.overview).language == "de"
    desk.office.undo()
    assert desk.office.fetch(centre.overview).language == "it"
    with pytest.raises(centre.UnknownLanguage):
        desk.office.run(centre.set_language, "fr")


def test_who_is_here_and_what_the_role_may(desk: Desk) -> None:
    reception = desk.sign_in("reception")
    me = reception.fetch(centre.me)
    assert (me.login, me.role, str(me.today)) == ("reception", "reception", "2025-02-11")
    assert "bodies.add_service" in me.may
    assert "hours.add_rules" not in me.may
    assert "hours.add_rules" in desk.office.fetch(centre.me).may
    with pytest.raises(Forbidden):
        reception.run(centre.change_centre, 1, **GIVEN)
