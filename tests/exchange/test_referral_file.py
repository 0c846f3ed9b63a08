"""Referrals as signed files between two centres: taken in whole or not at all, whatever comes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from famdesk.data.keys.crypto import KeyPairs
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.referrals import Referral
from famdesk.domain.errors import FamDeskError
from famdesk.domain.intake import referrals as rules
from famdesk.domain.intake.referral_content import Receipt, ReferralContent, Sender
from famdesk.exchange import referral_body, referral_file
from famdesk.exchange.referral_file import NotAReferral, Tampered, TooLarge, opened, signed
from famdesk.usecases.intake import intake, referral_exchange, referrals
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import outgoing
from tests.support.offices import Desk, copied_file_desk
from tests.support.scenarios import version
from tests.support.scenarios_referrals import CLINIC, DIGEST, TODAY, WHY, consented, consenting_adult, content
from tests.support.ways_out import RULES, WORDS, plant

PAIRS = KeyPairs.new()


def a_file(found: ReferralContent | None = None) -> bytes:
    return signed(referral_body.of_referral(found or content()), "referral", PAIRS)


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file with a change, still readable, and not signed again."""
    held = json.loads(a_file())
    change(held)
    return json.dumps(held).encode()


def resigned(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The body with a change, signed as by somebody who means harm."""
    body = json.loads(a_file())["body"]
    change(body)
    return signed(body, "referral", PAIRS)


def test_what_goes_in_comes_out() -> None:
    full = replace(content(), answer_due=date(2025, 3, 1), needs="Cerca un nido", household="Madre, figlio")
    found = opened(a_file(full))
    assert found.content == full
    assert found.fingerprint == referral_file.fingerprint(PAIRS.sign_public)
    assert len(found.digest) == 64


def test_an_answer_goes_in_and_comes_out() -> None:
    answer = Receipt("2025-0000ABCD", DIGEST, "declined", TODAY, Sender("Consultorio", "Ada"), "Nessun posto")
    found = opened(signed(referral_body.of_receipt(answer), "receipt", PAIRS))
    assert found.content == answer


def test_blanks_and_the_order_of_keys_do_not_matter() -> None:
    held = json.loads(a_file())
    assert opened(json.dumps(dict(reversed(held.items())), indent=4).encode()).content == content()


def test_the_file_holds_no_more_than_was_ticked() -> None:
    bare = replace(content(), items=(), person=replace(content().person, surname="", given_name="", birth_date=None,
                                                       sex="", language="", contacts=()))  # fmt: skip
    text = a_file(bare).decode()
    for word in ("Ottantini", "Gelsomina", "0372", "1990", "biblioteca"):
        assert word not in text


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held["body"].update(why="Altro"),
        lambda held: held["body"]["person"].update(surname="Altra"),
        lambda held: held["body"]["person"]["contacts"][0].update(may_leave_message=True),
        lambda held: held["body"].update(more="x"),
        lambda held: held.update(key=base64.b64encode(KeyPairs.new().sign_public).decode()),
        lambda held: held.update(kind="receipt"),
    ],
)
def test_a_change_is_found(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(Tampered) as found:
        opened(changed(change))
    assert "was changed after it was signed" in found.value.sentence()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_changed_byte_is_believed(data: st.DataObject) -> None:
    whole = a_file()
    place = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    with suppress(FamDeskError):
        assert opened(broken).content == content()


@given(st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_a_file_that_was_cut_off_gets_a_sentence(size: int) -> None:
    whole = a_file()
    if size < len(whole) - 1:
        with pytest.raises(NotAReferral) as found:
            opened(whole[:size])
        assert found.value.sentence()


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_anything_else_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(NotAReferral):
        opened(data)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b'"x"', b"{}", b"\xff\xfe", b"%PDF-1.7", b"PK\x03\x04", b"[" * 100_000, b'{"a":' * 50_000,
        b'{"format":"famdesk-referral","version":1,"kind":"referral","body":[],"key":"","signature":""}',
        b'{"format":"famdesk-referral","version":1,"kind":[],"body":{},"key":"","signature":""}',
        b'{"format":"famdesk-referral","version":1,"kind":{},"body":{},"key":"","signature":""}',
        b'{"format":"famdesk-referral","version":1.5}', b'{"format":"famdesk-referral","version":true}',
        b'{"format":"famdesk-referral","version":' + b"9" * 6000 + b"}",
        b'{"format":"famdesk-referral","format":"famdesk-referral"}', b'{"format":"famdesk-referral","version":NaN}',
    ],
)  # fmt: skip
def test_hostile_files_get_a_sentence(data: bytes) -> None:
    with pytest.raises(FamDeskError) as found:
        opened(data)
    assert isinstance(found.value, NotAReferral)


def test_a_huge_file_is_not_even_parsed() -> None:
    with pytest.raises(TooLarge) as found:
        opened(b"[" * (referral_file.LARGEST + 1))
    assert "too large" in found.value.sentence()


def test_a_newer_file_asks_for_the_new_version() -> None:
    with pytest.raises(referral_file.Newer):
        opened(changed(lambda held: held.update(version=2)))


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(why=""), lambda body: body.update(why="x" * 5_000), lambda body: body.update(why=7),
        lambda body: body.pop("reference"), lambda body: body.update(sent_on="yesterday"),
        lambda body: body.update(items=["name", "everything"]), lambda body: body.update(items="name"),
        lambda body: body.update(person=[]), lambda body: body["person"].update(surname="a\0b"),
        lambda body: body["person"].update(sex="female"),
        lambda body: body["person"].update(contacts=[{"kind": "phone"}] * 31),
        lambda body: body["person"]["contacts"][0].update(may_call="no"),
        lambda body: body["person"]["contacts"][0].update(safe_from="25:00"),
        lambda body: body["person"]["contacts"][0].update(safe_from="09:00+02:00"),
        lambda body: body.update(sender={}), lambda body: body["person"].update(birth_date="2025-02-30"),
    ],
)  # fmt: skip
def test_a_signed_file_with_wrong_contents_gets_a_sentence(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(NotAReferral):
        opened(resigned(change))


def test_half_a_character_gets_a_sentence() -> None:
    body = {**json.loads(a_file())["body"], "why": "\ud800"}
    key, signature = PAIRS.signed(referral_file._message("referral", body))
    held = {**json.loads(a_file()), "body": body, "key": base64.b64encode(key).decode(),
            "signature": base64.b64encode(signature).decode()}  # fmt: skip
    with pytest.raises(NotAReferral):
        opened(json.dumps(held).encode())


def test_a_rule_that_is_missing_forbids() -> None:
    found = opened(resigned(lambda body: body["person"].update(contacts=[{"kind": "phone", "value": "1"}])))
    assert isinstance(found.content, ReferralContent)
    (contact,) = found.content.person.contacts
    assert [contact.may_call, contact.may_leave_message, contact.may_write] == [False] * 3


def test_names_of_any_script_travel_unchanged() -> None:
    person = replace(content().person, surname="محمد 👨‍👩‍👧", given_name="D'Angelo-Özgür \u202eabc")
    found = opened(a_file(replace(content(), person=person)))
    assert isinstance(found.content, ReferralContent)
    assert found.content.person == person


@pytest.mark.parametrize("rule", RULES)
def test_what_the_safe_contact_rule_forbids_is_not_in_the_file(desk: Desk, rule: str) -> None:
    """Also with a consent: without a reason nothing leaves of somebody who has to be careful."""
    office = desk.sign_in("coordinator")
    one = plant(office)
    consented(office, one.person, CLINIC)
    sent = office.run(referrals.send_referral, one.person, WHY, body_name=CLINIC,
                      items=[code.code for code in rules.ITEMS])  # fmt: skip
    at = version(office, Referral, sent)
    free = office.run(referral_file.write_referral, sent, at).decode()
    for kind in ("name", "phones", "mail", "address"):
        assert all(word in free for word in WORDS[kind]), kind
    RULES[rule].set(office, one)
    with pytest.raises(outgoing.NotSafe):
        office.run(referral_file.write_referral, sent, version(office, Referral, sent))


def test_a_hidden_contact_leaves_with_no_reason_either(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    one = plant(office)
    consented(office, one.person, CLINIC)
    sent = office.run(referrals.send_referral, one.person, WHY, body_name=CLINIC)
    RULES["hidden"].set(office, one)
    text = office.run(referral_file.write_referral, sent, version(office, Referral, sent), "lo chiede lei").decode()
    for kind in ("phones", "mail", "address", "home"):
        assert not any(word in text for word in WORDS[kind]), kind


@pytest.mark.parametrize("reference", ["../../../x", "/etc/x", "a b", "2025-0000ABCD\n", "", "C:\\x", "2025-0000abcd"])
def test_what_another_centre_wrote_never_decides_where_a_file_goes(reference: str) -> None:
    assert referral_file.file_name("answer", reference) == "famdesk-answer.fdref"


def test_our_own_number_stands_in_the_name() -> None:
    assert referral_file.file_name("referral", "2025-0000ABCD") == "famdesk-referral-2025-0000ABCD.fdref"


def send_all(office: Office, person: str) -> bytes:
    """The file with everything that can be ticked."""
    sent = office.run(referrals.send_referral, person, WHY, body_name=CLINIC,
                      items=[code.code for code in rules.ITEMS])  # fmt: skip
    return office.run(referral_file.write_referral, sent, version(office, Referral, sent))


def test_a_language_in_a_word_can_be_read_again(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    person = consenting_adult(office)
    office.run(people.change_person, person, version(office, Person, person), language="Serbocroato " * 12,
               alias="x" * 200)  # fmt: skip
    found = opened(send_all(office, person)).content
    assert isinstance(found, ReferralContent)
    assert found.person.language == ("Serbocroato " * 12).strip()


def test_what_does_not_fit_is_said_before_the_file_is_made(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    person = consenting_adult(office)
    office.run(intake.open_card, person_id=person, needs_family="a" * (rules.LONGEST_WHY + 1))
    with pytest.raises(referral_body.TooMuch) as needs:
        send_all(office, person)
    assert "Needs of the last access" in needs.value.sentence()
    assert not any(row.has_file for row in office.fetch(referrals.awaited))
    other = consenting_adult(office)
    for number in range(referral_body.CONTACTS):
        office.run(contacts.add_contact_point, other, kind="phone", value=f"0372 1234{number:02}")
    assert isinstance(opened(send_all(office, other)).content, ReferralContent)
    office.run(contacts.add_contact_point, other, kind="phone", value="0372 999")
    with pytest.raises(referral_body.TooMuch) as many:
        send_all(office, other)
    assert "Phone, mail and address" in many.value.sentence()


def test_a_number_or_owner_that_is_too_long_is_said(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    person = consenting_adult(office)
    office.run(contacts.add_contact_point, person, kind="phone", value="0372 999", owner="x" * 201)
    with pytest.raises(referral_body.TooMuch):
        send_all(office, person)


def test_whatever_else_is_too_long_is_said() -> None:
    with pytest.raises(referral_body.TooMuchInAll) as refused:
        referral_body.check_fits(replace(content(), sender=Sender("x" * 201)))
    assert "too long" in refused.value.sentence()


class TestBetweenTwoCentres:
    """From one home to another and back, with nothing but files."""

    @pytest.fixture
    def there(self, file_template: Desk, tmp_path: Path) -> Iterator[Desk]:
        with copied_file_desk(file_template, tmp_path / "there") as desk:
            yield desk

    def test_a_family_is_sent_and_the_answer_comes_back(self, desk: Desk, there: Desk) -> None:
        here, other = desk.sign_in("social_worker"), there.sign_in("coordinator")
        person = consenting_adult(here)
        here.run(contacts.add_contact_point, person, kind="phone", value="0372 407788", may_call=False,
                 safe_from=time(9), safe_to=time(12))  # fmt: skip
        sent = here.run(referrals.send_referral, person, WHY, body_name=CLINIC)
        data = here.run(referral_file.write_referral, sent, version(here, Referral, sent), "concordato con lei")
        assert data.startswith(b"{")

        found = opened(data)
        assert isinstance(found.content, ReferralContent)
        taken = other.run(referral_exchange.receive, found.content, found.digest)
        (rule,) = other.fetch(lambda tx: tx.rows(select(ContactPoint.may_call, ContactPoint.safe_from)))
        assert (rule.may_call, rule.safe_from) == (False, time(9))
        with pytest.raises(referral_exchange.TakenAlready):
            other.run(referral_exchange.receive, found.content, found.digest)

        other.run(referrals.set_state, taken, version(other, Referral, taken), "accepted", answer="Da lunedì")
        back = opened(other.fetch(referral_file.write_receipt, taken))
        assert isinstance(back.content, Receipt)
        assert back.fingerprint == referral_file.fingerprint(other.actor.pairs.sign_public)
        assert here.run(referral_exchange.take_receipt, back.content, back.fingerprint) == sent
        (row,) = here.fetch(referrals.referrals_of, person)
        assert (row.state, row.answer) == ("accepted", "Da lunedì")

    def test_undo_of_the_file_takes_its_note_back(self, desk: Desk) -> None:
        here = desk.sign_in("social_worker")
        sent = here.run(referrals.send_referral, consenting_adult(here), WHY, body_name=CLINIC)
        here.run(referral_file.write_referral, sent, version(here, Referral, sent))
        here.undo()
        assert not here.fetch(referrals.awaited)[0].has_file
