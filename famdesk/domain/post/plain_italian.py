"""What makes an Italian text hard to read for a family: long sentences and the words of the office.

A hint, never a ban: the text stays as it was written.

Source: Directive of the Department of Public Function on simplifying the language of administrations, 8 May 2002: short
sentences, common words, few initials.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 25
"""Words in a sentence up to which it is easily read (the manual that goes with the directive says 20 to 25)."""

# Words of the office, and how one says it at the desk. What is looked for is the beginning of a word or of several.
WORDS: dict[str, str] = {
    "ai sensi": "secondo",
    "al fine di": "per",
    "allo scopo di": "per",
    "altresì": "anche",
    "ambito territoriale": "zona",
    "apposit": "",
    "avvalersi": "usare",
    "codesto ufficio": "questo ufficio",
    "competent": "l'ufficio che se ne occupa",
    "concernente": "su",
    "contestualmente": "insieme",
    "corrispondere": "pagare",
    "decorrenza": "inizio",
    "deliberare": "decidere",
    "differire": "rimandare",
    "diniego": "rifiuto",
    "dinnanzi": "davanti",
    "domiciliato": "che abita",
    "effettuare": "fare",
    "emolument": "stipendio",
    "entro e non oltre": "entro",
    "erogare": "dare",
    "erogazione": "pagamento",
    "espletare": "fare",
    "ex art": "secondo l'articolo",
    "finalizzat": "per",
    "fruire": "usare",
    "fruizione": "uso",
    "generalità": "nome e cognome",
    "gratuità": "gratis",
    "inerente": "su",
    "inoltrare": "mandare",
    "istanza": "domanda",
    "in ottemperanza": "secondo",
    "in relazione a": "per",
    "la signoria vostra": "Lei",
    "laddove": "se",
    "mediante": "con",
    "modulistica": "moduli",
    "nonché": "e",
    "nucleo familiare": "famiglia",
    "nulla osta": "permesso",
    "obliterare": "timbrare",
    "onde": "per",
    "oneroso": "a pagamento",
    "ottemperare": "rispettare",
    "pervenire": "arrivare",
    "poc'anzi": "prima",
    "posto in essere": "fatto",
    "predisporre": "preparare",
    "prescritt": "richiesto",
    "presso": "a, in, da",
    "previa": "dopo",
    "previo": "dopo",
    "procedere a": "",
    "prole": "figli",
    "prorogare": "allungare",
    "provvedere a": "",
    "qualora": "se",
    "recarsi": "andare",
    "redigere": "scrivere",
    "regolarizzare": "mettere in regola",
    "relativamente a": "su",
    "rendere noto": "dire",
    "requisit": "condizione",
    "ricevimento": "",
    "richiedente": "chi fa la domanda",
    "rilasciare": "dare",
    "sito in": "in",
    "sovramenzionat": "",
    "suddett": "",
    "summenzionat": "",
    "susseguente": "seguente",
    "telematic": "su internet",
    "titolarità": "",
    "trasmettere": "mandare",
    "ubicato": "che si trova",
    "usufruire": "usare",
    "utente": "persona",
    "utenza": "persone",
    "vigente": "in vigore",
}  # fmt: skip

_SENTENCES = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ABBREVIATIONS = re.compile(r"\b(?:art|dott|dr|ecc|es|n|p|pag|sig|sigg|tel|via|v)\.(?=\s)", re.IGNORECASE)
_HARD = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})\w*", re.IGNORECASE)


_SMALL_WORDS = re.compile(
    r"\b(?:ad?|ai|all[aeo]?|agli|che|chi|ci|con|da|dai|dal|dall[ae]?|de[gil]|dei|degli|dell[aeo]?|di|ed?|è|entro|gli|ha"
    r"|hanno|il?|in|l[aeo]|ma|nei|nel|nell[ae]?|non|o|per|più|presso|può|qualora|se|si|sono|sul?|sulla|tra|una?|uno)\b",
    re.IGNORECASE,
)
_FOREIGN_WORDS = re.compile(
    r"\b(?:the|of|and|to|is|are|for|with|on|at|by|you|your|we|der|die|das|und|ist|sind|für|mit|den|dem|eine?|von|zu|im"
    r"|nicht|sie|wir|les|des|et|est|pour|avec|dans|vous|nous|el|los|las|y|es|para)\b",
    re.IGNORECASE,
)
"""Of English, German, French and Spanish, without those that are Italian too."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A place from `start` to before `end` that could be said more simply.

    `kind` is "long" for a sentence of `words` words, "office" for a word that is better said as `better` (""; it can
    be left out or said otherwise).
    """

    kind: str
    start: int
    end: int
    words: int = 0
    better: str = ""


def hints(text: str) -> tuple[Hint, ...]:
    """What could be said more simply, in the order of the text; none for an empty one."""
    without = _ABBREVIATIONS.sub(lambda found: found[0][:-1] + " ", text)
    found = [
        Hint("long", sentence.start(), sentence.end(), count)
        for sentence in _SENTENCES.finditer(without)
        if (count := len(_WORD.findall(sentence[0]))) > LONGEST
    ]
    found += [Hint("office", word.start(), word.end(), better=_better(word[0])) for word in _HARD.finditer(text)]
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end)))


def is_italian(text: str) -> bool:
    """Whether a text is in Italian, as its smallest words tell; a text of a few words without any of them is not."""
    italian = len(_SMALL_WORDS.findall(text))
    return italian > len(_FOREIGN_WORDS.findall(text))


def _better(word: str) -> str:
    lower = word.lower()
    return next(WORDS[start] for start in sorted(WORDS, key=len, reverse=True) if lower.startswith(start))
