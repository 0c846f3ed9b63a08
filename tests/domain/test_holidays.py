from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from famdesk.domain.calendar import holidays
from famdesk.domain.calendar.holidays import NAMES, Holiday, closed_days, public_holidays
from famdesk.domain.calendar.hours import ClosedDays
from famdesk.domain.people.municipalities import municipalities, municipality
from famdesk.i18n import using

CREMONA, BARI = "019036", "072006"


def on(day: date, comune: str | None = CREMONA) -> list[Holiday]:
    return [holiday for holiday in public_holidays(day.year, comune) if holiday.day == day]


def test_the_holidays_of_cremona_in_2025() -> None:
    days = {holiday.day.strftime("%m-%d"): holiday.kind for holiday in public_holidays(2025, CREMONA)}
    national = ["01-01", "01-06", "04-20", "04-21", "04-25", "05-01", "06-02", "08-15", "11-01", "11-02", "12-08"]
    expected = dict.fromkeys([*national, "12-25", "12-26"], "holiday") | {"11-13": "patron"}
    assert days == expected


def test_names_are_in_the_language_of_the_moment() -> None:
    with using("it"):
        assert on(date(2025, 4, 21)) == [Holiday(date(2025, 4, 21), "Lunedì dell’Angelo", "holiday")]
        assert on(date(2025, 11, 13)) == [Holiday(date(2025, 11, 13), "Sant’Omobono", "patron")]
    with using("en"):
        assert on(date(2025, 4, 21))[0].name == "Easter Monday"


def test_a_language_that_the_library_lacks_uses_our_translations(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"Easter Monday": "Ostermontag", "All Saints' Day": "Allerheiligen"}
    monkeypatch.setattr(holidays, "_", lambda message: ours.get(message, message))
    holidays._holidays.cache_clear()
    with using("de"):
        assert on(date(2025, 4, 21))[0].name == "Ostermontag"
        assert on(date(2025, 11, 13))[0].name == "Sant’Omobono"
        # two names on one day, one of them without a translation: not half German, half Italian
        assert on(date(2026, 11, 1))[0].name == "Giorno dell’unità nazionale; Ognissanti"
    holidays._holidays.cache_clear()


def test_families_are_told_what_day_a_saint_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def heard(message: str) -> str:
        asked.append(message)
        return {"Patron saint’s day: {name}": "Hramul orașului: {name}"}.get(message, message)

    monkeypatch.setattr(holidays, "_", heard)
    holidays._holidays.cache_clear()
    with using("ro"):
        assert on(date(2025, 11, 13)) == [Holiday(date(2025, 11, 13), "Hramul orașului: Sant’Omobono", "patron")]
    holidays._holidays.cache_clear()
    assert set(asked) <= {*NAMES, "Patron saint’s day: {name}"}, "no message that no catalogue can have"


def test_every_national_name_is_marked_for_translation() -> None:
    with using("en"):
        found = [one.name for year in range(2020, 2050) for one in public_holidays(year, "021008")]
    names = {name for joined in found for name in joined.split("; ")}
    assert names == set(NAMES)


def test_francis_of_assisi_is_a_holiday_from_2026() -> None:
    assert not on(date(2025, 10, 4))
    assert on(date(2026, 10, 4))[0].kind == "holiday"


@pytest.mark.parametrize(
    ("comune", "day"),
    [
        (BARI, date(2025, 12, 6)),
        ("015146", date(2025, 12, 7)),  # Milano
        ("058091", date(2025, 6, 29)),  # Roma
        ("110001", date(2025, 9, 21)),  # Andria, third Sunday of September
        ("054039", date(2025, 1, 29)),  # Perugia, day given by the data file
        ("088009", date(2025, 8, 29)),  # Ragusa, likewise
    ],
)
def test_the_day_of_the_patron_saint(comune: str, day: date) -> None:
    assert [holiday.day for holiday in public_holidays(2025, comune) if holiday.kind == "patron"] == [day]


def test_a_patron_on_a_national_holiday_is_told_once() -> None:
    assert [holiday.kind for holiday in on(date(2026, 10, 4), "037006")] == ["holiday"]  # Bologna, San Petronio
    assert [holiday.kind for holiday in on(date(2025, 10, 4), "037006")] == ["patron"]


def test_bolzano_keeps_whit_monday_by_provincial_law() -> None:
    assert on(date(2025, 6, 9), "021008")[0].kind == "holiday"


@pytest.mark.parametrize("comune", [None, "999999", "019098"])
def test_a_comune_without_a_known_patron_has_the_national_holidays(comune: str | None) -> None:
    assert {holiday.kind for holiday in public_holidays(2025, comune)} == {"holiday"}
    assert len(public_holidays(2025, comune)) == 13


def test_every_capital_has_one_local_day_that_the_library_or_the_file_knows() -> None:
    capitals = [comune for comune in municipalities() if comune.calendar or comune.patron]
    assert len(capitals) > 100
    national = {holiday.day for holiday in public_holidays(2025, None)}
    for comune in capitals:
        own = [holiday for holiday in public_holidays(2025, comune.code) if holiday.day not in national]
        # Biella and Prato keep Santo Stefano, which everybody has.
        assert len(own) == (0 if comune.name in {"Biella", "Prato"} else 1), comune


def test_closed_days_run_over_the_turn_of_the_year() -> None:
    with using("it"):
        assert closed_days(date(2025, 12, 26), date(2026, 1, 1), CREMONA) == (
            ClosedDays(date(2025, 12, 26), date(2025, 12, 26), "Santo Stefano", "holiday"),
            ClosedDays(date(2026, 1, 1), date(2026, 1, 1), "Capodanno", "holiday"),
        )
        assert closed_days(date(2025, 11, 13), date(2025, 11, 13), CREMONA)[0].kind == "patron"


def test_municipalities() -> None:
    cremona = municipality(CREMONA)
    assert cremona is not None
    assert (cremona.name, cremona.province, cremona.calendar) == ("Cremona", "CR", "CR")
    assert municipality(None) is None
    in_province = municipalities("CR")
    assert len(in_province) == 113
    assert "Soresina" in [comune.name for comune in in_province]
    assert len(municipalities("BA")) == 41
    assert all(len(comune.code) == 6 and comune.code.isdigit() for comune in municipalities())


def test_the_library_is_loaded_only_when_a_holiday_is_asked_for() -> None:
    check = "import sys; from famdesk.domain.calendar import holidays, hours; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
