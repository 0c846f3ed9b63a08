"""How Italian is written here: typographic apostrophes, and “tu” to colleagues; “Lei” only in what families read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from babel.messages.pofile import read_po

from famdesk import resources

FOR_FAMILIES = ("famdesk/domain/post/letter_words.py", "famdesk/usecases/post/reminder_text.py", "famdesk/sheets/")
"""What stands in letters, mails and on sheets is written to adults whom one does not know."""
_TO_COLLEAGUES = ("famdesk/sheets/collect", "famdesk/sheets/engine/", "famdesk/sheets/paper/field_names.py")
_SAID = re.compile(r"«[^»]*»")
"""What is read aloud on the phone stands between quotation marks."""

FORMAL = re.compile(
    r"(?:^|[.!?:;,–(“] ?|\n|\b(?:oppure|e|o|poi|prima) )(?:"
    "scriva|scelga|indichi|inserisca|controlli|riprovi|chieda|apra|chiuda|metta|tolga|aggiunga|prema|faccia|provi|usi|"
    "selezioni|lasci|attenda|aspetti|segua|legga|verifichi|corregga|contatti|chiami|telefoni|dica|dia|guardi|salvi|"
    "stampi|cambi|modifichi|elimini|conservi|ricordi|sposti|accorci|confermi|annulli|cerchi|torni|tenga|prenda|compili|"
    r"firmi|consegni|mandi|risponda|ritiri|ripeta|sblocchi|carichi|scarichi)\b(?= [a-zà-ù])",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"(?<=[a-zà-ù,] )(?:Lei|Le|La|Sua|Suo|Suoi|Sue)\b(?! [A-Z])|^(?:Il Suo|La Sua)\b")
NOUNS = re.compile(r"contatti (?:brevi|con|informativi|di|per|e|sicuri)\b|cambi (?:di|d’)|usi di", re.IGNORECASE)
"""Beginnings that look like an imperative and are nouns."""


def _texts() -> Iterator[tuple[Any, str]]:
    with (resources.translations() / "it" / "LC_MESSAGES" / "famdesk.po").open("rb") as file:
        for message in read_po(file, locale="it"):
            if not message.id:
                continue
            strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            yield from ((message, text) for text in strings if text)


def _to_colleagues(message: Any) -> bool:
    files = [name for name, _line in message.locations]
    return any(not name.startswith(FOR_FAMILIES) or name.startswith(_TO_COLLEAGUES) for name in files)


def test_apostrophes_are_typographic() -> None:
    assert [text for _message, text in _texts() if re.search(r"\w'|'\w", text)] == []


def formal(text: str) -> list[str]:
    """What speaks to somebody as “Lei”."""
    bare = _SAID.sub("", text)
    found = [bare[one.start() : one.end()] for one in FORMAL.finditer(bare)
             if not NOUNS.match(bare[one.start() :].lstrip(" .!?:;,–(“\n"))]  # fmt: skip
    return [one.strip(" .!?:;,–(“\n") for one in found] + [one.group() for one in PRONOUN.finditer(bare)]


def test_colleagues_are_addressed_as_tu() -> None:
    told = {text: found for message, text in _texts() if _to_colleagues(message) and (found := formal(text))}
    assert told == {}


def test_the_test_knows_both_forms() -> None:
    assert formal("Scriva un numero, per esempio 3.") == ["Scriva"]
    assert formal("I posti non bastano. Cambi i punti, oppure dia la precedenza a chi è arrivato prima.") == [
        "Cambi", "oppure dia",
    ]  # fmt: skip
    assert formal("Non tutti i dati Le sono visibili.") == ["Le"]
    assert formal("Scrivi un numero. Contatti sicuri della persona.") == []
    assert formal("«Lo teniamo per Lei fino a domani. Lo vuole?»") == []
