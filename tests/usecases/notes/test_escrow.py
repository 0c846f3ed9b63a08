"""The sealed envelope: two of three shares give an author's notes to a successor, one share or none to nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.data.keys import shares
from famdesk.domain.errors import Forbidden, Required
from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.notes import escrow, note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts
from famdesk.usecases.notes.note_sealing import NoKey, Unreadable
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.envelopes import HELD, agreed, made
from tests.support.offices import CHEAP, Desk
from tests.usecases.notes.test_notes import SECRET, begun, person, signed

Ask = tuple[str, str, bytes, str]


def hand_over(by: Office, codes: Sequence[str], ask: Ask) -> int:
    author_id, successor_id, public, reason = ask
    return by.run(escrow.hand_over, codes, author_id, successor_id, public, reason)


def told(office: Office) -> list[str]:
    return [row.kind for row in office.fetch(notices.unread)]


@pytest.fixture
def coordinator(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


def test_two_shares_hand_the_notes_over_and_each_part_is_journalled(
    desk: Desk, coordinator: Office, author: Office
) -> None:
    first, _second, third = made(coordinator)
    agreed(author)
    successor = desk.sign_in("social_worker")
    ada = person(coordinator)
    note_id, draft = signed(author, ada), begun(author, ada, said="bozza")
    public = escrow.public_key(coordinator, successor.actor.staff_id)
    with pytest.raises(NoKey):
        successor.fetch(note_reading.read, note_id)
    ask = (author.actor.staff_id, successor.actor.staff_id, public, "malattia")
    assert hand_over(coordinator, (first, third.lower()), ask) == 2
    assert successor.fetch(note_reading.read, note_id).texts.text == SECRET
    assert successor.fetch(note_reading.read, draft).texts.text == "bozza"
    assert {(row.id, row.author, row.mine) for row in successor.fetch(note_reading.received)} == {
        (note_id, "Prova psychologist", False), (draft, "Prova psychologist", False)
    }  # fmt: skip
    with pytest.raises(NoKey):
        coordinator.fetch(note_reading.read, note_id)
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET
    entries = coordinator.fetch(lambda tx: tx.rows(select(AuditEntry).where(AuditEntry.kind == "escrow")))
    entry = max((row[0] for row in entries), key=lambda one: one.seq)
    assert entry.subjects.count('"note_part"') == 2
    assert entry.reason == "malattia"
    assert hand_over(coordinator, (first, third), ask) == 0, "what the successor has already is not given again"


def test_the_successor_reads_and_changes_nothing(desk: Desk, coordinator: Office, author: Office) -> None:
    codes = made(coordinator)
    agreed(author)
    successor = desk.sign_in("social_worker")
    note_id, draft = signed(author, person(coordinator)), begun(author, person(coordinator))
    ask = (author.actor.staff_id, successor.actor.staff_id, successor.actor.pairs.box_public, "decesso")
    hand_over(coordinator, codes[:2], ask)
    row = next(one for one in successor.fetch(note_reading.received) if one.id == draft)
    me, other = author.actor, coordinator.actor
    refused: tuple[Callable[[], object], ...] = (
        lambda: successor.run(notes.keep, draft, NoteTexts("altro")),
        lambda: successor.run(notes.sign, draft, row.version),
        lambda: successor.run(notes.drop, draft),
        lambda: successor.run(notes.unshare, note_id, me.staff_id),
        lambda: successor.run(notes.share, note_id, other.staff_id, other.pairs.box_public),
    )
    for attempt in refused:
        with pytest.raises(notes.NotYours):
            attempt()
    assert author.fetch(note_reading.read, draft).texts.text == successor.fetch(note_reading.read, draft).texts.text


def test_one_share_or_a_wrong_one_opens_nothing(desk: Desk, coordinator: Office, author: Office) -> None:
    codes = made(coordinator)
    agreed(author)
    other = desk.sign_in("educator")
    signed(author, person(coordinator))
    stranger = shares.split(bytes(20), 2, 3)
    ask = (author.actor.staff_id, other.actor.staff_id, other.actor.pairs.box_public, "malattia")
    for wrong, error, field in (
        ((codes[0],), escrow.OtherEnvelope, "code_2"),
        ((codes[0], codes[0]), escrow.SameShare, "code_2"),
        ((codes[0], stranger[1].code()), escrow.OtherEnvelope, "code_2"),
        ((stranger[0].code(), stranger[1].code()), escrow.OtherEnvelope, "code_2"),
        ((codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1"), codes[1]), escrow.WrongShare, "code_1"),
        ((codes[0], ""), escrow.WrongShare, "code_2"),
    ):
        with pytest.raises(error) as caught:
            hand_over(coordinator, wrong, ask)
        assert caught.value.field == field
    with pytest.raises(Required):
        hand_over(coordinator, codes[:2], (*ask[:3], "  "))
    with pytest.raises(escrow.NothingInside):
        hand_over(coordinator, codes[:2], (other.actor.staff_id, *ask[1:]))
    for login in ("reception", "educator", "psychologist", "administrator"):
        with pytest.raises(Forbidden):
            hand_over(desk.sign_in(login), codes[:2], ask)
    assert other.fetch(note_reading.received) == ()
    assert "handed_over" not in told(author)


def test_only_a_coordinator_makes_one_and_never_two_shares_for_one_holder(desk: Desk, coordinator: Office) -> None:
    for login in ("administrator", "reception", "educator", "social_worker", "psychologist"):
        with pytest.raises(Forbidden):
            escrow.make(desk.sign_in(login), escrow.draw(), HELD)
    for names, error, field in (
        (("Anna", "anna ", "Ordine"), escrow.SameHolder, "second"),
        (("Anna", "Bea", "BEA"), escrow.SameHolder, "order"),
        (("Anna", " ", "Ordine"), Required, "second"),
    ):
        with pytest.raises(error) as caught:
            escrow.make(coordinator, escrow.draw(), names)
        assert caught.value.field == field
    assert coordinator.keystore.load().envelope is None
    drawn = escrow.draw()
    escrow.make(coordinator, drawn, HELD)
    made_ = coordinator.keystore.load().envelope
    assert made_ is not None
    assert (made_.check, [name for _code, name in made_.holders]) == (drawn.check, list(HELD))
    with pytest.raises(escrow.EnvelopeThere):
        escrow.make(coordinator, escrow.draw(), HELD)


def test_an_envelope_of_before_is_opened_by_its_own_shares(desk: Desk, coordinator: Office, author: Office) -> None:
    """Who has not agreed to the new one has left the notes where they were."""
    old = made(coordinator)
    agreed(author)
    note_id = signed(author, person(coordinator))
    new = made(coordinator, "una busta è andata persa")
    successor = desk.sign_in("educator")
    ask = (author.actor.staff_id, successor.actor.staff_id, successor.actor.pairs.box_public, "fine del rapporto")
    with pytest.raises(escrow.NothingInside):
        hand_over(coordinator, new[:2], ask)
    with pytest.raises(escrow.OtherEnvelope):
        hand_over(coordinator, (old[0], new[1]), ask)
    assert hand_over(coordinator, old[:2], ask) == 1
    assert successor.fetch(note_reading.read, note_id).texts.text == SECRET


def test_who_lost_the_password_gets_the_notes_back_by_the_envelope(file_desk: Desk) -> None:
    coordinator, author = file_desk.sign_in("coordinator"), file_desk.sign_in("psychologist")
    codes = made(coordinator)
    agreed(author)
    note_id, draft = signed(author, person(coordinator)), begun(author, person(coordinator), said="bozza")
    author.close()
    session.recover(file_desk.home, file_desk.recovery, "psychologist", "una-parola-nuova", clock=file_desk.clock,
                    cost=CHEAP).close()  # fmt: skip
    author = session.sign_in(file_desk.home, "psychologist", "una-parola-nuova", clock=file_desk.clock)
    with pytest.raises(Unreadable):
        author.fetch(note_reading.read, note_id)
    public = escrow.public_key(coordinator, author.actor.staff_id)
    ask = (author.actor.staff_id, author.actor.staff_id, public, "password persa")
    assert hand_over(coordinator, codes[:2], ask) == 2
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET
    assert author.fetch(note_reading.received) == (), "one's own notes are one's own"
    author.run(notes.keep, draft, NoteTexts("bozza, continuata"))
    assert author.tend(escrow.put_in) == 2, "the keys that were lost go"
    assert author.tend(escrow.put_in) == 0
    assert author.fetch(note_reading.read, draft).texts.text == "bozza, continuata"
    assert told(author) == ["handed_over", "envelope_made"]
    author.close()


def test_what_an_author_shares_is_received_too_until_it_is_taken_back(desk: Desk, author: Office) -> None:
    reader = desk.sign_in("educator")
    note_id = signed(author, person(author))
    author.run(notes.share, note_id, reader.actor.staff_id, reader.actor.pairs.box_public)
    assert [one.id for one in reader.fetch(note_reading.received)] == [note_id]
    author.run(notes.unshare, note_id, reader.actor.staff_id)
    assert reader.fetch(note_reading.received) == ()
    assert author.fetch(note_reading.received) == ()


def test_a_colleague_without_account_gets_no_notes(desk: Desk) -> None:
    with pytest.raises(escrow.NoAccount):
        escrow.public_key(desk.office, new_id())


def test_both_are_told(desk: Desk, coordinator: Office, author: Office) -> None:
    codes = made(coordinator)
    agreed(author)
    other = desk.sign_in("educator")
    signed(author, person(coordinator))
    begun(author, person(coordinator))
    ask = (author.actor.staff_id, other.actor.staff_id, other.actor.pairs.box_public, "malattia")
    assert hand_over(coordinator, codes[:2], ask) == 2
    assert told(author) == ["handed_over", "envelope_made"], "once, on a server too"
    assert author.fetch(notices.unread)[0].whom == "Prova educator"
    assert told(other) == ["received", "envelope_made"]
    (use,) = author.fetch(note_reading.handed_over)
    assert use.to == "Prova educator"
    desk.clock.forward(days=31)
    assert author.fetch(note_reading.handed_over) == ()
