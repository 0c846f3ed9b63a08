"""Sentences as they stand on sheets: words of a language mixed with figures, brackets, telephone numbers, Latin names.

They are put together from the project's own catalogues and from the names and dates that CLDR has for the language, the
same ones every time.
"""

from __future__ import annotations

import re
import string
from datetime import date, time, timedelta
from random import Random

from babel import Locale

from famdesk.i18n import _catalogue, formats

PHONE = "+39 0522 123456"
_LATIN = ("Hug", "Centro per le Famiglie", "Anna D’Amico", "Nicolò Zanforlin", "via Lunga 3/B", "26100 Cremona (CR)",
          "ISEE", "A.Pe – Aperitivi Pedagogici", "Piadena-Drizzona", "Łucja Özdemir")  # fmt: skip
PHONES = (
    PHONE,
    "0372 407 111",
    "333 3317332",
    "(0372) 80.34.55",
    "+39 333 331 7332",
    "00 39 0372/123-456",
    "+39 (0)372 123456",
    "0372-407.111",
)
_FIGURES = ("1", "7", "12", "1 250", "3,5", "99.90", "€ 12,50", "12,50 €", "30 %", "n. 5/2025", "10–14", "2/3", "-4",
            "0–6", "#3", "½")  # fmt: skip
_ADDRESSES = ("hug@example.it", "www.example.it", "https://www.example.it/orari?anno=2025")
_PLACE = re.compile(r"{\w+}")
_PATTERNS = (
    "{words} ({latin}) {phone}",
    "{words}: {day}, {hours}.",
    "{words} – {latin}, {figure}!",
    "({words}) {phone} [{name}]",
    "{phone} {words}; {hours}",
    "«{name}» {words} {figure}, {date}?",
    "{latin} {words} ({figure})",
    "{words} {figure} {name} {address}",
    "{name}, {name2} / {words} \"{latin}\" …",
    "{day} {hours} · {words} • {phone}",
    "{words} {{{figure}}} <{latin}> {date}: {name}",
    "{words} ({name} ({latin} {figure})) {hours}",
)  # fmt: skip


def sentences(language: str, count: int) -> list[str]:
    """So many different sentences in a language."""
    random = Random(language)  # the same ones in every run
    words, names = _words(language), _names(language)
    found: dict[str, None] = {}
    while len(found) < count:
        pattern = _PATTERNS[len(found) % len(_PATTERNS)]
        found[pattern.format(words=_filled(random.choice(words), random), **_values(language, random, names))] = None
    return list(found)


def _words(language: str) -> list[str]:
    """The messages that stand on sheets in this language."""
    told = _catalogue(language).texts()
    return sorted(text for text in told if sum(one.isalpha() for one in _PLACE.sub("", text)) > 2)


def _names(language: str) -> list[str]:
    """Countries and languages."""
    locale = Locale(language)
    return sorted({*locale.territories.values(), *locale.languages.values()})


def _filled(message: str, random: Random) -> str:
    """A message whose placeholders stand for something."""
    fields = {name for _text, name, _form, _how in string.Formatter().parse(message) if name}
    return message.format(**{name: random.choice((*_LATIN, *_FIGURES, *PHONES)) for name in fields})


def _values(language: str, random: Random, names: list[str]) -> dict[str, str]:
    day = date(2025, 1, 1) + timedelta(days=random.randrange(700))
    starts = time(random.randrange(7, 12), random.choice((0, 15, 30)))
    return {
        "latin": random.choice(_LATIN),
        "phone": random.choice(PHONES),
        "figure": random.choice(_FIGURES),
        "address": random.choice(_ADDRESSES),
        "name": random.choice(names),
        "name2": random.choice(names),
        "day": formats.date_full(day, language),
        "date": formats.date_num(day, language),
        "hours": formats.time_range(starts, time(starts.hour + 3, 30), language),
    }
