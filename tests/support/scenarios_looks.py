"""Scenarios of how the sheets look."""

from __future__ import annotations

from famdesk.data.tables.looks import SheetLogo
from famdesk.usecases.centre import looks
from famdesk.usecases.centre.looks import LookValues
from famdesk.usecases.directory import bodies
from famdesk.usecases.directory.bodies import BodyData
from famdesk.usecases.office import Office
from tests.support.logos import picture
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()
VALUES = LookValues("#7a1f5c", "Comune di Prova", "Cod. fisc. 00000000000")


def body(office: Office, name: str) -> str:
    """A body of the directory."""
    return office.run(bodies.add_body, BodyData(name=name, kind="other"))


def partners(office: Office, *names: str) -> list[str]:
    """Logos of bodies in that order; gives their ids."""
    return [office.run(looks.add_logo, picture(), alt=f"Stemma: {name}", body_id=body(office, name)) for name in names]


@SCENARIOS.of(looks.save_look)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(looks.save_look, 0, VALUES)


@SCENARIOS.of(looks.save_look, "again")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    office.run(looks.save_look, 0, VALUES)
    read = office.fetch(looks.look).version
    return office, call(looks.save_look, read, LookValues(with_partners=False))


@SCENARIOS.of(looks.add_logo)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(looks.add_logo, picture(), alt="Due mani")


@SCENARIOS.of(looks.change_logo)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    made = office.run(looks.add_logo, picture(), alt="Due mani")
    given = {"alt": "Comune di Prova", "body_id": body(office, "Comune di Prova"), "image": picture("JPEG")}
    return office, call(looks.change_logo, made, version(office, SheetLogo, made), **given)  # type: ignore[arg-type]


@SCENARIOS.of(looks.move_logo)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    last = partners(office, "Comune", "Regione", "Unione europea")[-1]
    return office, call(looks.move_logo, last, version(office, SheetLogo, last), by=-2)


@SCENARIOS.of(looks.remove_logo)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    [made] = partners(office, "Comune")
    return office, call(looks.remove_logo, made, version(office, SheetLogo, made))
