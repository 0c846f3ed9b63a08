"""Sheets by mail: asked of the gate twice, never sent twice, nothing told by subject, file name or sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.tables.letters import MailAttachment, SheetMail
from famdesk.data.tables.people import Person
from famdesk.domain.errors import NotFound, Required
from famdesk.exchange import sheet_message
from famdesk.sheets.collecting import collect
from famdesk.usecases.directory import bodies
from famdesk.usecases.directory.bodies import BodyData
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.post import outgoing, prints, sheet_mails
from famdesk.usecases.post.sheet_mails import Outgoing
from tests.support.mail_server import Behaviour, certificate, running, trusting
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.support.scenarios import version

PDF = b"%PDF-1.7 a sheet"
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@pytest.fixture
def place(desk: Desk) -> Place:
    made = Place(desk)
    made.point("mail", ADDRESS)
    return made


def _send(place: Place, office: Office | None = None, **more: Any) -> str:
    office = office or place.office
    text = office.fetch(sheet_mails.offer, place.person, more.get("reason")).text
    deed: Any = sheet_mails.to_person
    return str(office.run(deed, place.person, "opening-hours", (), PDF, text, **more))


def _claim(place: Place) -> Outgoing | None:
    return place.office.tend(sheet_mails.claim)


def _state(place: Place) -> list[tuple[str, int]]:
    """The state of each mail, and how many files are still kept."""
    rows = place.office.fetch(lambda tx: tx.rows(select(SheetMail.state).where(SheetMail.deleted_at.is_(None))))
    kept = place.office.fetch(lambda tx: len(tx.rows(select(MailAttachment.owner_id))))
    return [(row.state, kept) for row in rows]


def test_a_sheet_goes_once_and_is_forgotten_then(place: Place) -> None:
    mail = _send(place)
    out = _claim(place)
    assert out is not None
    assert (out.mail_id, out.recipient, out.data) == (mail, ADDRESS, PDF)
    assert _claim(place) is None
    place.office.tend(sheet_mails.sent, mail)
    assert _state(place) == [("sent", 0)]
    assert [row.state for row in place.office.fetch(sheet_mails.recent)] == ["sent"]


def test_nothing_around_the_sheet_tells_anything(place: Place) -> None:
    _send(place)
    out = _claim(place)
    assert out is not None
    message = sheet_message.compose(out, datetime(2025, 2, 11, 12, tzinfo=UTC))
    assert message["Subject"] == "Document"
    [attached] = message.iter_attachments()
    assert attached.get_filename() == "document.pdf"
    assert attached.get_content() == PDF
    text = f"{message.items()} {message.get_body().get_content()}"  # type: ignore[union-attr]
    assert "opening" not in text.lower()
    assert "Ines" not in text.replace(ADDRESS, "")


def test_a_real_server_gets_it(place: Place, tmp_path: Path) -> None:
    pem, how = certificate(tmp_path), Behaviour()
    with running(how, pem) as server:
        _send(place)
        out = _claim(place)
        assert out is not None
        assert sheet_message.deliver(replace(out, server=server), trusting(pem)) is None
    [(_sender, recipient, mail)] = how.taken
    assert recipient == ADDRESS
    assert next(iter(mail.iter_attachments())).get_content() == PDF


def test_the_gate_is_asked_when_it_is_put_down_and_when_it_is_sent(place: Place) -> None:
    _send(place)
    place.rule("mail", ADDRESS, may_write=False)
    assert _claim(place) is None
    assert _state(place)[0][0] == "given_up"
    with pytest.raises(outgoing.NotSafe):
        _send(place)
    _send(place, reason="lo chiede lei")
    out = _claim(place)
    assert out is not None
    assert out.recipient == ADDRESS


def test_of_protected_files_nothing_is_mailed_without_a_reason(place: Place) -> None:
    deed: Any = people.set_protection
    read = version(place.office, Person, place.person)
    place.office.run(deed, place.person, read, protected=True, restricted=False, reason="minacce")
    with pytest.raises(outgoing.Guarded):
        _send(place)
    _send(place, reason="lo chiede lei")
    assert _claim(place) is not None


def test_neutral_mails_come_from_the_neutral_address(place: Place) -> None:
    place.rule("mail", ADDRESS, neutral_name="Biblioteca")
    offered = place.office.fetch(sheet_mails.offer, place.person)
    assert offered.neutral
    assert "Biblioteca" in offered.text
    assert "Centro" not in offered.text
    _send(place)
    out = _claim(place)
    assert out is not None
    assert (out.sender, out.sender_name) == ("avvisi@example.it", "Biblioteca")


def test_a_mail_that_tells_the_centre_does_not_go_to_who_has_to_be_careful_since(place: Place) -> None:
    _send(place)
    place.rule("mail", ADDRESS, neutral_name="Biblioteca")
    assert _claim(place) is None
    assert _state(place)[0][0] == "given_up"


def test_a_reason_speaks_of_the_rule_of_then_and_opens_none_set_since(place: Place) -> None:
    deed: Any = people.set_protection
    read = version(place.office, Person, place.person)
    place.office.run(deed, place.person, read, protected=True, restricted=False, reason="minacce")
    _send(place, reason="lo chiede lei")
    place.rule("mail", ADDRESS, may_write=False)
    assert _claim(place) is None
    assert _state(place)[0][0] == "given_up"


def test_a_sheet_that_could_not_go_is_kept_no_longer_than_it_is_on_the_list(place: Place) -> None:
    _send(place)
    place.rule("mail", ADDRESS, may_write=False)
    assert _claim(place) is None
    assert _state(place) == [("given_up", 1)]
    place.desk.clock.forward(hours=24 * 8)
    assert _claim(place) is None
    assert _state(place) == [("given_up", 0)]


def test_without_a_neutral_address_no_neutral_mail(desk: Desk) -> None:
    place = Place(desk, neutral_sender=None)
    place.point("mail", ADDRESS, neutral_name="Biblioteca")
    with pytest.raises(sheet_mails.NoNeutralSender):
        place.office.fetch(sheet_mails.offer, place.person)


def test_without_a_server_it_is_said(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Prova")
    with pytest.raises(sheet_mails.NoAccount):
        office.fetch(sheet_mails.offer, person)


@pytest.mark.parametrize(("error", "state", "kept"), [
    ("no_server", "failed", 1), ("recipient", "given_up", 1), ("lost", "unsure", 0),
])  # fmt: skip
def test_what_a_server_says_is_noted(place: Place, error: str, state: str, kept: int) -> None:
    mail = _send(place)
    assert _claim(place) is not None
    place.office.tend(sheet_mails.sent, mail, error)
    assert _state(place) == [(state, kept)]
    assert _claim(place) is None


def test_what_was_interrupted_is_not_sent_again(place: Place) -> None:
    _send(place)
    assert _claim(place) is not None
    place.desk.clock.forward(minutes=11)
    assert _claim(place) is None
    assert _state(place) == [("unsure", 0)]


def test_it_can_be_withdrawn_or_undone_as_long_as_it_is_here(place: Place) -> None:
    mail = _send(place)
    place.office.run(sheet_mails.withdraw, mail, version(place.office, SheetMail, mail))
    assert _claim(place) is None
    assert _state(place) == [("stopped", 0)]
    _send(place)
    place.office.undo()
    assert _claim(place) is None
    assert _state(place) == [("stopped", 0)]


def test_the_print_register_knows_of_it(place: Place) -> None:
    starts = datetime(2025, 2, 20, 10)
    booked = place.book(starts)

    def gather(tx: Any) -> tuple[str, ...]:
        collect.slip(tx, booked)
        return prints.marks(tx)

    marks = place.office.fetch(gather)
    text = place.office.fetch(sheet_mails.offer, place.person).text
    place.office.run(sheet_mails.to_person, place.person, "appointment-slip", marks, PDF, text)
    found = place.office.fetch(prints.register, FIRST, LAST).rows
    assert [(row.sheet, row.how, len(row.people)) for row in found] == [("appointment-slip", "mailed", 1)]
    with pytest.raises(sheet_mails.NotPublic):
        place.office.run(sheet_mails.to_body, _body(place.office), "opening-hours", marks, PDF, text)


def _body(office: Office, mail: str | None = "scuola@example.it") -> str:

    return str(office.run(bodies.add_body, BodyData(name="Scuola", kind="school", mail=mail)))


def test_a_poster_goes_to_a_body_of_the_directory(place: Place) -> None:
    body, silent = _body(place.office), _body(place.office, None)
    assert [row.id for row in place.office.fetch(sheet_mails.bodies)] == [body]
    text = place.office.fetch(sheet_mails.text_for_bodies)
    place.office.run(sheet_mails.to_body, body, "opening-hours", (), PDF, text)
    out = _claim(place)
    assert out is not None
    assert (out.recipient, out.sender) == ("scuola@example.it", "posta@example.it")
    with pytest.raises(sheet_mails.NoAddress):
        place.office.run(sheet_mails.to_body, silent, "opening-hours", (), PDF, text)
    with pytest.raises(sheet_mails.NotPublic):
        place.office.run(sheet_mails.to_body, body, "day-sheet", (), PDF, text)
    with pytest.raises(NotFound):
        place.office.run(sheet_mails.to_body, place.person, "opening-hours", (), PDF, text)


def test_it_has_a_text_and_a_size(place: Place) -> None:
    with pytest.raises(Required):
        place.office.run(sheet_mails.to_person, place.person, "opening-hours", (), PDF, " ")
    large = b"%PDF" + bytes(sheet_mails.LARGEST)
    with pytest.raises(sheet_mails.TooLarge):
        place.office.run(sheet_mails.to_person, place.person, "opening-hours", (), large, "x")
