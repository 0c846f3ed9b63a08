"""How names sound and how they are misspelt: romanisation, sound codes, and every spelling one slip away.

Names come from many languages and through many ears: Mohamed and Muhammad, Cheikh and Sheikh, Xhaferi and Dzaferi. A
sound code keeps the consonants as Italian ears hear them and only marks where vowels are, so that all spellings of
one name share it; who is meant is decided afterwards by how much the spellings differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from famdesk.domain.people.given_names import GROUPS

LETTERS = "abcdefghijklmnopqrstuvwxyz"

_CYRILLIC = dict(
    zip("абвгґдеёжзийклмнопрстуфхцчшщъыьэюяіїєђјљњћџѕќѓўқғҳ", (
        "a", "b", "v", "g", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "iu", "ia", "i", "i", "ie", "d", "j", "lj", "nj", "c",
        "dz", "dz", "k", "g", "u", "q", "gh", "h"), strict=True)
)  # fmt: skip
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", (
        "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f",
        "ch", "ps", "o"), strict=True)
)  # fmt: skip
_ARABIC = dict(
    zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءپچڤگژکی", (
        "a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q",
        "k", "l", "m", "n", "h", "u", "i", "a", "a", "", "p", "ch", "v", "g", "zh", "k", "i"), strict=True)
)  # fmt: skip
_ROMAN = str.maketrans({**_CYRILLIC, **_GREEK, **_ARABIC})

# In this order. A capital is a sound that later lines leave alone: S as in sci, J as in giallo.
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"ph", "f"), (r"sch(?=[ei])", "S"), (r"tsch|tch|tsh|shch|sch|sh|ch(?=ei|ou)", "S"), (r"dzh|dsch|dj|dz", "J"),
    (r"xh", "J"), (r"zh", "J"), (r"gl(?=i)", "l"), (r"gn|nj|ny(?=[aeou])|ni(?=[aeou])", "n"), (r"lj|ly(?=[aeou])", "l"),
    (r"ch|kh|ck|cq|qu(?=[ei])|x(?=[^aeiou]|$)", "k"), (r"gh", "g"), (r"sc(?=[ei])", "S"), (r"c(?=[eiy])", "S"),
    (r"g(?=[eiy])", "J"), (r"j", "J"), (r"x", "ks"), (r"[cq]", "k"), (r"th", "t"), (r"dh", "d"), (r"bh", "b"),
    (r"ts|tz|z|s", "S"), (r"w|ou(?=[aei])|u(?=[aeo])", "v"), (r"h", ""),
))  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouyа-яёіїєα-ωا]+")
_AT_THE_END = str.maketrans("dbg", "tpk")


def romanised(word: str) -> str:
    """A folded word in Latin letters; what is in no alphabet known here stays as it is.

    Arabic is written without most vowels: its romanisation is a skeleton, for sound codes rather than for reading.
    """
    return word if word.isascii() else word.translate(_ROMAN)


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """The sound code of a folded word: the same for spellings that sound alike to Italian ears.

    Vowels are only marked ("a"), also at the end; a final d, b, g is hardened (Ahmad, Ahmet). Empty for numbers.
    """
    heard = romanised(word)
    if not heard.isalpha():
        return ""
    for pattern, code in _SOUNDS:
        heard = pattern.sub(code, heard)
    heard = _VOWELS.sub("a", _TWICE.sub(r"\1", heard))
    heard = _TWICE.sub(r"\1", heard)
    return heard[:-1] + heard[-1:].translate(_AT_THE_END)


@lru_cache(maxsize=1)
def _spelt_alike() -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for name, group in GROUPS.items():
        found[group] = (*found.get(group, ()), name)
    return found


def spellings(word: str) -> tuple[str, ...]:
    """How else a given name is written in Latin letters, itself among them; empty for a word that is none."""
    group = GROUPS.get(romanised(word))
    return () if group is None else _spelt_alike()[group]


def one_slip(word: str) -> Iterator[tuple[str, float]]:
    """Every spelling that one slip makes of a word, with how bad a slip it is; a spelling may come more than once.

    Doubling a letter or missing a double one is the lightest, then swapped neighbours; a wrong first letter is the
    worst, since people rarely miss that one.
    """
    for place in range(len(word)):
        first = 0.2 if place == 0 else 0.0
        rest = word[place + 1 :]
        twice = place > 0 and word[place] == word[place - 1]
        yield word[:place] + rest, 0.7 if twice else 1.0 + first
        if rest and rest[0] != word[place]:
            yield word[:place] + rest[0] + word[place] + rest[1:], 0.8 + first
        for letter in LETTERS:
            if letter != word[place]:
                yield word[:place] + letter + rest, 1.0 + first
    for place in range(len(word) + 1):
        for letter in LETTERS:
            double = place > 0 and letter == word[place - 1]
            yield word[:place] + letter + word[place:], 0.7 if double else 0.9 + (0.2 if place == 0 else 0.0)
