"""The access card and the call list on paper: the order of the screen, and nothing that the gate keeps back."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.domain.intake import access_card as fields
from famdesk.i18n import LANGUAGES, using
from famdesk.sheets.collecting import collect_intake
from famdesk.sheets.people import access_card, call_list
from famdesk.sheets.people.access_card import AccessCardSheet, Entry
from famdesk.sheets.people.call_list import CallLine, CallList
from famdesk.usecases.intake import follow_ups, intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.sheets.conftest import Reader
from tests.support.offices import Desk

CENTRE = "Hug – Centro per le Famiglie"


def numbered(text: str) -> list[int]:
    """The numbers that stand before the fields, in the order in which they are read."""
    return [int(number) for number in re.findall(r"(?m)^(\d{1,2})\s(?!\d)", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_card_has_all_fields_in_order(words: Reader, language: str) -> None:
    with using(language):
        text = words(access_card.render(AccessCardSheet(CENTRE)))
        from famdesk.i18n import _

        labels = [_(field.label) for field in fields.fields()]
    places, at = [], 0
    flat = " ".join(text.split())
    for number, label in enumerate(labels, start=1):
        found = re.search(rf"\b{number} {re.escape(label)}", flat[at:])
        assert found, (number, label)
        places.append(at + found.start())
        at += found.start()
    assert places == sorted(places)
    assert CENTRE in text


def test_a_filled_card_says_what_was_written(words: Reader) -> None:
    long = "\n".join(f"riga {number} della storia" for number in range(120))
    entries = (Entry("needs_family", long), Entry("outcome", "Need met at once"), Entry("note", "Đặng Thị Ánh – ok"))
    text = words(access_card.render(AccessCardSheet("", entries, datetime(2025, 2, 11, 12, 41))))
    assert "riga 119 della storia" in text
    assert "Need met at once" in text
    assert "Đặng Thị Ánh" in text
    assert CENTRE not in text
    assert "Phone" not in text, "no box to tick on a filled card"


def _card(office: Office, **values: Any) -> str:
    return office.run(intake.open_card, channel="phone", needs=("nursery",), needs_family="un posto", **values)


def _printed(office: Office, card: str, words: Reader) -> str:
    return words(access_card.render(office.fetch(collect_intake.filled_card, card)))


def test_the_card_of_a_person_and_the_note_of_its_print(desk: Desk, words: Reader) -> None:
    office = desk.sign_in("reception")
    lia = office.run(people.add_person, surname="Conti", given_name="Lia")
    office.run(people.set_privacy, lia, 1, "signed", datetime(2025, 2, 11).date())
    aunt = office.run(people.add_person, alias="Zia Pia")
    card = _card(office, person_id=lia, reference_persons=((aunt, "relative"),), heard="school", urgency="soon")
    text = " ".join(_printed(office, card, words).split())
    for part in ("Conti Lia", "Zia Pia · Other relative", "School or nursery", "Within days", "18/02/2025", "un posto",
                 "Centro di prova"):  # fmt: skip
        assert part in text, part
    with office.store.reading(office.actor) as tx:
        assert tx.rows(select(AuditEntry.kind).where(AuditEntry.kind == "print"))


def test_a_card_of_somebody_who_must_stay_discreet_names_neither_them_nor_the_centre(desk: Desk, words: Reader) -> None:
    office = desk.sign_in("reception")
    lia = office.run(people.add_person, surname="Conti", given_name="Lia")
    office.run(contacts.add_contact_point, lia, kind="mobile", value="333 1", may_call=False)
    card = _card(office, person_id=lia, references="Conti Ugo, 333 2")
    text = _printed(office, card, words)
    for secret in ("Conti", "Centro di prova", "333"):
        assert secret not in text
    assert "Person concerned LC" in " ".join(text.split())


def test_the_call_list_in_the_order_of_the_hours(words: Reader) -> None:
    content = CallList(datetime(2025, 2, 11, 12, 41), (
        CallLine("now, until 13:00", "Conti Lia", "333 1", "Leave no message", "nursery"),
        CallLine("from 14:00", "Bea", "333 2"),
    ), (CallLine("", "Ada", "ada@example.it"),), (), left_out=2)  # fmt: skip
    text = words(call_list.render(content))
    assert text.index("Conti Lia") < text.index("Bea") < text.index("To write to") < text.index("ada@example.it")
    assert "2 more are only on the screen." in text
    assert "Leave no message" in text


def test_who_must_not_be_called_is_on_no_printed_call_list(desk: Desk, words: Reader) -> None:
    head = desk.sign_in("coordinator")
    rules: dict[str, dict[str, Any]] = {
        "Libera": {}, "Vietata": {"may_call": False}, "Nascosta": {"hidden": True}, "Protetta": {},
        "Neutra": {"neutral_name": "Biblioteca", "safe_from": time(14), "safe_to": time(15)},
    }  # fmt: skip
    for number, (name, rule) in enumerate(rules.items()):
        person = head.run(people.add_person, surname=name, given_name="Prova")
        head.run(people.set_privacy, person, 1, "signed", datetime(2025, 2, 11).date())
        head.run(contacts.add_contact_point, person, kind="mobile", value=f"333 000{number}", **rule)
        head.run(follow_ups.add, kind="call", what=f"storia {number}", person_id=person)
        if name == "Protetta":
            head.run(people.set_protection, person, 2, protected=True, restricted=False, reason="minacce")
    text = words(call_list.render(head.fetch(collect_intake.calls_of_today)))
    assert all(part in text for part in ("Libera Prova", "333 0000", "storia 0"))
    for secret in ("Vietata", "333 0001", "333 0002", "Protetta", "333 0003", "storia 1", "storia 3", "storia 4",
                   "Neutra", "Centro di prova"):  # fmt: skip
        assert secret not in text, secret
    assert all(part in text for part in ("333 0004", "Biblioteca", "from 14:00"))
    assert "1 call is not in this list: it must not be called." in " ".join(text.split())


def test_a_call_that_became_forbidden_is_told_without_a_name(desk: Desk, words: Reader) -> None:
    head = desk.sign_in("coordinator")
    lia = head.run(people.add_person, surname="Vietata", given_name="Prova")
    point = head.run(contacts.add_contact_point, lia, kind="mobile", value="333 0001")
    head.run(follow_ups.add, kind="call", what="storia", person_id=lia)
    numberless = head.run(people.add_person, surname="Senza", given_name="Numero")
    head.run(follow_ups.add, kind="call", what="cercare", person_id=numberless)
    assert "must not be called" not in words(call_list.render(head.fetch(collect_intake.calls_of_today)))
    head.run(contacts.change_contact_point, point, 1, kind="mobile", value="333 0001", may_call=False)
    text = " ".join(words(call_list.render(head.fetch(collect_intake.calls_of_today))).split())
    assert "1 call is not in this list: it must not be called." in text
    assert all(secret not in text for secret in ("Vietata", "333 0001", "storia", "Senza"))
