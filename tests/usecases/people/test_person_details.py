"""School years, marks and own fields on both engines: what is kept, what is refused, who sees it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from famdesk.data.journal import Change
from famdesk.data.tables.person_details import CustomField, Flag
from famdesk.domain.errors import Forbidden, NotFound, Required, RuleError, Stale, TextTooLong
from famdesk.domain.people.person_details import FLAG_KINDS, SENSITIVE_FLAGS
from famdesk.usecases.office import Office
from famdesk.usecases.people import custom_fields, flags, people, person_history, schooling
from famdesk.usecases.people.person_file import file_history
from tests.support.offices import Desk

TODAY, PAST, COMING = date(2025, 2, 11), date(2024, 12, 1), date(2025, 6, 1)


@pytest.fixture
def worker(desk: Desk) -> Office:
    return desk.sign_in("social_worker")


@pytest.fixture
def child(worker: Office) -> str:
    return worker.run(people.add_person, surname="Rossi", given_name="Élise")


def test_the_year_rolls_over_on_the_first_of_september(desk: Desk, worker: Office, child: str) -> None:
    row = worker.run(schooling.add_school_year, child, year=2023, kind="nursery", school=" Nido Sole ")
    found = worker.fetch(schooling.school, child)
    assert (found.this_year, found.proposed) == (2024, found.years[0])
    assert (found.years[0].id, found.years[0].school) == (row, "Nido Sole")
    worker.run(schooling.add_school_year, child, year=2024, kind="nursery", school="Nido Sole")
    assert worker.fetch(schooling.school, child).proposed is None
    desk.clock.forward(days=202)  # 1 September 2025
    found = worker.fetch(schooling.school, child)
    assert (found.this_year, found.proposed.year if found.proposed else None) == (2025, 2024)


@pytest.mark.parametrize(
    ("details", "error", "field"),
    [
        ({"year": None, "kind": "nursery"}, schooling.BadYear, "year"),
        ({"year": 2026, "kind": "nursery"}, schooling.BadYear, "year"),
        ({"year": 2024}, Required, "school"),
        ({"year": 2024, "kind": "astronauts"}, schooling.UnknownSchoolKind, "kind"),
        ({"year": 2024, "school": "S" * 201}, TextTooLong, "school"),
        ({"year": 2024, "school": "S", "body_id": "0190b6a0-0000-7000-8000-000000000000"}, NotFound, None),
    ],
)
def test_a_school_year_that_cannot_be(
    worker: Office, child: str, details: dict[str, Any], error: type[Exception], field: str | None
) -> None:
    with pytest.raises(error) as caught:
        worker.run(schooling.add_school_year, child, **details)
    assert getattr(caught.value, "field", None) == field
    assert worker.fetch(schooling.school, child).years == ()


def test_an_old_school_year_is_changed_by_its_version(worker: Office, child: str) -> None:
    row = worker.run(schooling.add_school_year, child, year=2024, kind="primary")
    given = {"year": 2024, "kind": "primary", "body_id": None, "grade": "2B", "note": None}
    worker.run(schooling.change_school_year, row, 1, school="Capra", **given)
    with pytest.raises(Stale):
        worker.run(schooling.change_school_year, row, 1, school="Altra", **given)
    worker.run(schooling.remove_school_year, row, 2)
    assert worker.fetch(schooling.school, child).years == ()


def test_what_is_sensitive_is_not_there_for_reception(desk: Desk, worker: Office, child: str) -> None:
    reception = desk.sign_in("reception")
    hidden = worker.run(flags.add_flag, child, "violence", sensitive=True, note="denuncia")
    shown = worker.run(flags.add_flag, child, "allergy", note="arachidi")
    assert [row.id for row in worker.fetch(flags.flags, child)] == [shown, hidden]
    assert [row.id for row in reception.fetch(flags.flags, child)] == [shown]
    assert [badge.text for badge in reception.fetch(people.person, child).badges] == ["Allergy, emergency medicine"]
    assert not any("flag" in {field[0] for field in step.fields} for step in reception.fetch(file_history, child))
    given = {"sensitive": False, "since": None, "review_on": None, "note": None}
    for deed in (
        lambda tx: flags.remove_flag(tx, hidden, 1),
        lambda tx: flags.change_flag(tx, hidden, 1, "other", **given),
    ):
        with pytest.raises(NotFound):
            reception.run(deed)
    with pytest.raises(Forbidden):
        reception.run(flags.add_flag, child, "violence", sensitive=True)
    with pytest.raises(Forbidden):
        reception.fetch(flags.sensitive_flags, child)
    assert [row.id for row in worker.fetch(flags.sensitive_flags, child)] == [hidden]


@pytest.mark.postgres
def test_the_server_itself_keeps_it_from_reception(server_desk: Desk) -> None:
    worker, reception = server_desk.sign_in("social_worker"), server_desk.sign_in("reception")
    child = worker.run(people.add_person, surname="Rossi")
    worker.run(flags.add_flag, child, "violence", sensitive=True, note="denuncia")
    worker.run(flags.add_flag, child, "allergy", note="arachidi")
    for office, notes, changes in ((reception, ["arachidi"], 1), (worker, ["arachidi", "denuncia"], 2)):
        rows = office.fetch(lambda tx: tx.rows(select(Flag.note).order_by(Flag.note)))
        assert [row[0] for row in rows] == notes
        told = select(func.count()).where(Change.table_name == "flag")
        assert office.fetch(lambda tx, told=told: tx.rows(told)[0][0]) == changes


@pytest.mark.parametrize(
    ("kind", "details", "error", "field"),
    [
        ("bored", {}, flags.UnknownFlag, "kind"),
        ("poverty", {"since": date(2025, 2, 12)}, flags.SinceInFuture, "since"),
        ("poverty", {"review_on": date(2025, 2, 10)}, flags.ReviewPast, "review_on"),
        ("poverty", {"note": "n" * 2001}, TextTooLong, "note"),
    ],
)
def test_a_mark_that_cannot_be(
    worker: Office, child: str, kind: str, details: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        worker.run(flags.add_flag, child, kind, **details)
    assert getattr(caught.value, "field", None) == field


def test_a_review_that_is_due_is_told_and_the_mark_can_still_be_changed(desk: Desk, worker: Office, child: str) -> None:
    flag = worker.run(flags.add_flag, child, "housing", review_on=COMING)
    assert not worker.fetch(flags.flags, child)[0].review_due
    desk.clock.forward(days=120)
    row = worker.fetch(flags.flags, child)[0]
    assert row.review_due
    worker.run(flags.change_flag, flag, row.version, "housing", sensitive=False, since=PAST, review_on=COMING,
               note="ancora")  # fmt: skip
    assert worker.fetch(people.person, child).badges[0].text == "Housing emergency, to be reviewed since 01/06/2025"


def test_every_sensitive_kind_is_a_kind() -> None:
    assert {row.code for row in FLAG_KINDS} >= SENSITIVE_FLAGS


@pytest.fixture
def coordinator(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def _field(office: Office, name: str, kind: str = "text", choices: str | None = None) -> str:
    return office.run(custom_fields.add_field, name=name, kind=kind, choices=choices)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", ["x", "👶 محمد", "a\nb"], []),
        ("number", ["1", "-2.50", "1e3"], ["1,5", "NaN", "Infinity", "١", "abc"]),
        ("date", ["2025-02-11"], ["11/2/2025", "2025-13-01", "20250211"]),
        ("yes_no", ["yes", "no"], ["sì", "true"]),
        ("choice", ["mattina", "pomeriggio"], ["sera", "MATTINA"]),
    ],
)
def test_a_value_fits_its_field(
    coordinator: Office, worker: Office, child: str, kind: str, good: list[str], bad: list[str]
) -> None:
    field = _field(coordinator, "Campo", kind, " mattina \npomeriggio\n\nmattina")
    for value in good:
        worker.run(custom_fields.set_values, child, {field: f" {value} "})
        assert [row.value for row in worker.fetch(custom_fields.values, child)] == [value]
    for value in bad:
        with pytest.raises(custom_fields.BadValue) as caught:
            worker.run(custom_fields.set_values, child, {field: value})
        assert caught.value.field == field
    worker.run(custom_fields.set_values, child, {field: ""})
    assert [row.value for row in worker.fetch(custom_fields.values, child)] == [None]


def test_fields_are_made_by_who_leads_the_centre(coordinator: Office, worker: Office) -> None:
    field = _field(coordinator, "Pediatra")
    for deed in (
        lambda tx: custom_fields.add_field(tx, name="Altro", kind="text"),
        lambda tx: custom_fields.retire_field(tx, field, 1),
        lambda tx: custom_fields.move_field(tx, field, 1, by=1),
    ):
        with pytest.raises(Forbidden):
            worker.run(deed)


@pytest.mark.parametrize(
    ("details", "error", "field"),
    [
        ({"name": " ", "kind": "text"}, Required, "name"),
        ({"name": "PEDIATRA ", "kind": "text"}, custom_fields.SameName, "name"),
        ({"name": "n" * 81, "kind": "text"}, TextTooLong, "name"),
        ({"name": "Altro", "kind": "picture"}, custom_fields.UnknownKind, "kind"),
        ({"name": "Altro", "kind": "choice", "choices": "uno\n uno "}, custom_fields.FewChoices, "choices"),
    ],
)
def test_a_field_that_cannot_be(
    coordinator: Office, details: dict[str, Any], error: type[Exception], field: str
) -> None:
    _field(coordinator, "Pediatra")
    with pytest.raises(error) as caught:
        coordinator.run(custom_fields.add_field, **details)
    assert getattr(caught.value, "field", None) == field


def test_the_kind_of_a_field_with_values_stays(coordinator: Office, worker: Office, child: str) -> None:
    field = _field(coordinator, "Pediatra")
    worker.run(custom_fields.set_values, child, {field: "dott. Verdi"})
    with pytest.raises(custom_fields.KindFixed):
        coordinator.run(custom_fields.change_field, field, 1, name="Pediatra", kind="number", choices=None)
    coordinator.run(custom_fields.change_field, field, 1, name="Pediatra di base", kind="text", choices=None)
    coordinator.run(custom_fields.retire_field, field, 2)
    assert [(row.field.name, row.value) for row in worker.fetch(custom_fields.values, child)] == [
        ("Pediatra di base", "dott. Verdi")
    ]
    other = worker.run(people.add_person, surname="Verdi")
    assert worker.fetch(custom_fields.values, other) == ()


def test_fields_keep_the_order_they_are_given(coordinator: Office) -> None:
    ids = [_field(coordinator, name) for name in ("Uno", "Due", "Tre")]
    coordinator.run(custom_fields.move_field, ids[2], 1, by=-1)
    coordinator.run(custom_fields.move_field, ids[0], 1, by=-1)
    assert [row.name for row in coordinator.fetch(custom_fields.fields)] == ["Uno", "Tre", "Due"]
    positions = coordinator.fetch(lambda tx: tx.rows(select(CustomField.position).order_by(CustomField.position)))
    assert [row[0] for row in positions] == [1, 2, 3]


def test_what_was_known_on_a_day(desk: Desk, worker: Office, child: str) -> None:
    desk.clock.forward(days=5)
    worker.run(people.change_person, child, 1, town="Soresina", needs_mediator=True)
    worker.undo()
    desk.clock.forward(days=5)
    worker.run(people.change_person, child, worker.fetch(people.person, child).version, town="Crema")
    known = {
        day: worker.fetch(person_history.known_on, child, date(2025, 2, day)) for day in (10, 11, 16, 20, 21)
    }  # fmt: skip
    assert known[10] is None
    fields = {day: dict(found.fields) for day, found in known.items() if found}
    assert fields[11] == fields[16] == fields[20] == {"surname": "Rossi", "given_name": "Élise", "privacy": "none"}
    assert fields[21] == {**fields[11], "town": "Crema"}


def test_a_file_in_the_bin_says_so(desk: Desk, worker: Office, child: str) -> None:
    worker.run(people.remove_person, child, 1)
    desk.clock.forward(days=1)
    worker.undo()
    found = worker.fetch(person_history.known_on, child, TODAY)
    assert found is not None
    assert found.binned


HOSTILE = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    ["a\0b", "\ud800", "N" * 10_000, "👨‍👩‍👧", "محمد", "\u202eAnna", " ", "n\u0303"]
)


@settings(max_examples=30)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_any_text_is_kept_or_refused_at_its_field(worker: Office, one: str, two: str, three: str) -> None:
    child = worker.run(people.add_person, surname="Rossi")
    refused = _refusal(lambda: worker.run(schooling.add_school_year, child, year=2024, kind="primary", school=one,
                                          grade=two, note=three))  # fmt: skip
    rows = worker.fetch(schooling.school, child).years
    if refused is None:
        assert [(row.school, row.grade, row.note) for row in rows] == [(_kept(one), _kept(two), _kept(three))]
    else:
        assert refused.field in {"school", "grade", "note"}
        assert rows == ()
    refused = _refusal(lambda: worker.run(flags.add_flag, child, "other", note=one))
    assert [row.note for row in worker.fetch(flags.flags, child)] == ([_kept(one)] if refused is None else [])
    assert refused is None or refused.field == "note"


@settings(max_examples=30)
@given(HOSTILE)
def test_any_value_is_kept_or_refused_at_its_field(coordinator: Office, worker: Office, child: str, value: str) -> None:
    known = {row.name: row.id for row in coordinator.fetch(custom_fields.fields)}
    field = known.get("Campo") or _field(coordinator, "Campo")
    worker.run(custom_fields.set_values, child, {field: None})
    refused = _refusal(lambda: worker.run(custom_fields.set_values, child, {field: value}))
    assert refused is None or refused.field == field
    kept = None if refused else _kept(value)
    assert [row.value for row in worker.fetch(custom_fields.values, child)] == [kept]


def _kept(text: str) -> str | None:
    return unicodedata.normalize("NFC", text.strip()) or None


def _refusal(deed: Callable[[], object]) -> RuleError | None:
    try:
        deed()
    except RuleError as error:
        return error
    return None
