"""Scenarios of letters: the centre's own texts."""

from __future__ import annotations

from famdesk.domain.letters import INVITATION, LetterWords
from famdesk.usecases import letters
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call

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
