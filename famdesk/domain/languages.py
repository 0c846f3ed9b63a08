"""Languages that families speak, by their ISO 639 code; anything else may stand as a word of its own."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from famdesk.i18n import language

# The languages most spoken by families in Italy first, as in the permits of stay; the rest by code.
SPOKEN = (
    "it", "ro", "sq", "ar", "uk", "zh", "pa", "bn", "en", "fr", "es", "pt", "ur", "hi", "ta", "si", "tl", "ru", "pl",
    "mk", "sr", "hr", "bs", "bg", "tr", "ku", "fa", "ps", "am", "ti", "so", "wo", "ff", "bm", "ha", "yo", "ig", "ak",
    "de", "ka", "hy", "el", "nl", "hu", "sk", "cs", "sl", "lt", "lv", "et", "vi", "th", "id", "ja", "ko", "ne", "rom",
    "ber", "ary", "arz", "ise",
)  # fmt: skip
_LEFT_TO_RIGHT = "\u200e"
_WITHOUT_NAME = {"ise": "LIS"}  # Italian sign language


def language_label(code: str | None, lang: str | None = None) -> str:
    """The name of a language in the current language, or in `lang`; the text itself if it is no known code."""
    if not code:
        return ""
    return _names(lang or language()).get(code, code)


def language_choices() -> tuple[tuple[str, str], ...]:
    """(code, name) of the languages to choose from, the most spoken first."""
    names = _names(language())
    return tuple((code, names[code]) for code in SPOKEN)


def language_title(code: str) -> str:
    """The name as those who speak the language write it, and as the reader does: "العربية – Arabo".

    It is read from left to right in every language: a mark says so where the first letter does not.
    """
    own, here = language_label(code, code), language_label(code)
    mark = _LEFT_TO_RIGHT if unicodedata.bidirectional(own[0]) in {"R", "AL"} else ""
    return own if own == here else f"{mark}{own} – {here}"


@lru_cache(maxsize=16)
def _names(lang: str) -> dict[str, str]:
    from babel.core import Locale

    known = Locale.parse(lang).languages
    return {code: _capital(str(known.get(code) or _WITHOUT_NAME.get(code) or code)) for code in SPOKEN}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
