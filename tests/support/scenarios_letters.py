"""Scenarios of letters and of sheets that go by mail."""

from __future__ import annotations

from famdesk.data.tables.letters import SheetMail
from famdesk.domain.post.letters import INVITATION, LetterWords
from famdesk.usecases.directory import bodies
from famdesk.usecases.directory.bodies import BodyData
from famdesk.usecases.office import Office
from famdesk.usecases.post import letters, sheet_mails
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()
WORDS = LetterWords("Invito", "Buongiorno,\n\nvenga a trovarci.")


@SCENARIOS.of(letters.save_text)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(letters.save_text, INVITATION, "it", WORDS)


@SCENARIOS.of(letters.save_text, "again")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    office.run(letters.save_text, INVITATION, "it", LetterWords("", "Venga."))
    return office, call(letters.save_text, INVITATION, "it", WORDS)


@SCENARIOS.of(letters.forget_text)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    office.run(letters.save_text, INVITATION, "it", WORDS)
    return office, call(letters.forget_text, INVITATION, "it")


def _mailing(desk: Desk) -> tuple[Place, str]:
    place = Place(desk)
    place.point("mail", ADDRESS)
    return place, place.office.fetch(sheet_mails.offer, place.person).text


@SCENARIOS.of(sheet_mails.to_person)
def _(desk: Desk) -> tuple[Office, Call]:
    place, text = _mailing(desk)
    return place.office, call(sheet_mails.to_person, place.person, "opening-hours", (), b"%PDF", text)


@SCENARIOS.of(sheet_mails.to_body)
def _(desk: Desk) -> tuple[Office, Call]:
    place, text = _mailing(desk)
    body = place.office.run(bodies.add_body, BodyData(name="Scuola", kind="school", mail="scuola@example.it"))
    return place.office, call(sheet_mails.to_body, body, "opening-hours", (), b"%PDF", text)


@SCENARIOS.of(sheet_mails.withdraw)
def _(desk: Desk) -> tuple[Office, Call]:
    place, text = _mailing(desk)
    mail = place.office.run(sheet_mails.to_person, place.person, "opening-hours", (), b"%PDF", text)
    return place.office, call(sheet_mails.withdraw, mail, version(place.office, SheetMail, mail))


@SCENARIOS.of(sheet_mails.claim)
def _(desk: Desk) -> tuple[Office, Call]:
    place, text = _mailing(desk)
    place.office.run(sheet_mails.to_person, place.person, "opening-hours", (), b"%PDF", text)
    return place.office, call(sheet_mails.claim)


@SCENARIOS.of(sheet_mails.sent)
def _(desk: Desk) -> tuple[Office, Call]:
    place, text = _mailing(desk)
    mail = place.office.run(sheet_mails.to_person, place.person, "opening-hours", (), b"%PDF", text)
    place.office.tend(sheet_mails.claim)
    return place.office, call(sheet_mails.sent, mail)
