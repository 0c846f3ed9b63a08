"""Visible text: English in the code, the person's language on the screen.

The functions look the language up when they are called, so a sheet can be made in German in one thread while the
window stays Italian. Dates and numbers are in `formats`, sorting is in `collate`. Nothing here imports Babel, which
the first paint of the window does not need.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from famdesk import resources

LANGUAGES = ("it", "en", "de")
"""Languages of the interface; the messages in the code are English, so "en" has no catalogue."""

_DOMAIN = "famdesk"
_SOURCE = "en"
_default = "it"
_override: ContextVar[str | None] = ContextVar("famdesk_language", default=None)


def language() -> str:
    """The language in force here: that of the innermost `using`, or else the one set for the whole program."""
    return _override.get() or _default


def set_language(lang: str) -> None:
    """Set the language of the whole program.

    Raises:
        ValueError: if `lang` is not one of `LANGUAGES`.
    """
    global _default
    _default = _known(lang)


@contextmanager
def using(lang: str) -> Iterator[None]:
    """Use another language in this block and in no other thread, for example for a sheet that is given away.

    Raises:
        ValueError: if `lang` is not one of `LANGUAGES`.
    """
    token = _override.set(_known(lang))
    try:
        yield
    finally:
        _override.reset(token)


def _(message: str) -> str:
    """The message in the current language; the English message itself if it has no translation."""
    return _catalogue(language()).gettext(message)


def N_(message: str) -> str:
    """Mark a message without translating it: for constants, which are made before the language is known."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that goes with `n` things; the caller puts `{n}` in."""
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message as it is said in `context`, for English words with two meanings."""
    return _catalogue(language()).pgettext(context, message)


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language: {lang}")
    return lang


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(lang: str) -> _gettext.NullTranslations:
    """The catalogue of a language; an empty one, which answers in English, if it was not built."""
    if lang == _SOURCE:
        return _gettext.NullTranslations()
    return _gettext.translation(_DOMAIN, resources.translations(), [lang], fallback=True)
