"""The invented people of the demo, and what they come for. Data in the language of the place."""

from __future__ import annotations

import random

STAFF: dict[str, tuple[str, str | None]] = {
    "reception": ("Sara Finta", None),
    "social_worker": ("Marta Finta", "social_worker"),
    "educator": ("Paolo Finto", "educator"),
    "psychologist": ("Elena Finta", "psychologist"),
    "coordinator": ("Lucia Finta", "social_worker"),
    "administrator": ("Dario Finto", None),
    "auditor": ("Rita Finta", None),
}
"""(name, profession) by role; everybody is called "invented"."""

ROOMS = (("stanza 1", 4), ("stanza 2", 6), ("sala riunioni", 20))
TOWNS = ("Cremona", "Cremona", "Cremona", "Soresina", "Castelverde", "Sospiro")

SURNAMES = {
    "it": ("Prova", "Esempio", "De Inventis", "D'Immaginazione", "Fantasia", "Dellaprova", "Campione", "Modello"),
    "ro": ("Exemplu", "Inventatu"),
    "pa": ("Singh Prova", "Kaur Esempio"),
    "ar": ("El Mithal", "Ben Khayali"),
    "uk": ("Vyhadana", "Prykladenko"),
    "sq": ("Shembulli",),
}
MOTHERS = {
    "it": ("Chiara", "Anna", "Giulia", "Lia", "Federica"),
    "ro": ("Ioana", "Elena"),
    "pa": ("Harpreet", "Simran"),
    "ar": ("Fatima", "Nadia"),
    "uk": ("Oksana", "Olena"),
    "sq": ("Arta", "Drita"),
}
FATHERS = {
    "it": ("Marco", "Davide", "Nicolò", "Paolo"),
    "ro": ("Andrei", "Mihai"),
    "pa": ("Gurpreet", "Manjit"),
    "ar": ("Youssef", "Karim"),
    "uk": ("Taras", "Bohdan"),
    "sq": ("Ilir", "Agron"),
}
CHILDREN = ("Luca", "Sofia", "Leonardo", "Emma", "Amir", "Ana", "Matteo", "Zoe", "Noah", "Irina")
GIRLS = frozenset({"Sofia", "Emma", "Ana", "Zoe", "Irina"})
CITIZENSHIP = {"it": None, "ro": "RO", "pa": "IN", "ar": "MA", "uk": "UA", "sq": "AL"}
ALIASES = ("Nonna Lia", "Mamma di Leo", "Signora T.", "Papà B.")

SCHOOLS = {"nursery": "Nido L’Aquilone (inventato)", "kindergarten": "Infanzia Il Prato (inventata)",
           "primary": "Primaria Le Querce (inventata)", "lower_secondary": "Media Ponte (inventata)"}  # fmt: skip
FOLLOW_UPS = (
    ("call", "Dire se c’è posto al nido"),
    ("call", "Confermare il secondo colloquio"),
    ("check", "Com’è andata al corso di italiano?"),
    ("call", "Documento che mancava per il bonus"),
)
WAITING = (("Anna", "Informazioni sul nido"), (None, "Segretariato sociale"), ("Karim", None))
GUARDIAN, MINOR = ("Tutrice", "Volontaria"), ("Khayali", "Sami")

GUARDED = ("Riservata", "Vera", "Mia")
GUARDED_WHY = "Tutela (famiglia inventata della dimostrazione)"
NOTED = "Nota inventata: la signora racconta le ultime settimane. Si concorda un nuovo incontro."
DRAFTED = "Bozza inventata, ancora da firmare."
HOLDERS = ("Lucia Finta", "Marta Finta", "Ordine inventato")
ENVELOPE = (
    "Busta sigillata della dimostrazione. Con due di questi tre codici si apre: nella realtà stanno su tre fogli, "
    "ognuno custodito da una persona diversa."
)
"""What stands above the codes, which for real nobody has together."""

MEDIATORS = (
    ("Mihaela Finta", "ro", "0372 000901"), ("Hanan Finta", "ar fr", "0372 000902"), ("Jasbir Finto", "pa hi en", None),
    ("Olha Finta", "uk ru", "0372 000903"), ("Mirela Finta", "sq", None),
)  # fmt: skip
"""Name, codes of what they speak, phone."""
THINGS = (("equipment", "Proiettore"), ("vehicle", "Auto di servizio"))

NEEDS = (
    ("nursery", "Iscrizione al nido: come si fa e quando", "Guida: servizi educativi 0–6"),
    ("benefits", "Bonus nido e contributi per il secondo figlio", "Segretariato sociale, martedì 12"),
    ("adolescent", "Fatica con il figlio di 14 anni", "Colloquio con l’educatore"),
    ("separation", "Separazione, figli di 4 e 7 anni", "Primo colloquio con l’assistente sociale"),
    ("italian_course", "Corso di italiano vicino a casa", "CPIA, foglietto dato"),
    ("fatherhood", "Il papà vorrebbe un posto per sé", "Spazi di sostegno alla paternità"),
    ("parents_meetings", "Quando sono gli aperitivi pedagogici?", "A.Pe: iscrizione allo sportello"),
    ("new_parents", "Mamma sola con un neonato", "Colloquio e consultorio familiare"),
    ("school_difficulties", "La maestra dice che è distratto", "Consulenza psicopedagogica"),
    ("housing", "Cerca casa, sfratto a fine mese", "Servizio sociale del Comune"),
)
"""(need code, the words of the family, the answer)."""

DAY = (
    ("social_worker", 9, 45, "first_interview", "A"),
    ("social_worker", 11, 45, "interview", "B"),
    ("psychologist", 10, 60, "psychology", "B"),
    ("psychologist", 14, 60, "couple", "B"),
    ("educator", 12, 60, "consultation", "B"),
    ("educator", 16, 45, "interview", "B"),
    ("coordinator", 15, 60, "team", "C"),
)
"""(role, hour, minutes, kind, function) of a working day; between two of one colleague is half an hour to spare."""


def family(dice: random.Random) -> tuple[str, list[tuple[str, str]], str, str | None]:
    """An invented family: surname, (given name, role) with the adults first, language, citizenship."""
    language = dice.choice(("it",) * 7 + ("ro", "pa", "ar", "uk", "sq"))
    surname = dice.choice(SURNAMES[language])
    adults = [(dice.choice(MOTHERS[language]), "mother"), (dice.choice(FATHERS[language]), "father")]
    children = dice.sample(CHILDREN, dice.choice((1, 1, 2, 2, 3)))
    members = adults[: dice.choice((1, 2, 2))] + [(name, "child") for name in children]
    return surname, members, language, CITIZENSHIP[language]


def alias(dice: random.Random) -> str:
    return dice.choice(ALIASES)
