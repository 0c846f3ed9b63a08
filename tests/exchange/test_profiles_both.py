"""What must hold for every profile that comes with the program."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest

from famdesk import resources
from famdesk.domain.centre.profile import WEEKDAYS, Entry, Profile
from famdesk.exchange.profiles import read_profile
from famdesk.exchange.profiles_checks import inferred_fields

ALL = {file.stem: read_profile(file) for file in sorted(resources.path("centres").glob("*.toml"))}


@pytest.fixture(params=ALL)
def profile(request: pytest.FixtureRequest) -> Profile:
    return ALL[request.param]


def test_cremona_and_bari_come_with_the_program() -> None:
    assert set(ALL) >= {"cremona", "bari"}


def test_every_entry_has_a_source_document(profile: Profile) -> None:
    named = {document.key for document in profile.document}
    assert [entry for entry in profile.entries() if entry.source.split()[0] not in named] == []


def dates_of(entry: Entry) -> list[str]:
    names = [name for name in type(entry).__dataclass_fields__ if name not in {"source", "inferred"}]
    return [name for name in names if isinstance(getattr(entry, name), date)]


def test_every_date_whose_year_no_source_gives_is_marked(profile: Profile) -> None:
    """Only the DGR of 13 December 2023 has a year in the articles."""
    unmarked = {
        getattr(entry, name)
        for entry in profile.entries()
        for name in dates_of(entry)
        if name not in inferred_fields(entry)
    }
    assert unmarked <= {date(2023, 12, 13)}


def test_comuni_are_marked_as_inferred_since_no_article_gives_codes(profile: Profile) -> None:
    for entry in profile.entries():
        for name in ("municipality", "municipalities"):
            if getattr(entry, name, None):
                assert name in inferred_fields(entry), entry


def test_weekdays_fit_their_dates(profile: Profile) -> None:
    for initiative in profile.initiative:
        if initiative.starts_on and initiative.usual_weekday:
            assert initiative.starts_on.isoweekday() == initiative.usual_weekday
    for centre in profile.centre:
        assert centre.starts_on is None or WEEKDAYS[centre.starts_on.isoweekday() - 1] == "tuesday"


def test_the_header_tells_how_to_read_the_file() -> None:
    for name, profile in ALL.items():
        text = resources.text(f"centres/{name}.toml")
        head = text[: text.index("[profile]")]
        for document in profile.document:
            assert document.key in head
            assert set(re.findall(r"§(\d+)", head)) == {str(n + 1) for n in range(document.paragraphs)}


def test_values_are_plain_and_cannot_be_changed(profile: Profile) -> None:
    plain = (str, int, bool, date, datetime, time, tuple, type(None))
    for entry in profile.entries():
        assert all(isinstance(getattr(entry, name), plain) for name in type(entry).__dataclass_fields__)
        with pytest.raises(AttributeError):
            entry.source = "elsewhere"  # type: ignore[misc]
