"""The copy of the data: complete by construction, without third persons, as paper and as a file."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from famdesk.data.base import Base
from famdesk.domain.consent import retention
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.sheets.people import data_copy as sheet
from famdesk.usecases.family import relations
from famdesk.usecases.people import data_copy, data_words, people
from famdesk.usecases.people.data_copy import masked
from tests.support.offices import Desk
from tests.usecases.people.test_privacy_rights import WORD, _full_file


def test_every_column_is_told_or_left_out_on_purpose() -> None:
    columns = {column.name for table in ("person", *retention.FATES) for column in Base.metadata.tables[table].columns}
    assert columns == set(data_words.NAMES) | data_words.UNTOLD
    assert not set(data_words.NAMES) & data_words.UNTOLD


def test_everything_that_is_kept_is_in_it(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = _full_file(office)
    copy = office.fetch(data_copy.copy_of_data, person)
    assert len(copy.parts) >= len(retention.FATES) - len(data_copy.NOT_TOLD) - 2  # merged files, warnings
    told = [value for part in copy.parts for entry in part.entries for _name, value in entry]
    assert sum(WORD in value for value in told) > 40
    pages = PdfReader(BytesIO(sheet.render(copy))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert text.count(WORD) > 40
    assert "page 1 of" in text
    reader = PdfReader(BytesIO(sheet.render(copy)))
    assert WORD not in str(reader.metadata)


def test_third_persons_are_masked(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    mother = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    child = office.run(people.add_person, surname="Quarantotti", given_name="Nino", note="zelinda lo porta, Nino ride")
    office.run(relations.add_relation, mother, child, kind="birth_parent")
    copy = office.fetch(data_copy.copy_of_data, child)
    told = str(copy)
    assert "Zelinda" not in told
    assert "zelinda" not in told
    assert "[other person] lo porta, Nino ride" in told
    assert "Quarantotti" in told


def test_a_copy_is_written_down_and_not_for_everybody(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti")
    office.fetch(people.person, person)
    copy = office.fetch(data_copy.copy_of_data, person)
    assert [role for _day, role in copy.opened] == ["coordinator"]
    for role in ("reception", "educator", "psychologist"):
        with pytest.raises(Forbidden):
            desk.sign_in(role).fetch(data_copy.copy_of_data, person)
    office.run(people.set_protection, person, 1, protected=True, restricted=False, reason="tutela")
    with pytest.raises(NotFound):
        desk.sign_in("social_worker").fetch(data_copy.copy_of_data, person)


def test_masking_leaves_parts_of_words_alone() -> None:
    assert masked("Anna e Annalisa, ANNA", ["Anna"]) == "[other person] e Annalisa, [other person]"
    assert masked("D'Angelo (via D.)", ["D'Angelo"]) == "[other person] (via D.)"


def test_a_very_long_text_goes_over_several_pages(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti", note="parola " * 2800)
    data = sheet.render(office.fetch(data_copy.copy_of_data, person))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert text.count("parola") == 2800
