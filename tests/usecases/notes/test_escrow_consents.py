"""Authors agree to a sealed envelope: before, none of their notes goes in; nobody agrees in their place."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from famdesk.data.checks.verify import verify
from famdesk.data.keys import keys
from famdesk.data.keys.keystore import KeyFile
from famdesk.data.tables import envelope as envelopes
from famdesk.data.tables.escrow import EscrowConsent, accepted
from famdesk.data.tables.notes import NoteKey
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden
from famdesk.usecases.notes import escrow, escrow_consents
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.envelopes import HELD, agreed, made
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import begun, person, signed


@pytest.fixture
def coordinator(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def state(author: Office) -> tuple[str, int, int]:
    found = escrow_consents.look(author)
    return found.answer, found.inside, found.outside


def found_by_verify(office: Office) -> list[str]:
    return [type(one).__name__ for one in verify(office.store.engine, office.keystore.load())]


def test_nothing_goes_in_before_the_author_agrees(desk: Desk, coordinator: Office) -> None:
    author = desk.sign_in("psychologist")
    ada = person(coordinator)
    signed(author, ada)
    made(coordinator)
    assert author.tend(escrow.put_in) == 0
    author = desk.sign_in("psychologist")
    begun(author, ada)
    assert author.tend(escrow.put_in) == 0
    assert state(author) == ("open", 0, 2)
    shown = escrow_consents.look(author)
    assert (shown.by, shown.right, [name for _code, name in shown.holders]) == ("Prova coordinator", True, list(HELD))
    assert [row.kind for row in author.fetch(notices.unread)] == ["envelope_made"]
    agreed(author)
    assert state(author) == ("agreed", 2, 0)
    begun(author, ada)
    assert state(author) == ("agreed", 3, 0), "what is written from now on goes in at once"
    begun(desk.sign_in("psychologist"), ada)
    assert state(author) == ("agreed", 4, 0), "after the next sign-in too"
    assert found_by_verify(coordinator) == []


def test_until_one_agrees_to_a_new_one_notes_stay_in_the_one_before(desk: Desk, coordinator: Office) -> None:
    made(coordinator)
    author = desk.sign_in("psychologist")
    agreed(author)
    signed(author, person(coordinator))
    former = author.actor.escrow
    made(coordinator, "una parte è andata persa")
    author = desk.sign_in("psychologist")
    assert (author.actor.escrow, state(author)) == (former, ("open", 0, 1))
    assert escrow_consents.look(author).former
    begun(author, person(coordinator))
    assert author.tend(escrow.put_in) == 0
    held = author.fetch(lambda tx: tx.rows(NoteKey.__table__.select().where(NoteKey.holder_id.is_(None))))
    assert former is not None
    assert {row.public for row in held} == {base64.b64encode(former).decode()}
    escrow_consents.answer(author, escrow_consents.look(author).check, agreed=False)
    assert desk.sign_in("psychologist").actor.escrow == former, "who refuses stays in the one before"
    agreed(author)
    assert state(author) == ("agreed", 2, 0), "one may think better of it"
    assert found_by_verify(coordinator) == []


def test_who_refuses_is_left_alone_and_the_maker_is_told(desk: Desk, coordinator: Office) -> None:
    made(coordinator)
    author = desk.sign_in("psychologist")
    signed(author, person(coordinator))
    escrow_consents.answer(author, escrow_consents.look(author).check, agreed=False)
    assert author.tend(escrow.put_in) == 0
    assert state(author) == ("refused", 0, 1)
    assert [row.kind for row in coordinator.fetch(notices.unread)] == ["envelope_refused", "envelope_made"]
    rows = {row.name: row for row in escrow_consents.all_answers(coordinator)}
    assert {name: row.answer for name, row in rows.items()} == {
        "Prova coordinator": "open", "Prova educator": "open", "Prova psychologist": "refused",
        "Prova social_worker": "open",
    }  # fmt: skip
    assert (rows["Prova psychologist"].inside, rows["Prova psychologist"].outside) == (0, 1)


def test_what_was_looked_at_is_what_is_agreed_to(desk: Desk, coordinator: Office) -> None:
    made(coordinator)
    author = desk.sign_in("psychologist")
    seen = escrow_consents.look(author).check
    made(coordinator, "un’altra, nel frattempo")
    for said in (True, False):
        with pytest.raises(escrow_consents.EnvelopeChanged):
            escrow_consents.answer(author, seen, agreed=said)
    assert state(author)[0] == "open"


def test_only_authors_are_asked(desk: Desk, coordinator: Office) -> None:
    made(coordinator)
    for login in ("administrator", "reception"):
        with pytest.raises(Forbidden):
            escrow_consents.look(desk.sign_in(login))
    with pytest.raises(Forbidden):
        escrow_consents.all_answers(desk.sign_in("psychologist"))


def test_an_envelope_of_somebody_else_than_a_coordinator_is_not_agreed_to(desk: Desk, coordinator: Office) -> None:
    """An educator with tools of their own can write the ring; the certificate says who did it."""
    educator, author = desk.sign_in("educator"), desk.sign_in("psychologist")
    forged = envelopes.certified(escrow.draw().public, educator.actor.staff_id, date(2025, 2, 11),
                                 escrow.checked_holders(HELD), educator.actor.pairs)  # fmt: skip
    educator.keystore.update(lambda ring: keys.with_envelope(ring, educator.unlocked, forged))
    assert escrow_consents.look(author).right is False
    with pytest.raises(escrow_consents.MadeByNobody):
        escrow_consents.answer(author, forged.check, agreed=True)
    assert found_by_verify(coordinator) == ["EnvelopeUnknown"]


def test_a_ring_with_a_changed_envelope_opens_for_nobody(desk: Desk, coordinator: Office) -> None:
    made(coordinator)
    author, educator = desk.sign_in("psychologist"), desk.sign_in("educator")
    envelope = coordinator.keystore.load().envelope
    assert envelope is not None
    changed = replace(envelope, public=base64.b64encode(escrow.draw().public).decode())
    educator.keystore.update(lambda ring: keys.with_envelope(ring, educator.unlocked, changed))
    with pytest.raises(keys.KeysDamaged):
        escrow_consents.look(author)
    with pytest.raises(keys.KeysDamaged):
        desk.sign_in("psychologist")


def test_an_envelope_of_before_put_back_or_taken_out_is_found(desk: Desk, coordinator: Office) -> None:
    made(coordinator)
    former = coordinator.keystore.load().envelope
    made(coordinator, "una parte è andata persa")
    assert former is not None
    assert found_by_verify(coordinator) == []
    coordinator.keystore.update(lambda ring: keys.with_envelope(ring, coordinator.unlocked, former))
    assert found_by_verify(coordinator) == ["EnvelopeOld"]
    coordinator.keystore.update(lambda ring: replace(ring, envelope=None).sealed(coordinator.unlocked.master))
    assert found_by_verify(coordinator) == ["EnvelopeGone"]


def _forged(tx: Tx, author: Office, by: Office, public: str) -> EscrowConsent:
    at = "2025-02-11T12:00:00.000+00:00"
    body = envelopes.consent_body(tx.centre_id, author.actor.staff_id, public, True, at)
    signer, signature = (base64.b64encode(data).decode() for data in by.actor.pairs.signed(body))
    return EscrowConsent(staff_id=author.actor.staff_id, public=public, agreed=True, at=at, signer=signer,
                         signature=signature, centre_id=tx.centre_id)  # fmt: skip


def _of_another(tx: Tx, author: Office, by: Office, public: str) -> EscrowConsent:
    row = _forged(tx, author, by, public)
    row.signer = base64.b64encode(author.actor.pairs.sign_public).decode()
    return row


def _no_signature(tx: Tx, author: Office, by: Office, public: str) -> EscrowConsent:
    row = _forged(tx, author, by, public)
    row.signer, row.signature = "né chiave", "né firma"
    return row


@pytest.mark.parametrize("forge", [_forged, _of_another, _no_signature])
def test_a_consent_that_the_author_did_not_sign_counts_for_nothing(
    file_desk: Desk, forge: Callable[[Tx, Office, Office, str], EscrowConsent]
) -> None:
    """In a file whoever has the master key can write any row."""
    coordinator, author = file_desk.sign_in("coordinator"), file_desk.sign_in("psychologist")
    signed(author, person(coordinator))
    made(coordinator)
    envelope = coordinator.actor.envelope
    assert envelope is not None
    coordinator.run(lambda tx: tx.session.add(forge(tx, author, coordinator, envelope.public)))
    author = file_desk.sign_in("psychologist")
    assert author.actor.escrow is None
    assert author.tend(escrow.put_in) == 0
    assert state(author) == ("open", 0, 1)
    assert found_by_verify(coordinator) == ["ConsentForged"]


def test_notes_that_are_sealed_unasked_are_found(file_desk: Desk) -> None:
    coordinator, author = file_desk.sign_in("coordinator"), file_desk.sign_in("psychologist")
    made(coordinator)
    agreed(author)
    signed(author, person(coordinator))
    with coordinator.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE note_key SET public = 'another' WHERE holder_id IS NULL")
    assert found_by_verify(coordinator) == ["SealedUnasked"]


def test_what_was_agreed_stays(file_desk: Desk) -> None:
    coordinator = file_desk.sign_in("coordinator")
    made(coordinator)
    agreed(coordinator)
    for statement in ("DELETE FROM escrow_consent", "UPDATE escrow_consent SET agreed = 0"):
        with pytest.raises(Exception, match="stays as it was"), coordinator.store.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_what_one_agreed_to_with_keys_of_before_still_counts(file_desk: Desk) -> None:
    coordinator = file_desk.sign_in("coordinator")
    made(coordinator)
    author = file_desk.sign_in("psychologist")
    agreed(author)
    by_code = keys.unlock_with_recovery(coordinator.keystore.load(), file_desk.recovery)
    coordinator.keystore.update(lambda ring: keys.recovered(ring, by_code, "psychologist", "una-parola-nuova")[0])
    ring = coordinator.keystore.load()
    with coordinator.store.engine.connect() as connection:
        assert accepted(connection, author.actor.staff_id, ring.signers()) == author.actor.escrow
        assert accepted(connection, author.actor.staff_id, frozenset()) is None


def test_the_maker_who_is_no_coordinator_any_more(desk: Desk, coordinator: Office) -> None:
    made(coordinator)

    def demoted(tx: Tx) -> None:
        colleague = tx.session.get(Staff, coordinator.actor.staff_id)
        assert colleague is not None
        colleague.role = "educator"

    desk.office.run(demoted)
    with pytest.raises(escrow_consents.MadeByNobody):
        agreed(desk.sign_in("psychologist"))


def test_a_public_key_that_somebody_put_into_the_file_is_refused(file_desk: Desk) -> None:
    office = file_desk.office
    store = KeyFile(file_desk.home.keys)
    ring = store.load()
    slot = ring.slots["psychologist"]
    store.save(replace(ring, slots={**ring.slots, "psychologist": replace(slot, box_public=b"x" * 32)}))
    with pytest.raises(keys.KeysDamaged):
        escrow.public_key(office, slot.staff_id)
