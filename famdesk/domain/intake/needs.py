"""The list of needs: shipped as data with its names in each language, so that a centre can extend it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from famdesk import resources
from famdesk.domain.text import search_forms
from famdesk.i18n import LANGUAGES, language


@dataclass(frozen=True, slots=True)
class Need:
    """A need: stable code, function A, B or C, names by language, and further words that people type for it."""

    code: str
    function: str
    names: tuple[tuple[str, str], ...]
    words: str = ""

    @property
    def label(self) -> str:
        """The name in the current language, in Italian if it has none."""
        names = dict(self.names)
        return names.get(language(), names["it"])

    @property
    def forms(self) -> tuple[str, ...]:
        """What a prefix search compares with: the name in the current language, and the further words from each on."""
        return search_forms(self.label) + search_forms(self.words)


@lru_cache(maxsize=1)
def needs() -> tuple[Need, ...]:
    """All needs in the order of the list: A before B before C."""
    rows = tomllib.loads(resources.text("taxonomies/needs.toml"))["need"]
    return tuple(_read(row) for row in rows)


def _read(row: dict[str, Any]) -> Need:
    names = tuple((lang, row[lang]) for lang in LANGUAGES if lang in row)
    return Need(row["code"], row["function"], names, row.get("words", ""))


def need(code: str | None) -> Need | None:
    """The need with this code; None if the list does not hold it."""
    return next((one for one in needs() if one.code == code), None)


def need_label(code: str | None) -> str:
    """The name of a need in the current language; the code itself if the list does not hold it; "" for None."""
    found = need(code)
    return found.label if found else code or ""


def is_named(one: Need, typed: str) -> bool:
    """Whether a word of the need's name itself, and not only of its other words, begins with what was typed."""
    wanted = " ".join(search_forms(typed)[:1])
    return any(form.startswith(wanted) for form in search_forms(one.label))


def find_needs(typed: str, limit: int = 8) -> tuple[Need, ...]:
    """The needs whose name or words begin with what was typed, names first; all in order for nothing typed."""
    wanted = " ".join(search_forms(typed)[:1])
    by_name = [one for one in needs() if is_named(one, typed)]
    by_word = [one for one in needs() if any(form.startswith(wanted) for form in one.forms)]
    return tuple(dict.fromkeys([*by_name, *by_word]))[:limit]
