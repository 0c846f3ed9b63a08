"""The contact sheet: every sheet of the demo in every language as PDF and PNG, and one picture of all for a language.

`python3 dev.py shots --sheets DIR`. It fails when a visible message is not translated, when a text is refused or a
character has no shape, and lists what and where. What no program sees (lines that touch, words that are wrong) is seen
on the pictures.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from famdesk import i18n, resources
from famdesk.data.base import Record
from famdesk.data.home import Home
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import Membership
from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.calendar import periods
from famdesk.domain.errors import RuleError
from famdesk.exchange.profiles import read_profile
from famdesk.i18n import FAMILY_LANGUAGES, LANGUAGES, using
from famdesk.i18n.catalogue import Catalogue
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.collecting import collect
from famdesk.sheets.paper.style import large_print
from famdesk.sheets.papers import LEAFLET, ORIENTATION, SIGN_IN, PaperWish
from famdesk.sheets.people import genogram
from famdesk.ui.sheets import making
from famdesk.ui.sheets.making import Wish
from famdesk.usecases import session
from famdesk.usecases.demo import demo
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.directory import directory
from famdesk.usecases.office import Office
from tests.support.sheet_samples import SAMPLES

NOW = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
"""A Thursday with holidays and closures in the weeks ahead."""
DAY = date(2025, 4, 10)
CENTRE_ONLY = {
    "application_list", "case_agenda", "certificate_register", "cycle_summary", "data_copy",
    "destruction_record", "print_register", "processing", "recovery", "statistics",
}  # fmt: skip
"""Sheets for the desk: in the languages of the interface only."""
SAMPLED = ("appointment_slip", "consent", "labels", "recovery", "data_copy", "processing", "reminder_letters",
           "call_list", "orientation four", "sign_in_sheet", "calendar_sheet rows", "letter", "letter documents",
           "envelope", "print_register", "certificate two", "application_letters two")  # fmt: skip
"""Sheets of which the demo has nothing, or too little, to show."""
SHOWN = {"opening_hours", "appointment_slip", "day_sheet", "calendar_sheet", "access_card", "call_list", "orientation",
         "sign_in_sheet", "leaflet", "genogram"}  # fmt: skip
"""Sheets that the demo fills, by their modules."""
DOTS = 70
THUMB = (420, 594)
COLUMNS = 6

Maker = Callable[[str], bytes]
"""Makes a sheet in a language."""


class Heard(Catalogue):
    """A catalogue that notes which messages it does not have."""

    def __init__(self, within: Catalogue, missed: set[str]) -> None:
        super().__init__()
        self._within, self._missed = within, missed

    def gettext(self, message: str) -> str:
        self._note(message, message)
        return self._within.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        self._note(singular, singular)
        return self._within.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        self._note(f"{context}\x04{message}", message)
        return self._within.pgettext(context, message)

    def _note(self, key: str, message: str) -> None:
        if message and key not in self._within:
            self._missed.add(message)


@contextmanager
def listening(missed: dict[str, set[str]]) -> Iterator[None]:
    """Everything that is looked up in the block and not found is noted by language; English is the source."""
    real = i18n._catalogue

    def heard(lang: str) -> Catalogue:
        return real(lang) if lang == "en" else Heard(real(lang), missed.setdefault(lang, set()))

    i18n._catalogue = heard  # type: ignore[assignment]
    try:
        yield
    finally:
        i18n._catalogue = real


def of_demo(office: Office) -> dict[str, Maker]:
    """Every sheet of the view of sheets, with what the demo has."""
    points = office.fetch(directory.points)
    services = tuple(one.id for one in office.fetch(directory.services))[:3]
    calendar = CalendarWish(periods.MONTH, DAY, names=True)
    slip = office.fetch(first_id, Appointment)
    wishes: dict[str, Wish] = {
        "opening-hours": Wish("opening-hours", "", day=DAY),
        "opening-hours one": Wish("opening-hours", "", (points[0].id,), day=DAY),
        "opening-hours large": Wish("opening-hours", "", day=DAY, large_print=True),
        "opening-hours two": Wish("opening-hours", "it", day=DAY, also="?"),
        "opening-hours one two": Wish("opening-hours", "it", (points[0].id,), day=DAY, also="?"),
        "appointment-slip": Wish("appointment-slip", "", appointment_id=slip),
        "appointment-slip two": Wish("appointment-slip", "it", appointment_id=slip, also="?"),
        "day-sheet": Wish("day-sheet", "", day=DAY),
        "calendar month": Wish("calendar", "", calendar=calendar),
        "calendar week": Wish("calendar", "", calendar=CalendarWish(periods.WEEK, DAY, names=True)),
        "calendar list": Wish("calendar", "", calendar=CalendarWish(periods.LIST, DAY, names=True)),
        "access-card": Wish("access-card", "", card_id=office.fetch(first_id, AccessCard)),
        "access-card blank": Wish("access-card", ""),
        "call-list": Wish("call-list", ""),
        "orientation-slip": Wish(ORIENTATION, "", paper_wish=PaperWish(services=services)),
        "sign-in-sheet": Wish(SIGN_IN, "", paper_wish=PaperWish(initiative_id=office.fetch(first_id, Initiative))),
        "leaflet": Wish(LEAFLET, "", paper_wish=PaperWish()),
    }
    made: dict[str, Maker] = {name: _wished(office, wish) for name, wish in wishes.items()}
    made["genogram"] = lambda lang: _genogram(office, lang)
    return made


def _wished(office: Office, wish: Wish) -> Maker:
    from dataclasses import replace

    def make(lang: str) -> bytes:
        also = "" if not wish.also else "de" if lang == "it" else lang
        wanted = replace(wish, language="it" if also else lang, also=also)
        return making.render(office.fetch(making.gather, wanted), wanted)

    return make


def _genogram(office: Office, lang: str) -> bytes:
    with using(lang):
        return genogram.render(office.fetch(collect.genogram, office.fetch(child_of_two_homes)))


def sampled() -> dict[str, Maker]:
    """A sample of every sheet of which the demo has nothing to show, a new one too."""
    shown = SHOWN | {name.partition(" ")[0] for name in SAMPLED}
    others = {name.partition(" ")[0]: name for name in reversed(SAMPLES)}
    names = [*SAMPLED, *(name for module, name in reversed(others.items()) if module not in shown)]
    return {name: _sampled(name) for name in names}


def _sampled(name: str) -> Maker:
    def make(lang: str) -> bytes:
        with using(lang):
            return SAMPLES[name]()

    return make


def first_id(tx: Tx, kind: type[Record]) -> str:
    """Any record of a kind, always the same one."""
    wanted = select(kind.id).order_by(kind.id)
    if kind is Appointment:
        wanted = wanted.where(Appointment.staff_id.is_not(None), Appointment.person_id.is_not(None))
    if kind is Initiative:
        wanted = wanted.join(Meeting, Meeting.initiative_id == Initiative.id).where(Meeting.day.is_not(None))
    found: str = tx.session.scalars(wanted).first() or ""
    return found


def child_of_two_homes(tx: Tx) -> str:
    """The demo's child with two homes."""
    found: str = tx.session.scalars(select(Membership.person_id).where(Membership.days.is_not(None))).first() or ""
    return found


