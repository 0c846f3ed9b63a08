"""Visible text: English in the code, the person's language on the screen.

The functions look the language up when they are called, so a sheet can be made in German in one thread while the
window stays Italian. Dates and numbers are in `formats`, sorting is in `collate`. Nothing here imports Babel, which
the first paint of the window does not need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from famdesk import resources
from famdesk.i18n.catalogue import Catalogue

LANGUAGES = ("it", "en", "de")
"""Languages of the interface; the messages in the code are English, so "en" has no catalogue."""

FAMILY_LANGUAGES = (*LANGUAGES, "fr", "es", "ro", "sq", "uk", "ar", "pa", "bn")
"""Languages of the sheets that families get; those that are not of the interface have the messages of sheets only."""

_FROM_RIGHT = frozenset({"ar"})
_FILE = "LC_MESSAGES/famdesk.mo"
_SOURCE = "en"
_default = "it"
_override: ContextVar[str | None] = ContextVar("famdesk_language", default=None)


def language() -> str:
    """The language in force here: that of the innermost `using`, or else the one set for the whole program."""
    return _override.get() or _default


def from_right() -> bool:
    """Whether the current language is written from right to left."""
    return language() in _FROM_RIGHT


def set_language(lang: str) -> None:
    """Set the language of the whole program.

    Raises:
        ValueError: if `lang` is not one of `LANGUAGES`.
    """
    global _default
    _default = _known(lang, LANGUAGES)


@contextmanager
def using(lang: str) -> Iterator[None]:
    """Use another language in this block and in no other thread, for example for a sheet that is given away.

    Raises:
        ValueError: if `lang` is not one of `FAMILY_LANGUAGES`.
    """
    token = _override.set(_known(lang, FAMILY_LANGUAGES))
    try:
        yield
    finally:
        _override.reset(token)


def _(message: str) -> str:
    """The message in the current language; the English message itself if it has no translation."""
    lang = language()
    found = _catalogue(lang).gettext(message)
    return _Italian(found) if lang == "it" and _BEFORE_VALUE in found else found


def N_(message: str) -> str:
    """Mark a message without translating it: for constants, which are made before the language is known."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that goes with `n` things; the caller puts `{n}` in."""
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message as it is said in `context`, for English words with two meanings."""
    return _catalogue(language()).pgettext(context, message)


_ARTICLES = {"il": "l’", "dal": "dall’", "al": "all’", "del": "dell’", "sul": "sull’", "nel": "nell’"}
_BEFORE_VALUE = "l {"
"""The end of each of them, and the value."""
_ARTICLE = rf"\b({'|'.join(_ARTICLES)}) \{{(\w+)\}}"
_VOWEL = r"(8\d*|11)(?!\d|[:.]\d)"


class _Italian(str):
    """An Italian message with an article before a value: before a number that begins with a vowel, 8 (otto), 80
    (ottanta) and 11 (undici), the article loses its own ("dall’8 febbraio")."""

    def format(self, *args: object, **values: object) -> str:
        def elided(found: re.Match[str]) -> str:
            article, name = found.groups()
            short = _ARTICLES[article.lower()]
            short = short.capitalize() if article[0].isupper() else short
            return f"{short}{{{name}}}" if re.match(_VOWEL, str(values.get(name, ""))) else found[0]

        return re.sub(_ARTICLE, elided, self, flags=re.IGNORECASE).format(*args, **values)


def _known(lang: str, among: tuple[str, ...]) -> str:
    if lang not in among:
        raise ValueError(f"unknown language: {lang}")
    return lang


@lru_cache(maxsize=len(FAMILY_LANGUAGES))
def _catalogue(lang: str) -> Catalogue:
    """The catalogue of a language; an empty one, which answers in English, if it was not built."""
    path = resources.translations() / lang / _FILE
    return Catalogue(path.read_bytes() if lang != _SOURCE and path.is_file() else b"")
