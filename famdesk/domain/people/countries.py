"""Countries by their ISO 3166 code, for citizenships; and those who have none."""

from __future__ import annotations

from functools import lru_cache

from famdesk.i18n import N_, _, language
from famdesk.i18n.collate import sort_key

STATELESS = "XXA"
"""Source: ICAO Doc 9303, code of stateless persons in travel documents."""

# The citizenships most frequent in Italian family centres first; the others follow by name.
FREQUENT = ("IT", "RO", "AL", "MA", "UA", "CN", "IN", "BD", "EG", "PK", "MD", "PH", "NG", "SN", "TN", "PE", "LK", "EC")
# Of the list of territories: no countries, or parts of others that give no citizenship.
_NO_COUNTRY = frozenset({
    "AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "IO", "QO", "TA", "TF", "UM", "UN", "XA", "XB",
    "ZZ",
})  # fmt: skip
_STATELESS_LABEL = N_("Stateless")


def is_country(code: str) -> bool:
    """Whether this is the code of a country, or that of the stateless."""
    return code == STATELESS or code in _names(language())


def country_label(code: str | None, lang: str | None = None) -> str:
    """The name of a country in the current language, or in `lang`; the text itself if it is no known code."""
    if not code:
        return ""
    return _(_STATELESS_LABEL) if code == STATELESS else _names(lang or language()).get(code, code)


def country_choices() -> tuple[tuple[str, str], ...]:
    """(code, name) of all countries, the most frequent first, then by name, then the stateless."""
    names = _names(language())
    rest = sorted((code for code in names if code not in FREQUENT), key=lambda code: sort_key(names[code]))
    return (*((code, names[code]) for code in (*FREQUENT, *rest)), (STATELESS, _(_STATELESS_LABEL)))


@lru_cache(maxsize=4)
def _names(lang: str) -> dict[str, str]:
    from babel.core import Locale

    known = Locale.parse(lang).territories
    return {
        code: str(name) for code, name in known.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
