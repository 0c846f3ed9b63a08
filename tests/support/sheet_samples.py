"""A sample of every sheet, short and long, in the language that is in force: nobody on them exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from famdesk.domain.intake import access_card as card_fields
from famdesk.domain.people.genogram.family import Family, Someone, Tie
from famdesk.domain.post.letters import own_words
from famdesk.i18n import language
from famdesk.sheets.calendar import appointment_slip, calendar_sheet, day_sheet
from famdesk.sheets.calendar.calendar_entries import CalendarSheet, Entry, Hours, Shut
from famdesk.sheets.hours import opening_hours, orientation
from famdesk.sheets.hours.opening_hours import DayHours, PlaceHours, PosterOptions, Span
from famdesk.sheets.paper.look import looking
from famdesk.sheets.paper.page import Paper
from famdesk.sheets.people import access_card, call_list, consent, data_copy, genogram
from famdesk.sheets.post import envelope, labels, letter, reminder_letters
from famdesk.sheets.programmes import leaflet, sign_in_sheet
from famdesk.sheets.registers import print_register, processing, recovery
from famdesk.usecases.centre.processing import EntryRow
from famdesk.usecases.consent.consent_sheet import ConsentSheet, Signer
from famdesk.usecases.people.data_copy import DataCopy, Part
from famdesk.usecases.post.prints import PrintRow, Register
from famdesk.usecases.post.reminder_rows import Letter, Message
from tests.support import genograms
from tests.support.logos import full_look
from tests.support.samples_paths import PATHS
from tests.support.samples_programmes import PROGRAMMES

Maker = Callable[[], bytes]

PERSON = "Annamaria Zanforlin"
CENTRE = "Hug – Centro per le Famiglie"
DAY = date(2025, 2, 13)
PRINTED = datetime(2025, 2, 13, 7, 55)
STORY = "Chiede un posto al nido per il bambino più piccolo; il padre lavora di notte. "


def _hours(weekday: int, *spans: tuple[int, int]) -> DayHours:
    return DayHours(weekday, tuple(Span(time(first), time(last)) for first, last in spans))


HOURS = opening_hours.OpeningHours(
    CENTRE,
    (
        PlaceHours("piazza Giovanni XXIII, 1", ("Palazzo della Carità, piano terra", "Cremona"),
                   (_hours(2, (12, 14)), _hours(4, (9, 12), (17, 19)))),
        PlaceHours("Azienda Sociale del Cremonese", ("sportello Hug",), (_hours(1, (8, 10)),)),
        PlaceHours("Polo per l’Infanzia «Hack – Montalcini»", note="con il personale del Centro"),
    ),
    "libero e gratuito per tutte le famiglie",
    opening_hours.Contacts(("333 3317332",), "hug@example.it", "www.example.it"),
    (opening_hours.ClosedDays(date(2025, 4, 21), date(2025, 4, 21), "Lunedì dell’Angelo"),),
    (opening_hours.Change(date(2025, 9, 2), "piazza Giovanni XXIII, 1", (_hours(2, (10, 12)),), date(2025, 9, 30)),),
    (opening_hours.ExtraOpening(date(2025, 5, 17), (Span(time(10), time(18)),), "Civico 81", "festa"),),
    (opening_hours.Partner("Comune di Cremona", lead=True), opening_hours.Partner("Cooperativa Cosper")),
    date(2025, 2, 4),
)  # fmt: skip
SLIP = appointment_slip.AppointmentSlip(
    datetime(2025, 2, 13, 17, 30), CENTRE, "Palazzo della Carità", ("piazza Giovanni XXIII, 1", "26100 Cremona"),
    "piano terra", "psicologa", "Anna Bianchi", "333 3317332", "il libretto sanitario",
)  # fmt: skip


def _long_poster() -> bytes:
    places = tuple(replace(place, name=f"Sede numero {n}") for n, place in enumerate(HOURS.places * 5))
    return opening_hours.render(replace(HOURS, places=places), PosterOptions(Paper.A3))


def _day(count: int) -> bytes:
    appointments = tuple(
        day_sheet.DayAppointment(time(8 + n // 6, n % 6 * 10), time(20), "colloquio", PERSON, "Marta Rossi", "stanza 2",
                                 "con la mediatrice" if n % 2 else "")
        for n in range(count)
    )  # fmt: skip
    meetings = (day_sheet.DayMeeting(time(18), time(19, 30), "Genitori in gioco", "Silvia Conti", "sala", 14, 20),)
    places = (day_sheet.OpenPlace("piazza Giovanni XXIII, 1", (Span(time(17), time(19)),)),)
    return day_sheet.render(day_sheet.DaySheet(CENTRE, DAY, places, "", appointments, meetings[:count], PRINTED))


def _card(*, blank: bool) -> bytes:
    filled = tuple(access_card.Entry(one.name, STORY * (90 if one.kind == "text" else 1))
                   for one in card_fields.fields() if one.kind in {"text", "line"})  # fmt: skip
    return access_card.render(access_card.AccessCardSheet(CENTRE, None if blank else filled, PRINTED))


def _calls() -> bytes:
    calls = tuple(call_list.CallLine("adesso, fino alle 13:00", PERSON, "333 1", "Nessun messaggio", f"nido {n}")
                  for n in range(40))  # fmt: skip
    writes = (call_list.CallLine("", "Ada", "ada@example.it"),)
    return call_list.render(call_list.CallList(PRINTED, calls, writes, (), left_out=2, forbidden=1))


def _consent() -> bytes:
    body = "\n".join(["Il centro tratta questi dati.", "## Perché", *[f"- voce {n} " + STORY for n in range(30)],
                      "## Fino a quando", "Fino alla revoca.", "Nato il: ____", "Dichiaro di sapere."])  # fmt: skip
    signers = (Signer("Sessantini Ersilia", "Genitore"), Signer("", "Genitore"))
    return consent.render(ConsentSheet(CENTRE, "Consenso ai colloqui", body, PERSON, date(2010, 2, 28), signers, 3,
                                       notice=True, minor=True, hear=True, recipient="Consultorio", withheld="la via",
                                       careful=True))  # fmt: skip


def _copy() -> bytes:
    entries = ((("Nome", PERSON), ("Storia", STORY * 60)), (("Telefono", "333 3317332"),))
    parts = (Part("Dati", entries), Part("Colloqui", entries))
    return data_copy.render(DataCopy(CENTRE, PERSON, DAY, parts, ((DAY, "operatrice"),)))


def _processing() -> bytes:
    row = EntryRow("1", 1, "Schede di accesso", STORY * 8, "art. 6", "controller", "famiglie", STORY * 20, None,
                   "dieci anni", "cifratura", None)  # fmt: skip
    return processing.render(processing.Register(CENTRE, DAY, [replace(row, id=str(n)) for n in range(4)]))


def _letter(kind: str, *, long: bool = False, large: bool = False, window: str = "right") -> bytes:
    words = own_words(kind, "333 3317332", CENTRE)
    text = words.text.replace("…", STORY * (60 if long else 1))
    sender = (CENTRE, "piazza Giovanni XXIII, 1\nCremona")
    one = letter.OneLetter(PERSON, "via Palestro 17\n26100 Cremona", sender, words.subject, text, language())
    careful = replace(one, name="Ada", sender=(), shown=False)
    return letter.render(letter.LetterSheet((one,) if long else (one, careful), DAY, "C5" if large else "DL", window,
                                            large))  # fmt: skip


def _envelopes(size: str) -> bytes:
    rows = (
        envelope.Envelope(PERSON, "via Palestro 17\n26100 Cremona", "piazza Giovanni XXIII, 1\nCremona"),
        envelope.Envelope("Ada Bertolini Quarantotti Zanforlin", "strada vicinale del Bosco 144/bis\n26100 Cremona"),
    )
    return envelope.render(envelope.EnvelopeSheet(rows, size))


def _print_register(count: int) -> bytes:
    row = PrintRow(1, PRINTED, "Marta Rossi", "call-list", "printed", 2, STORY, (PERSON, "Ada"), 3)
    rows = tuple(replace(row, seq=n, purpose=STORY if n % 3 else None, how=("printed", "saved", "mailed")[n % 3])
                 for n in range(count))  # fmt: skip
    found = Register(DAY - timedelta(days=30), DAY, rows, more=count > 30, whole=count > 0)
    return print_register.render(print_register.PrintRegister(CENTRE, PRINTED, found))


def _letters() -> bytes:
    def letter(language: str) -> Letter:
        message = Message(datetime(2025, 2, 17, 17), datetime(2025, 2, 17, 18), ("piazza Giovanni XXIII", "Cremona"),
                          "0372 000111", CENTRE, CENTRE, False, False, language)  # fmt: skip
        return Letter("r", "p", PERSON, "via Prova 3, 26100 Cremona", message)

    letters = tuple(letter(language) for language in ("it", "de", "ar"))
    return reminder_letters.render(reminder_letters.LetterSheet(letters, DAY, "piazza Giovanni XXIII 1, Cremona"))


def _labels() -> bytes:
    many = tuple(labels.Label(f"{PERSON} {n}", "via Lunga 3, 26100 Cremona", "piazza 1, Cremona") for n in range(30))
    return labels.render(labels.LabelSheet(many, used=5))


def _large_family() -> bytes:
    people = [Someone("p0", "Madre", "f", centre=True)]
    people += [Someone(f"p{n}", f"Figlia numero {n}") for n in range(1, 31)]
    ties = tuple(Tie("p0", one.id, "birth_parent") for one in people[1:])
    return genogram.render(genogram.GenogramSheet(Family(genograms.ON, tuple(people), ties, ())))


def _calendar(shape: str, count: int = 60) -> bytes:
    entries = []
    for number in range(count):
        starts = datetime(2025, 2, 3 + number % 19, 8 + number % 9)
        entries.append(Entry(starts, starts + timedelta(minutes=45), "colloquio", f"{PERSON} {number}", "nota",
                             "Marta Rossi", "stanza 1", function="ABC"[number % 3], off=number % 7 == 0,
                             column="ab"[number % 2]))  # fmt: skip
    month = shape == "month"
    first, last = (date(2025, 1, 27), date(2025, 3, 2)) if month else (date(2025, 2, 10), date(2025, 2, 16))
    sheet = CalendarSheet(
        shape, CENTRE, "febbraio 2025", "Marta Rossi", first, last, tuple(entries),
        (Hours(datetime(2025, 2, 12, 9), datetime(2025, 2, 12, 12), "piazza", "a"),),
        (Shut(datetime(2025, 2, 13), datetime(2025, 2, 14), "patrono"),),
        (("a", "Marta Rossi"), ("b", "Silvia Conti")) if shape == "rows" else (), date(2025, 2, 1) if month else None,
        named=True, printed=PRINTED,
    )  # fmt: skip
    return calendar_sheet.render(sheet)


def _orientation(*, four: bool) -> bytes:
    service = orientation.Destination(
        "Consultorio", "visite in gravidanza", (_hours(2, (12, 14)),), ("via Lunga 3", "Cremona"), "autobus 2",
        "0372 000111",
    )  # fmt: skip
    slip = orientation.OrientationSlip((service, replace(service, name="Nido")), CENTRE, "333 3317332", DAY)
    return orientation.render(slip, orientation.OrientationOptions(four=four))


def _leaflet() -> bytes:
    dates = tuple(leaflet.Date(date(2025, 3, 4) + timedelta(weeks=n), time(17), time(18, 30)) for n in range(5))
    offers = tuple(leaflet.Offer(f"Laboratorio {n}", "giochi e parole per stare insieme", "bambini 0–6", dates[: n % 6],
                                 "Civico 81", 12 if n % 2 else None) for n in range(6))  # fmt: skip
    return leaflet.render(leaflet.Leaflet(CENTRE, offers, "primavera 2025", "libero e gratuito", "333 3317332",
                                          "hug@example.it", ("piazza Giovanni XXIII, 1", "Cremona"),
                                          ("Comune di Cremona", "Cooperativa Cosper"), "it"))  # fmt: skip


def _sign_in(*, named: bool) -> bytes:
    names = (*[f"{PERSON} {n}" for n in range(30)], "") if named else None
    marks = (("allergies", "collect"), (), ("no_photos",), ("child_care", "allergies"))
    return sign_in_sheet.render(sign_in_sheet.SignInSheet(
        "Genitori in gioco", 2, 8, CENTRE, DAY, time(18), time(19, 30), "sala", "le regole", "Silvia Conti", names, 12,
        PRINTED, 5, marks))  # fmt: skip


def _looking(make: Maker) -> Maker:
    """The sheet in a look with all that one can have."""

    def made() -> bytes:
        with looking(full_look()):
            return make()

    return made


_SHARE = recovery.EnvelopeShare(CENTRE, "7K3MQ" * 8 + "7K", 2, 3, 2, "Second holder", "Bea Seconda",
                                "7K3MQ-7K3MQ-7K3MQ-7K3", DAY)  # fmt: skip

SAMPLES: dict[str, Maker] = {
    "opening_hours": lambda: opening_hours.render(HOURS),
    "opening_hours long": _long_poster,
    "opening_hours large": lambda: opening_hours.render(HOURS, PosterOptions(large_print=True)),
    "opening_hours look": _looking(lambda: opening_hours.render(HOURS)),
    "leaflet look": _looking(_leaflet),
    "consent look": _looking(_consent),
    "reminder_letters look": _looking(_letters),
    "appointment_slip": lambda: appointment_slip.render(SLIP),
    "appointment_slip two": lambda: appointment_slip.render(
        replace(SLIP, profession_again="psicologă"), appointment_slip.SlipOptions(also="ro")),
    "appointment_slip neutral": lambda: appointment_slip.render(SLIP, appointment_slip.SlipOptions(neutral=True)),
    "orientation": lambda: _orientation(four=False),
    "orientation four": lambda: _orientation(four=True),
    "leaflet": _leaflet,
    "sign_in_sheet": lambda: _sign_in(named=True),
    "sign_in_sheet nameless": lambda: _sign_in(named=False),
    "day_sheet": lambda: _day(40),
    "day_sheet empty": lambda: _day(0),
    "access_card": lambda: _card(blank=False),
    "access_card blank": lambda: _card(blank=True),
    "call_list": _calls,
    "call_list empty": lambda: call_list.render(call_list.CallList(PRINTED, (), (), ())),
    "consent": _consent,
    "data_copy": _copy,
    "letter": lambda: _letter("invitation"),
    "letter documents": lambda: _letter("documents", window="left"),
    "letter large": lambda: _letter("confirmation", large=True),
    "letter long": lambda: _letter("outcome", long=True),
    "envelope": lambda: _envelopes("DL"),
    "envelope large": lambda: _envelopes("C5"),
    "print_register": lambda: _print_register(40),
    "print_register empty": lambda: _print_register(0),
    "processing": _processing,
    "recovery": lambda: recovery.render(recovery.RecoverySheet(CENTRE, "7K3MQ" * 7, DAY)),
    "recovery share": lambda: recovery.render_share(_SHARE),
    "reminder_letters": _letters,
    "reminder_letters none": lambda: reminder_letters.render(reminder_letters.LetterSheet((), DAY)),
    "labels": _labels,
    "genogram": lambda: genogram.render(genogram.GenogramSheet(genograms.two_homes(), CENTRE, PRINTED)),
    "genogram long": _large_family,
    **{f"calendar_sheet {shape}": (lambda shape=shape: _calendar(shape))  # type: ignore[misc]
       for shape in ("month", "weeks", "hours", "rows", "list")},
    "calendar_sheet empty": lambda: _calendar("list", 0),
    **PROGRAMMES,
    **PATHS,
}  # fmt: skip
"""By the module that makes it, and what is special about it."""
