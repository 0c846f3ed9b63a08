"""How the sheets look, kept per centre: colour, texts and logos, on both engines."""

from __future__ import annotations

import pytest

from famdesk.data.tables.looks import SheetLogo
from famdesk.domain.errors import FamDeskError, Forbidden, NotFound, Required, Stale, TextTooLong
from famdesk.domain.post import looks as shades
from famdesk.domain.post import pictures
from famdesk.domain.post.looks import PLAIN
from famdesk.usecases.centre import looks
from famdesk.usecases.centre.looks import LogoTwice, LookValues, NoColour, TooManyLogos, TooPale, WordTooLong
from famdesk.usecases.centre.pictures import NoPicture
from famdesk.usecases.office import Office
from tests.support.logos import picture
from tests.support.offices import ROLES, Desk
from tests.support.scenarios import version
from tests.support.scenarios_looks import VALUES, body, partners


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def _order(office: Office) -> list[str]:
    return [row.logo.body for row in office.fetch(looks.look).logos]


def test_without_a_look_sheets_are_as_the_program_has_them(lead: Office) -> None:
    row = lead.fetch(looks.look)
    assert (row.version, row.values, row.logos) == (0, LookValues(), ())
    found = row.look()
    assert (found.colour, found.own, found.partners, found.header) == (PLAIN.colour, None, (), "")
    assert found.language == "it"


def test_everybody_prints_with_the_look_and_leaders_change_it(desk: Desk, lead: Office) -> None:
    lead.run(looks.save_look, 0, LookValues(" #7A1F5C ", "  Comune   di Prova \n\n Settore famiglie", "C.F. 000"))
    lead.run(looks.add_logo, picture("JPEG"), alt=" Due  mani ")
    for role in ROLES:
        office = desk.sign_in(role)
        row = office.fetch(looks.look)
        assert row.values == LookValues("#7a1f5c", "Comune di Prova\nSettore famiglie", "C.F. 000")
        own = row.look().own
        assert own is not None
        assert (own.alt, own.body) == ("Due mani", "")
        size = pictures.size(own.image)
        assert size is not None
        assert (size.width, size.height) == (own.width, own.height)
        if role == "coordinator":
            continue
        with pytest.raises(Forbidden):
            office.run(looks.save_look, row.version, LookValues())
        with pytest.raises(Forbidden):
            office.run(looks.add_logo, picture(), alt="x")
        with pytest.raises(Forbidden):
            office.run(looks.remove_logo, row.logos[0].id, row.logos[0].version)
    desk.office.run(looks.remove_logo, row.logos[0].id, row.logos[0].version)  # the administrator too
    assert lead.fetch(looks.look).logos == ()


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        (LookValues("rosso"), NoColour, "colour"),
        (LookValues("#ffd000"), TooPale, "colour"),
        (LookValues(header="x" * 101), TextTooLong, "header"),
        (LookValues(footer="x" * 161), TextTooLong, "footer"),
        (LookValues(header="a\0b"), FamDeskError, "header"),
        (LookValues(header="Comune " + "x" * 31), WordTooLong, "header"),
        (LookValues(footer="x" * 61), WordTooLong, "footer"),
    ],
)
def test_what_cannot_be_a_look(lead: Office, values: LookValues, error: type[FamDeskError], field: str) -> None:
    with pytest.raises(error) as raised:
        lead.run(looks.save_look, 0, values)
    assert raised.value.field == field  # type: ignore[attr-defined]
    assert lead.fetch(looks.look).version == 0


def test_a_pale_colour_is_refused_with_one_that_can_be_read(lead: Office) -> None:
    with pytest.raises(TooPale) as raised:
        lead.run(looks.save_look, 0, LookValues("#ffd000"))
    proposal = raised.value.params["proposal"]
    assert proposal in raised.value.sentence()
    assert shades.contrast(proposal, shades.WHITE) >= shades.ENOUGH
    lead.run(looks.save_look, 0, LookValues(proposal))
    assert lead.fetch(looks.look).look().colour == proposal


def test_two_desks_do_not_write_over_each_other(desk: Desk, lead: Office) -> None:
    lead.run(looks.save_look, 0, VALUES)
    with pytest.raises(Stale):
        desk.office.run(looks.save_look, 0, LookValues(header="other"))
    lead.run(looks.save_look, 1, LookValues())
    assert lead.fetch(looks.look).values == LookValues()


def test_logos_of_partners_keep_their_order(lead: Office) -> None:
    made = partners(lead, "Comune", "Regione", "Unione europea")
    lead.run(looks.add_logo, picture(), alt="Due mani")
    assert _order(lead) == ["", "Comune", "Regione", "Unione europea"]
    for place, by, order in (
        (2, -1, ["Comune", "Unione europea", "Regione"]), (2, -1, ["Unione europea", "Comune", "Regione"]),
        (2, -1, ["Unione europea", "Comune", "Regione"]), (2, 5, ["Comune", "Regione", "Unione europea"]),
        (0, 1, ["Regione", "Comune", "Unione europea"]),
    ):  # fmt: skip
        lead.run(looks.move_logo, made[place], version(lead, SheetLogo, made[place]), by=by)
        assert _order(lead) == ["", *order]
    lead.undo()
    assert _order(lead) == ["", "Comune", "Regione", "Unione europea"]
    own = lead.fetch(looks.look).logos[0]
    with pytest.raises(NotFound):
        lead.run(looks.move_logo, own.id, own.version, by=1)


def test_a_logo_says_what_it_shows_and_whose_it_is(lead: Office) -> None:
    comune = body(lead, "Comune")
    for given, error in (
        ({"alt": " "}, Required), ({"alt": "x" * 161}, TextTooLong),
        ({"alt": "x", "body_id": "00000000-0000-7000-8000-000000000000"}, NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            lead.run(looks.add_logo, picture(), **given)  # type: ignore[arg-type]
    with pytest.raises(NoPicture) as raised:
        lead.run(looks.add_logo, b"<svg/>", alt="x")
    assert raised.value.field == "image"
    made = lead.run(looks.add_logo, picture(), alt="Stemma", body_id=comune)
    with pytest.raises(LogoTwice):
        lead.run(looks.add_logo, picture(), alt="Stemma", body_id=comune)
    lead.run(looks.add_logo, picture(), alt="Due mani")
    with pytest.raises(LogoTwice):
        lead.run(looks.change_logo, made, 1, alt="Stemma", body_id=None)
    before = lead.fetch(looks.look).logos[1]
    lead.run(looks.change_logo, made, 1, alt="Stemma del Comune", body_id=comune)
    after = lead.fetch(looks.look).logos[1]
    assert (after.logo.image, after.logo.alt) == (before.logo.image, "Stemma del Comune")
    lead.run(looks.change_logo, made, 2, alt="Stemma del Comune", body_id=comune, image=picture(size=(80, 80)))
    assert lead.fetch(looks.look).logos[1].logo.image != before.logo.image


def test_there_is_an_end_to_logos(lead: Office) -> None:
    partners(lead, *(f"Ente {number}" for number in range(shades.MOST_LOGOS)))
    with pytest.raises(TooManyLogos):
        lead.run(looks.add_logo, picture(), alt="x")
