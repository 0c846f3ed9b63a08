"""`famdesk import`, `famdesk export ics`, `famdesk publish`: the report, the file, what fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import pytest

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.calendar import feeds
from famdesk.usecases.calendar.feeds import FeedValues
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from tests.cli.conftest import Command
from tests.support.ics_texts import Text, whole

SOON = f"{date.today().year + 1}0213"
EVENTS = (f"DTSTART:{SOON}T100000\nDTEND:{SOON}T110000\nSUMMARY:Ferie di Anna", "SUMMARY:a")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vecchio.ics"
    blocks = [f"BEGIN:VEVENT\nUID:{number}\n{text}\nEND:VEVENT" for number, text in enumerate(EVENTS)]
    path.write_text(whole(Text("\n".join(blocks))))
    return path


def test_a_dry_run_then_the_import_then_nothing_more(famdesk: Command, demo_home: Path, file: Path) -> None:
    told = famdesk("import", file, "--as", "ics", "--dry-run", "--home", demo_home)
    assert told.status == 0
    assert told.out.splitlines() == [
        "Line 10: the event does not say when it begins (DTSTART).", "1 new event", "0 changed events",
        "0 events as before", "1 event not taken",
    ]  # fmt: skip
    assert famdesk("import", file, "--as", "ics", "--home", demo_home).status == 0
    again = famdesk("import", file, "--as", "ics", "--home", demo_home)
    assert (again.status, again.err) == (1, "Nothing in this file is new or changed.\n")


def test_the_calendar_goes_out_without_names_unless_asked(
    famdesk: Command, demo_home: Path, file: Path, tmp_path: Path
) -> None:  # fmt: skip
    famdesk("import", file, "--as", "ics", "--kind", "absence", "--home", demo_home)
    found = {}
    for names in ((), ("--names",)):
        out = tmp_path / f"{len(names)}.ics"
        told = famdesk("export", "ics", "--out", out, "--home", demo_home, *names)
        assert told.status == 0, told.err
        found[names] = {str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(out.read_bytes()).events}
    assert "Ferie di Anna" in found["--names",]
    assert "busy" in found[()]
    assert "Ferie di Anna" not in found[()]


def test_what_does_not_fit(famdesk: Command, demo_home: Path, tmp_path: Path, file: Path) -> None:
    told = famdesk("import", tmp_path / "gone.ics", "--as", "ics", "--home", demo_home)
    assert (told.status, told.err) == (1, "The file gone.ics cannot be read.\n")
    told = famdesk("import", file, "--as", "ics", "--room", "nessuna così", "--home", demo_home)
    assert told.status == 1
    assert "nessuna così" in told.err


def test_publish(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    told = famdesk("publish", "--home", demo_home)
    assert (told.status, told.out) == (0, "There is no calendar to publish.\n")
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    (tmp_path / "orari").mkdir()
    office.run(feeds.add_feed, FeedValues("Orari", path=str(tmp_path / "orari" / "a.ics")))
    office.close()
    told = famdesk("publish", "--home", demo_home)
    assert (told.status, told.out) == (0, "Orari: Published\n")
    (tmp_path / "orari" / "a.ics").unlink()
    (tmp_path / "orari").rmdir()
    told = famdesk("publish", "--home", demo_home)
    assert (told.status, told.out) == (1, "Orari: The folder cannot be written to.\n")
