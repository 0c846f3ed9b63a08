"""How hard a password is to guess: what zxcvbn finds with names and Italian words known, in one word and as a rule.

Against somebody who copied the key file only this counts, and the slow derivation of the key. A try costs them half a
second and 64 MiB of memory; under `LEAST` guesses a rented room of computers is through within weeks.

Source: D. Wheeler, zxcvbn: low-budget password strength estimation, USENIX Security 2016.
"""

from __future__ import annotations

import math
import threading
import unicodedata
from collections.abc import Iterable

from famdesk.domain.errors import RuleError
from famdesk.domain.staff.common_words import COMMON
from famdesk.domain.text import fold
from famdesk.i18n import N_

SHORTEST = 10
LEAST = 10
"""Guesses that a password must take at least, as a power of ten."""
LOOKED_AT = 72
"""Letters that are looked at: what comes after them can only make it harder, and the search takes its time."""

WORDS = {
    "short": N_("too short"),
    "weak": N_("easy to guess"),
    "fair": N_("fair"),
    "good": N_("good"),
    "strong": N_("very good"),
}
_LIMITS = ((LEAST, "weak"), (12, "fair"), (15, "good"))
_TURN = threading.Lock()
"""zxcvbn keeps the names of one question where another one finds them."""


class EasyToGuess(RuleError):
    message = N_("This password is easy to guess. Take a long phrase: four or five words that do not belong together, "
                 "no names, no dates, no proverb.")  # fmt: skip


def strength(password: str, about: Iterable[str] = ()) -> str:
    """One of the codes of `WORDS`; `about` are names that a guesser would try first (person, user name, centre)."""
    if len(password) < SHORTEST:
        return "short"
    found = guesses(password, about)
    return next((code for limit, code in _LIMITS if found < limit), "strong")


def check(password: str, about: Iterable[str] = (), field: str = "password") -> None:
    """Refuses what is easy to guess; how short a password may be is said by `keys.strong`.

    Raises:
        EasyToGuess: for the field `field`.
    """
    if strength(password, about) == "weak":
        raise EasyToGuess(field)


def guesses(password: str, about: Iterable[str] = ()) -> float:
    """How many guesses it takes, as a power of ten."""
    from zxcvbn import zxcvbn  # takes its time to load: not before the first page is on the screen

    bare = _bare(password)[:LOOKED_AT]
    if not bare:
        return 0.0
    names = [word for text in about for word in (fold(text), *fold(text).replace(".", " ").split()) if len(word) > 2]
    with _TURN:
        found = zxcvbn(bare, user_inputs=[*dict.fromkeys([*names, *COMMON])], max_length=LOOKED_AT)
    return math.log10(max(found["guesses"], 1))


def _bare(password: str) -> str:
    """Without accents: Nicolò and Nicolo are tried together."""
    letters = unicodedata.normalize("NFKD", password)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
