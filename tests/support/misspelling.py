"""How a name that was heard or read is typed wrongly: one error of one class, made without knowing how we search."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
HEARD = (
    ("ch", "k"), ("k", "ch"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("f", "ph"), ("y", "i"), ("j", "gi"), ("gi", "j"),
    ("w", "v"), ("v", "w"), ("z", "s"), ("s", "z"), ("gli", "li"), ("gn", "ni"), ("ni", "gn"), ("sci", "shi"),
    ("sh", "sc"), ("qu", "cu"), ("cq", "q"), ("x", "cs"), ("th", "t"), ("t", "th"), ("h", ""), ("ou", "u"),
    ("u", "ou"), ("ee", "i"), ("oo", "u"), ("dj", "gi"), ("kh", "k"), ("gh", "g"), ("ie", "i"), ("b", "p"), ("d", "t"),
    ("e", "i"), ("o", "u"), ("a", "e"),
)  # fmt: skip


def dropped(word: str, chance: random.Random) -> str:
    """A letter is missing."""
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def doubled(word: str, chance: random.Random) -> str:
    """A letter stands twice."""
    place = chance.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def wrong(word: str, chance: random.Random) -> str:
    """A key beside the right one, or any other letter."""
    place = chance.randrange(len(word))
    letter = word[place].lower()
    row = next((row for row in KEYBOARD if letter in row), KEYBOARD[1])
    near = row[max(0, row.find(letter) - 1) : row.find(letter) + 2]
    letters = near if chance.random() < 0.6 else "abcdefghijklmnopqrstuvwxyz"
    other = chance.choice([one for one in letters if one != letter])
    return word[:place] + other + word[place + 1 :]


def swapped(word: str, chance: random.Random) -> str:
    """Two neighbours have changed places."""
    places = [place for place in range(len(word) - 1) if word[place].lower() != word[place + 1].lower()]
    place = chance.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def heard(word: str, chance: random.Random) -> str:
    """Written as it sounds to somebody else; "" if nothing in it can be heard otherwise."""
    small = word.lower()
    fitting = [(sound, other) for sound, other in HEARD if sound in small]
    doubles = [place for place in range(len(small) - 1) if small[place] == small[place + 1]]
    if doubles and chance.random() < 0.3:
        place = chance.choice(doubles)
        return word[:place] + word[place + 1 :]
    if not fitting:
        return ""
    sound, other = chance.choice(fitting)
    return small.replace(sound, other, 1)


def bare(text: str) -> str:
    """Without accents and apostrophes."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))
    return plain.replace("'", "").replace("’", "")


def _in_a_word(change: Callable[[str, random.Random], str]) -> Callable[[str, str, random.Random], str]:
    def typed(surname: str, given_name: str, chance: random.Random) -> str:
        words = f"{surname} {given_name}".split()
        places = [place for place, word in enumerate(words) if sum(ch.isalpha() for ch in word) >= 4]
        if not places:
            return ""
        place = chance.choice(places)
        changed = change(words[place], chance)
        return " ".join([*words[:place], changed, *words[place + 1 :]]) if changed else ""

    return typed


def _turned(surname: str, given_name: str, _chance: random.Random) -> str:
    return f"{given_name} {surname}"


def _joined_or_split(surname: str, given_name: str, chance: random.Random) -> str:
    """Double names in one, one name in two, or no blank at all."""
    names = [surname, given_name]
    double = [place for place in (0, 1) if len(names[place].replace("'", " ").split()) > 1]
    if double and chance.random() < 0.7:
        place = chance.choice(double)
        names[place] = names[place].replace("'", "").replace(" ", "")
    elif chance.random() < 0.3:
        return f"{surname}{given_name}".replace(" ", "")
    else:
        place = chance.choice((0, 1))
        if len(names[place]) < 5:
            return ""
        cut = chance.randrange(2, len(names[place]) - 2)
        names[place] = f"{names[place][:cut]} {names[place][cut:]}".replace("  ", " ")
    return " ".join(names)


def _without_accents(surname: str, given_name: str, _chance: random.Random) -> str:
    name = f"{surname} {given_name}"
    return bare(name) if bare(name) != name else ""


CLASSES: dict[str, Callable[[str, str, random.Random], str]] = {
    "dropped letter": _in_a_word(dropped),
    "doubled letter": _in_a_word(doubled),
    "wrong letter": _in_a_word(wrong),
    "swapped letters": _in_a_word(swapped),
    "swapped words": _turned,
    "phonetic": _in_a_word(heard),
    "joined or split": _joined_or_split,
    "missing accents": _without_accents,
}
"""Of surname and given name what is typed instead; "" if this error cannot be made in that name."""
