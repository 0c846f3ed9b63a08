"""Bands of age by which the families of a centre are counted and looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from famdesk.i18n import N_, _

SMALL = "0-3"


@dataclass(frozen=True, slots=True)
class Band:
    """From the birthday `first` (years) until the day before the birthday `end`; None: no end."""

    code: str
    name: str
    first: int
    end: int | None

    @property
    def label(self) -> str:
        """The name in the current language."""
        return _(self.name)


BANDS = (
    # Translators: ages in years: until the third birthday
    Band(SMALL, N_("0–3 years"), 0, 3),
    Band("3-6", N_("3–6 years"), 3, 6),
    Band("6-11", N_("6–11 years"), 6, 11),
    Band("11-14", N_("11–14 years"), 11, 14),
    Band("14-18", N_("14–18 years"), 14, 18),
    Band("18-26", N_("18–26 years"), 18, 26),
    Band("18-", N_("Adults"), 18, None),
    Band("65-", N_("65 and over"), 65, None),
)


def band(code: str) -> Band:
    """The band of a code; that of small children for an unknown one."""
    return next((one for one in BANDS if one.code == code), BANDS[0])


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for 29 February where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
