"""Samples of the sheets of programmes: calls for applications, flyers, certificates, feedback; nobody exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from famdesk.domain.programmes import calls
from famdesk.domain.programmes.feedback import FIRST
from famdesk.i18n import language
from famdesk.sheets.programmes import (
    application_letters,
    application_list,
    certificate,
    certificate_register,
    cycle_summary,
    feedback_form,
    flyer,
)
from famdesk.sheets.programmes.application_letters import OutcomeLetter, OutcomeLetters
from famdesk.sheets.programmes.application_list import ApplicationList, Applied
from famdesk.sheets.programmes.certificate import CertificatePage, Certificates, Held
from famdesk.sheets.programmes.certificate_register import CertificateRegister, Entered
from famdesk.sheets.programmes.cycle_summary import CycleSummary, SummaryMeeting
from famdesk.sheets.programmes.feedback_form import Asked, FeedbackForm
from famdesk.sheets.programmes.flyer_words import Flyer, FlyerDate
from famdesk.sheets.registers import statistics
from famdesk.sheets.registers.statistics import StatisticsSheet
from famdesk.usecases.centre.statistics import Cell, PointCell, Statistics
from famdesk.usecases.programmes.feedback import Answers, QuestionRow
from tests.support import logos

Maker = Callable[[], bytes]

CENTRE = "Hug – Centro per le Famiglie"
CALL = "Bando per la gestione degli otto Centri servizi per le famiglie"
DAY = date(2025, 2, 13)
PRINTED = datetime(2025, 2, 13, 7, 55)
LONG = "La domanda non indica la sede operativa nel territorio del Comune come chiede l’articolo 4 del bando. "


def _application(number: int) -> Applied:
    states = ("admitted", "admitted", "excluded", "withdrawn", "received")
    points = 4000 + 500 * (number % 5) if number % 5 < 2 else None
    received = datetime(2021, 7, 8, 9) - timedelta(hours=6 - number)
    return Applied(
        str(number), number, received, f"Cooperativa sociale Prova {number}", reference="prot. 88",
        typed="protocollo del Comune n. 1234" if number == 3 else "", late=number > 6, state=states[number % 5],
        reason=LONG if number % 5 == 2 else "", points=points, cents=1_250_000,
    )  # fmt: skip


def _list(count: int, *, ranked: bool = False, named: bool = True) -> bytes:
    rows = tuple(_application(number) for number in range(1, count + 1))
    entries = [calls.Entry(row.id, row.number, row.number, row.points) for row in rows if row.state == "admitted"]
    content = ApplicationList(CENTRE, CALL, "Domande fino a giovedì 8 luglio 2021, 9:00.", rows,
                              calls.ranking(entries, seats=1), ranked, named, printed=PRINTED)  # fmt: skip
    return application_list.render(content)


LETTER = OutcomeLetter("Cooperativa sociale Prova", "via Lunga 3, 26100 Cremona", 4,
                       datetime(2021, 7, 8, 9), "funded", points=7850, rank=1, cents=1_250_000)  # fmt: skip


def _letters(count: int, also: str = "") -> bytes:
    outcomes = application_letters.OUTCOMES
    letters = tuple(
        replace(LETTER, outcome=outcomes[n % 5], number=n, reason=LONG if outcomes[n % 5] == "excluded" else "",
                neutral=n % 5 == 1)
        for n in range(count)
    )  # fmt: skip
    said = "" if language() == "it" else "it"
    content = OutcomeLetters(CENTRE, CALL, DAY, letters, "333 3317332", "hug@example.it", "Cremona", said, also)
    return application_letters.render(content)


THURSDAYS = tuple(FlyerDate(DAY + timedelta(weeks=week), time(18), time(19, 30), theme) for week, theme in enumerate(
    ("Il sonno e i capricci", "Schermi e telefoni", "Fratelli e sorelle", "Dire di no", "La scuola")))  # fmt: skip
FLYER = Flyer(
    "A.Pe – Aperitivi Pedagogici", "Ciclo di incontri", "madri, padri e nonni di Cremona",
    "Cinque appuntamenti in cui parlare di temi educativi in modo leggero e conviviale: non conferenze, ma spazi di "
    "dialogo e di confronto di esperienze, con un aperitivo per tutti.",
    THURSDAYS, place="Civico 81, via Bonomelli 81, Cremona", capacity=20, fee_cents=0,
    enrol_until=date(2025, 2, 11), child_care=True, interpreters=("ar", "fr"), centre=CENTRE,
    contact="Chiedi di Marta, il martedì e il giovedì.", phone="333 3317332", mail="hug@example.it",
    address="piazza Giovanni XXIII 1, Cremona", partners=("Comune di Cremona", "Cooperativa Cosper"),
    picture=logos.logo(size=(900, 420), colour="#e0a030"), credit="Disegno: classe 3A", said="it", uid="ape",
)  # fmt: skip


def _flyer(paper: str, **changed: Any) -> bytes:
    return flyer.render(replace(FLYER, **changed), paper)


BARE: dict[str, Any] = {"picture": None, "dates": (), "season": "dalla prossima primavera", "partners": (), "mail": "",
                        "phone": "", "contact": "", "target": ""}  # fmt: skip

PAGE = CertificatePage(
    12, 2025, "Annamaria Zanforlin", "Ciclo di formazione per gli operatori sui temi della paternità", DAY, 630, 5,
    tuple(Held(one.day, one.theme, 126) for one in THURSDAYS), date(1987, 5, 3),
)  # fmt: skip


def _certificates(count: int, also: str = "") -> bytes:
    pages = tuple(replace(PAGE, number=12 + n, minutes=0 if n == 1 else 630, born=None if n == 1 else PAGE.born)
                  for n in range(count))  # fmt: skip
    return certificate.render(Certificates(CENTRE, pages, "Cremona", said="it", also=also))


def _other() -> str:
    """The second language of a sheet in two."""
    return "it" if language() != "it" else "uk"


def _form(*scales: str, pictures: bool = False) -> bytes:
    asked = (
        [Asked(*one) for one in FIRST] if not scales else [Asked("Che cosa ti porti a casa?", one) for one in scales]
    )
    return feedback_form.render(
        FeedbackForm(CENTRE, "A.Pe – Aperitivi Pedagogici", tuple(asked), 2, DAY, "it", pictures)
    )


def _summary(count: int) -> bytes:
    held = tuple(
        SummaryMeeting(n + 1, THURSDAYS[n % 5].day, THURSDAYS[n % 5].theme, "Silvia Conti", "Civico 81",
                       None if n % 7 == 6 else 8 + n, 90, "Annullato" if n % 7 == 6 else "") for n in range(count)
    )  # fmt: skip
    answers = (
        Answers(QuestionRow("a", "@welcome", "smiley3"), (11, 6, 0), 17, ()),
        Answers(QuestionRow("b", "Che voto dai?", "smiley5"), (9, None, None, 0, 0), 13, ()),
        Answers(QuestionRow("c", "@tell", "text"), (), 0, ("Torno volentieri", "Troppo corto " * 20)),
    )  # fmt: skip
    content = CycleSummary(
        CENTRE, "A.Pe – Aperitivi Pedagogici", held, 20, 2, 3, ("Comune di Cremona", "Cooperativa Cosper"),
        (("Silvia Conti", 630), ("Interprete", 180)) if count else (), 14 if count else 0, answers if count else (),
        PRINTED,
    )  # fmt: skip
    return cycle_summary.render(content)


def _statistics(months: int) -> bytes:
    cells = tuple(Cell(str(n + 1), None if n == 7 else 20 + 9 * (n % 5)) for n in range(months))
    functions = (Cell("A", 180), Cell("B", 96), Cell("C", None), Cell("", 22)) if months else ()
    points = (PointCell("piazza Giovanni XXIII", 201), PointCell("Polo per l’Infanzia “Hack – Montalcini”", 48))
    found = Statistics(2024, 309 if months else 0, cells, functions, points if months else (), months)
    return statistics.render(StatisticsSheet(CENTRE, found, PRINTED))


def _register(count: int) -> bytes:
    rows = tuple(
        Entered(n + 1, DAY + timedelta(days=n), "" if n == 3 else f"Persona Prova {n + 1}",
                "Ciclo di formazione per gli operatori sui temi della paternità", 0 if n == 5 else 630, 5)
        for n in range(count)
    )  # fmt: skip
    return certificate_register.render(CertificateRegister(CENTRE, 2025, rows, PRINTED))


PROGRAMMES: dict[str, Maker] = {
    "certificate": lambda: _certificates(2),
    "certificate two": lambda: _certificates(2, _other()),
    "certificate none": lambda: _certificates(0),
    "feedback_form": _form,
    "feedback_form pictures": lambda: _form(pictures=True),
    "feedback_form five": lambda: _form("smiley5", "smiley3", "text", "smiley5"),
    "feedback_form five pictures": lambda: _form("smiley5", "text", "smiley5", pictures=True),
    "cycle_summary": lambda: _summary(24),
    "cycle_summary empty": lambda: _summary(0),
    "statistics": lambda: _statistics(12),
    "statistics empty": lambda: _statistics(0),
    "certificate_register": lambda: _register(40),
    "certificate_register empty": lambda: _register(0),
    "flyer": lambda: _flyer("A4"),
    "flyer A3": lambda: _flyer("A3"),
    "flyer A5": lambda: _flyer("A5", text="Cinque incontri leggeri e conviviali, con un aperitivo per tutti."),
    "flyer four": lambda: _flyer(
        "A4x4", text="Cinque incontri leggeri e conviviali.", dates=tuple(replace(one, theme="") for one in THURSDAYS)
    ),
    "flyer bare": lambda: _flyer("A4", **BARE),
    "application_list": lambda: _list(40),
    "application_list empty": lambda: _list(0),
    "application_list ranking": lambda: _list(12, ranked=True),
    "application_list numbers": lambda: _list(12, ranked=True, named=False),
    "application_letters": lambda: _letters(5),
    "application_letters two": lambda: _letters(5, _other()),
    "application_letters none": lambda: _letters(0),
}
"""By the module that makes it, and what is special about it."""
