"""Nothing leaves the program beside the safe-contact gate: read from the source of every module, and of every sheet,
file and command that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.gate_rules import FULL_NAMES, KNOW_CONTACTS, MAY_MAKE, MAY_NAME, bypasses
from tests.support.ways_out import WAYS

NOBODY = "names no person"
SHEETS = {
    "access_card": "access card", "appointment_slip": "slip", "call_list": "call list on paper",
    "calendar_sheet": "calendar on paper", "day_sheet": "day sheet", "genogram": "genogram", "labels": "labels",
    "reminder_letters": "reminder letter",
    "print_register": "print register", "letter": "letter", "envelope": "envelope",
    "sign_in_sheet": "sign-in sheet", "orientation": NOBODY, "leaflet": NOBODY,
    "flyer": NOBODY, "feedback_form": NOBODY, "cycle_summary": NOBODY, "statistics": NOBODY,
    "certificate_register": "tests/sheets/test_statistics.py",
    "case_agenda": NOBODY, "destruction_record": NOBODY,
    "certificate": "certificate", "application_list": "tests/sheets/test_call_sheets.py",
    "application_letters": "tests/sheets/test_call_sheets.py",
    "opening_hours": NOBODY, "all_posters": NOBODY, "poster": NOBODY, "recovery": NOBODY, "processing": NOBODY,
    "consent": "tests/sheets/test_consent_sheet.py", "data_copy": "tests/usecases/people/test_data_copy.py",
}  # fmt: skip
"""Every module that renders a sheet: the way out under which `test_ways_out` holds it to the rules, or why not."""
FILES = {
    "persons_table": ("table", "address cards"),
    "referral_file": ("tests/exchange/test_referral_file.py",),
    "referral_body": ("tests/exchange/test_referral_file.py",),
    "ics_write": ("calendar file", "busy calendar file"), "ics_zone": (NOBODY,),
    "ics_read": (NOBODY,), "ics_lines": (NOBODY,), "ics_rules": (NOBODY,), "ics_kept": (NOBODY,),
    "ics_errors": (NOBODY,), "ics_files": (NOBODY,), "ics_publish": ("published calendar",),
    "profiles": (NOBODY,), "profiles_checks": (NOBODY,), "profiles_drafts": (NOBODY,), "profiles_errors": (NOBODY,),
    "profiles_lines": (NOBODY,), "profiles_values": (NOBODY,),
    "sheet_message": ("sheet by mail",),
    "mail_message": ("reminder by mail",), "mailing": ("reminder by mail",),
}  # fmt: skip
"""Every module of the exchange with other programs."""


def _modules(project: Path, package: str) -> dict[str, str]:
    folder = project / "famdesk" / package
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.rglob("*.py")) if path.stem != "__init__"}


def _unknown_sheets(project: Path) -> set[str]:
    renders = {name for name, source in _modules(project, "sheets").items() if "def render(" in source}
    return renders - SHEETS.keys()


@pytest.mark.parametrize("package", ["sheets", "exchange", "cli", "usecases"])
def test_no_module_goes_past_the_gate(project: Path, package: str) -> None:
    found = {name: bypasses(source, f"famdesk.{package}.{name}") for name, source in _modules(project, package).items()}
    assert {name: said for name, said in found.items() if said} == {}


def test_every_sheet_is_held_to_the_rules(project: Path) -> None:
    """A new sheet is a new way out: it gets a row in `SHEETS` and an entry in `WAYS`."""
    assert _unknown_sheets(project) == set()
    assert {way for way in SHEETS.values() if way not in {*WAYS, NOBODY} and not (project / way).exists()} == set()


def test_every_file_is_held_to_the_rules(project: Path) -> None:
    modules = _modules(project, "exchange")
    assert modules.keys() - FILES.keys() == set()
    told = {way for name in modules for way in FILES[name]}
    assert {way for way in told if way not in {*WAYS, NOBODY} and not (project / way).exists()} == set()


def test_no_exception_outlives_its_reason(project: Path) -> None:
    """A name on the lists that is not there any more, or not needed, opens a door for the next of that name."""
    use_cases, commands = _modules(project, "usecases"), _modules(project, "cli")
    assert {name for name in (*KNOW_CONTACTS, *FULL_NAMES) if name not in use_cases} == set()
    for module in (*MAY_MAKE, *(module for module, _asked in MAY_NAME)):
        assert module.removeprefix("famdesk.cli.") in commands, module
    for name in KNOW_CONTACTS:
        assert "ContactPoint" in use_cases[name] or "Household" in use_cases[name], name


PAST = {
    "the table of contacts": "from famdesk.data.tables.people import ContactPoint",
    "the module of persons": "from famdesk.data.tables import people",
    "the file": "from famdesk.usecases.people import people",
    "the file, inside a function": "def day(tx):\n    from famdesk.usecases.people.person_file import person\n",
    "full names": "from famdesk.usecases.people.person_names import labels",
    "the list": "import famdesk.usecases.people.person_search",
    "households": "from famdesk.usecases.family.households import households_of",
    "a full name of the calendar": "from famdesk.data.tx import Tx\ndef day(tx, row):\n    return row.who\n",
}
LISTS = {
    "a list with numbers": "from famdesk.data.tables.people import ContactPoint",
    "the whole module": "from famdesk.data.tables import people",
    "addresses": "from famdesk.data.tables.people import Person, Household",
    "a sheet": "from famdesk.usecases.post import prints\ndef f(tx):\n    prints.note(tx, 'x', [])\n",
    "a file": "def f(tx):\n    tx.log('export', subjects=[])\n",
}
BEHIND = """
from famdesk.data.tx import Tx
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.people.person_names import public_labels

def names(tx, ids):
    prints.note(tx, "names", [])
    return [shown.label for shown in outgoing.masked(tx, ids, "list").values()]
"""


@pytest.mark.parametrize("package", ["sheets", "exchange", "cli"])
@pytest.mark.parametrize("way", PAST)
def test_a_new_way_out_beside_the_gate_is_seen(package: str, way: str) -> None:
    assert bypasses(PAST[way], f"famdesk.{package}.planted")


@pytest.mark.parametrize("way", LISTS)
def test_a_new_list_beside_the_gate_is_seen(way: str) -> None:
    assert bypasses(LISTS[way], "famdesk.usecases.planted")


@pytest.mark.parametrize("package", ["sheets", "exchange", "cli", "usecases"])
def test_what_asks_the_gate_passes(package: str) -> None:
    assert bypasses(BEHIND, f"famdesk.{package}.planted") == []


def test_a_planted_module_fails_the_test_of_all_modules(project: Path, tmp_path: Path) -> None:
    """The test above reads what is really there: with one module more it fails."""
    package = tmp_path / "famdesk" / "sheets"
    package.mkdir(parents=True)
    for path in (project / "famdesk" / "sheets").rglob("*.py"):
        (package / path.name).write_text(path.read_text("utf-8"), "utf-8")
    test_no_module_goes_past_the_gate(tmp_path, "sheets")
    assert _unknown_sheets(tmp_path) == set()
    (package / "phone_list.py").write_text(
        "from famdesk.data.tables.people import ContactPoint\n\ndef render(content):\n    return b''\n", "utf-8"
    )
    with pytest.raises(AssertionError, match="phone_list"):
        test_no_module_goes_past_the_gate(tmp_path, "sheets")
    assert _unknown_sheets(tmp_path) == {"phone_list"}