def pictures(data: bytes, name: str, folder: Path) -> list[Path]:
    """The sheet as PDF and each of its pages as PNG."""
    file = folder / f"{name.replace(' ', '-')}.pdf"
    file.write_bytes(data)
    for old in folder.glob(f"{file.stem}-[0-9]*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS), file.name, file.stem], cwd=folder, check=True)
    return sorted(folder.glob(f"{file.stem}-[0-9]*.png"))


def overview(pages: list[Path], target: Path) -> None:
    """All pages small, side by side."""
    from PIL import Image

    rows = -(-len(pages) // COLUMNS)
    edge = 8
    whole = Image.new("RGB", (COLUMNS * (THUMB[0] + edge), max(rows, 1) * (THUMB[1] + edge)), "#8a8f94")
    for number, page in enumerate(pages):
        image = Image.open(page).convert("RGB")
        image.thumbnail(THUMB)
        whole.paste(image, (number % COLUMNS * (THUMB[0] + edge), number // COLUMNS * (THUMB[1] + edge)))
    whole.save(target)


def contact_sheets(target: Path, languages: tuple[str, ...] = FAMILY_LANGUAGES, *, large: bool = False) -> list[str]:
    """Everything into the folder, in large print if wanted; what is wrong, one line each."""
    missed: dict[str, set[str]] = {}
    refused: list[str] = []
    with tempfile.TemporaryDirectory(prefix="famdesk-shots-") as home:
        office = _office(Path(home) / "home")
        try:
            with listening(missed), large_print(large):
                makers = of_demo(office) | sampled()
                for lang in languages:
                    refused += _in_language(makers, lang, target)
        finally:
            office.close()
    return refused + [f"{lang}: not translated: {text}" for lang, texts in missed.items() for text in sorted(texts)]


def _office(folder: Path) -> Office:
    home = Home(folder)
    demo.make(home, read_profile(resources.path("centres/cremona.toml")), 24, clock=lambda: NOW)
    return session.sign_in(home, DEMO_LOGIN, DEMO_PASSWORD, clock=lambda: NOW)


def _in_language(makers: dict[str, Maker], lang: str, target: Path) -> list[str]:
    folder = target / lang
    folder.mkdir(parents=True, exist_ok=True)
    refused: list[str] = []
    pages: list[Path] = []
    for name, make in makers.items():
        if name.partition(" ")[0] in CENTRE_ONLY and lang not in LANGUAGES:
            continue
        try:
            pages += pictures(make(lang), name, folder)
        except RuleError as error:
            refused.append(f"{lang}: {name}: {error.sentence()}")
    overview(pages, target / f"{lang}.png")
    print(target / f"{lang}.png")
    return refused


def main(target: Path, languages: tuple[str, ...] = FAMILY_LANGUAGES, *, large: bool = False) -> int:
    """Makes the pictures; 1 if something is wrong."""
    lines = contact_sheets(target, languages, large=large)
    print("\n".join([*lines, f"{len(lines)} problems"]), file=sys.stderr if lines else sys.stdout)
    return 1 if lines else 0
