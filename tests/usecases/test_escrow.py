"""The sealed envelope: two of three shares give an author's notes to a successor, one share or none to nobody."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from famdesk.data import shares
from famdesk.domain.errors import Forbidden, Required
from famdesk.domain.ids import new_id
from famdesk.usecases import escrow, note_reading, session, today
from famdesk.usecases.note_sealing import NoKey, Unreadable
from famdesk.usecases.office import Office
from tests.support.offices import CHEAP, Desk
from tests.usecases.test_notes import SECRET, begun, person, signed

Ask = tuple[str, str, bytes, str]


def hand_over(by: Office, codes: Sequence[str], ask: Ask) -> int:
    author_id, successor_id, public, reason = ask
    return by.run(escrow.hand_over, codes, author_id, successor_id, public, reason)


def test_two_shares_hand_the_notes_over_and_each_is_journalled(desk: Desk) -> None:
    first, _second, third = escrow.make(desk.office)
    author, coordinator, successor = (desk.sign_in(one) for one in ("psychologist", "coordinator", "social_worker"))
    ada = person(coordinator)
    note_id, draft = signed(author, ada), begun(author, ada, said="bozza")
    public = escrow.public_key(coordinator, successor.actor.staff_id)
    with pytest.raises(NoKey):
        successor.fetch(note_reading.read, note_id)
    done = coordinator.run(escrow.hand_over, (first, third.lower()), author.actor.staff_id, successor.actor.staff_id,
                           public, "malattia")  # fmt: skip
    assert done == 2
    assert successor.fetch(note_reading.read, note_id).texts.text == SECRET
    assert successor.fetch(note_reading.read, draft).texts.text == "bozza"
    with pytest.raises(NoKey):
        coordinator.fetch(note_reading.read, note_id)
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET


def test_one_share_or_a_wrong_one_opens_nothing(desk: Desk) -> None:
    codes = escrow.make(desk.office)
    author, coordinator, other = (desk.sign_in(one) for one in ("psychologist", "coordinator", "educator"))
    signed(author, person(coordinator))
    stranger = shares.split(bytes(20), 2, 3)
    ask = (author.actor.staff_id, other.actor.staff_id, other.actor.pairs.box_public, "malattia")
    for wrong, error, field in (
        ((codes[0],), escrow.OtherEnvelope, "code_2"),
        ((codes[0], codes[0]), escrow.OtherEnvelope, "code_2"),
        ((codes[0], stranger[1].code()), escrow.OtherEnvelope, "code_2"),
        ((stranger[0].code(), stranger[1].code()), escrow.OtherEnvelope, "code_2"),
        ((codes[0][:-1] + "0", codes[1]), escrow.WrongShare, "code_1"),
        ((codes[0], ""), escrow.WrongShare, "code_2"),
    ):
        with pytest.raises(error) as caught:
            hand_over(coordinator, wrong, ask)
        assert caught.value.field == field
    with pytest.raises(Required):
        hand_over(coordinator, codes[:2], (*ask[:3], "  "))
    for login in ("reception", "educator", "psychologist", "administrator"):
        with pytest.raises(Forbidden):
            hand_over(desk.sign_in(login), codes[:2], ask)


def test_notes_of_before_go_in_at_the_next_sign_in_and_a_new_envelope_ends_the_old_one(desk: Desk) -> None:
    author = desk.sign_in("psychologist")
    coordinator = desk.sign_in("coordinator")
    note_id = signed(author, person(coordinator))
    assert author.fetch(escrow.envelope, author.actor.staff_id) == escrow.EnvelopeRow(False, 0, 1)
    old = escrow.make(desk.office)
    with pytest.raises(escrow.EnvelopeThere):
        escrow.make(desk.office)
    author = desk.sign_in("psychologist")
    assert author.tend(escrow.put_in) == 1
    assert author.tend(escrow.put_in) == 0
    assert author.fetch(escrow.envelope, author.actor.staff_id) == escrow.EnvelopeRow(True, 1, 0)
    new = escrow.make(desk.office, "una busta è andata persa")
    desk.sign_in("psychologist").tend(escrow.put_in)
    coordinator, successor = desk.sign_in("coordinator"), desk.sign_in("educator")
    ask = (author.actor.staff_id, successor.actor.staff_id, successor.actor.pairs.box_public, "fine del rapporto")
    with pytest.raises(escrow.OtherEnvelope):
        hand_over(coordinator, old[:2], ask)
    assert hand_over(coordinator, new[1:], ask) == 1
    assert successor.fetch(note_reading.read, note_id).texts.text == SECRET


def test_who_lost_the_password_gets_the_notes_back_by_the_envelope(file_desk: Desk) -> None:
    codes = escrow.make(file_desk.office)
    author = file_desk.sign_in("psychologist")
    note_id = signed(author, person(file_desk.sign_in("coordinator")))
    author.close()
    session.recover(file_desk.home, file_desk.recovery, "psychologist", "una-parola-nuova", clock=file_desk.clock,
                    cost=CHEAP).close()  # fmt: skip
    author = session.sign_in(file_desk.home, "psychologist", "una-parola-nuova", clock=file_desk.clock)
    with pytest.raises(Unreadable):
        author.fetch(note_reading.read, note_id)
    coordinator = file_desk.sign_in("coordinator")
    public = escrow.public_key(coordinator, author.actor.staff_id)
    coordinator.run(escrow.hand_over, codes[:2], author.actor.staff_id, author.actor.staff_id, public, "password persa")
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET


def test_a_colleague_without_account_gets_no_notes(desk: Desk) -> None:
    with pytest.raises(escrow.NoAccount):
        escrow.public_key(desk.office, new_id())


def test_the_author_is_told_for_a_month(desk: Desk) -> None:
    codes = escrow.make(desk.office)
    author, coordinator, other = (desk.sign_in(one) for one in ("psychologist", "coordinator", "educator"))
    signed(author, person(coordinator))
    begun(author, person(coordinator))
    ask = (author.actor.staff_id, other.actor.staff_id, other.actor.pairs.box_public, "malattia")
    hand_over(coordinator, codes[:2], ask)
    (use,) = author.fetch(note_reading.handed_over)
    assert use.to == "Prova educator"
    kinds = [task.kind for task in author.fetch(today.board).tasks]
    assert kinds.count("note") == kinds.count("handed_over") == 1
    assert other.fetch(note_reading.handed_over) == ()
    desk.clock.forward(days=31)
    assert author.fetch(note_reading.handed_over) == ()
