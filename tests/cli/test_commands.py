"""Every command: what it does, its exit status, one sentence when it fails, one document for programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from famdesk.data.home import Home
from famdesk.domain.errors import FamDeskError
from famdesk.usecases import session
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.intake import intake
from famdesk.usecases.people import people
from tests.cli.conftest import Command

SECRET = "treno nuvola sasso"


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(SECRET + "\n", encoding="utf-8")
    return file


def one_sentence(text: str) -> bool:
    """Whether a text is one line that ends like a sentence, without a traceback."""
    return len(text.splitlines()) == 1 and text.rstrip()[-1] in ".)" and "Traceback" not in text


# ------------------------------------------------------------------------------------------------- without Qt


@pytest.mark.parametrize(
    "arguments",
    [("open", "--json"), ("search", "nido", "--json"), ("verify",), ("print", "opening-hours", "--out", "p.pdf")],
)
def test_commands_need_neither_qt_nor_a_display(
    started: Command, demo_home: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    changed = [str(tmp_path / one) if one.endswith(".pdf") else one for one in arguments]
    told = started(*changed, "--home", demo_home)
    assert told.status == 0, told.err
    assert told.err == "False\n"


def test_the_demo_without_a_display_does_the_days_work(started: Command, tmp_path: Path) -> None:
    told = started("demo", "--home", tmp_path / "demo", "--families", "3", FAMDESK_LANGUAGE="en")
    assert told.status == 0, told.err
    assert told.err == "False\n"
    assert "There is no display" in told.out
    assert "Logged an access" in told.out
    assert "Booked a first interview" in told.out
    folder = tmp_path / "demo" / "fogli"
    assert str(folder) in told.out
    assert {file.name for file in folder.iterdir()} == {"opening-hours.pdf", "day-sheet.pdf"}
    office = session.sign_in(Home(tmp_path / "demo"), DEMO_LOGIN, DEMO_PASSWORD)
    rows = office.fetch(intake.accesses, datetime.now().date())
    assert any(row.channel == "door" for row in rows)
    office.close()


def test_the_demo_is_made_once(famdesk: Command, tmp_path: Path) -> None:
    first = famdesk("demo", "--no-window", "--home", tmp_path / "demo", "--families", "2")
    again = famdesk("demo", "--no-window", "--home", tmp_path / "demo", "--families", "2", FAMDESK_LANGUAGE="en")
    assert (first.status, again.status) == (0, 0)
    assert "Making the demo centre" not in again.out


def test_the_demo_never_touches_real_data(famdesk: Command, tmp_path: Path, password_file: Path) -> None:
    made = famdesk("init", "--home", tmp_path / "real", "--name", "Centro", "--admin", "Ada Prova",
                   "--password-file", password_file)  # fmt: skip
    assert made.status == 0, made.err
    before = (tmp_path / "real" / "famdesk.db").read_bytes()
    told = famdesk("demo", "--no-window", "--home", tmp_path / "real")
    assert told.status == 1
    assert one_sentence(told.err)
    assert (tmp_path / "real" / "famdesk.db").read_bytes() == before


# --------------------------------------------------------------------------------------------------- questions


def test_search_gives_one_document(famdesk: Command, demo_home: Path) -> None:
    told = famdesk("search", "giovanni", "XXIII", "--json", "--home", demo_home)
    assert told.status == 0
    assert all(set(hit) == {"kind", "id", "label"} for hit in told.document)
    assert "piazza Giovanni XXIII" in [hit["label"] for hit in told.document]


def test_search_without_a_hit(famdesk: Command, demo_home: Path) -> None:
    assert famdesk("search", "xyzzy", "--json", "--home", demo_home).document == []
    told = famdesk("search", "xyzzy", "--home", demo_home)
    assert (told.status, told.out) == (0, "Nothing found.\n")


def test_who_searches_sees_what_their_role_may_see(famdesk: Command, demo_home: Path) -> None:
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    office.run(people.add_person, surname="Zanzibar", given_name="Lia")
    office.close()
    found = famdesk("search", "zanzibar", "--json", "--home", demo_home)
    hidden = famdesk("search", "zanzibar", "--json", "--home", demo_home, "--user", "amministratore")
    assert [hit["kind"] for hit in found.document] == ["person"]
    assert hidden.document == []


def test_open_in_sentences(famdesk: Command, demo_home: Path) -> None:
    told = famdesk("open", "--at", "2025-02-04T12:00", "--home", demo_home)
    assert told.status == 0
    assert "piazza Giovanni XXIII: open until 14:00" in told.out
    assert "Soresina: on contact" in told.out


# ------------------------------------------------------------------------------------------ a centre of one's own


def test_init_makes_an_encrypted_centre_and_its_sheet(famdesk: Command, tmp_path: Path, password_file: Path) -> None:
    home, sheet = tmp_path / "centre", tmp_path / "sheet.pdf"
    told = famdesk("init", "--home", home, "--centre", "cremona", "--admin", "Ada Prova", "--recovery-out", sheet,
                   "--password-file", password_file, FAMDESK_LANGUAGE="en")  # fmt: skip
    assert told.status == 0, told.err
    assert "ada.prova" in told.out
    from pypdf import PdfReader

    squeezed = "".join(PdfReader(sheet).pages[0].extract_text().split())
    assert "Recoverysheet" in squeezed
    content = (home / "famdesk.db").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    for word in ("Giovanni", "Ada Prova", "CREATE TABLE", "Cremona"):
        assert word.encode() not in content
        assert word.encode("utf-16-le") not in content
    told = famdesk("open", "--home", home, "--user", "ada.prova", "--password-file", password_file, "--json")
    assert "Soresina" in told.document["unknown"]


def test_init_shows_the_recovery_code_when_there_is_no_paper(
    famdesk: Command, tmp_path: Path, password_file: Path
) -> None:
    told = famdesk("init", "--home", tmp_path / "c", "--name", "Centro", "--admin", "Ada Prova", "--user", "ada",
                   "--password-file", password_file, FAMDESK_LANGUAGE="en")  # fmt: skip
    code = told.out.splitlines()[-1].rpartition(": ")[2]
    office = session.recover(Home(tmp_path / "c"), code, "ada", "un altro segreto")
    office.close()


def test_a_blank_centre_needs_a_name(famdesk: Command, tmp_path: Path, password_file: Path) -> None:
    told = famdesk("init", "--home", tmp_path / "c", "--admin", "Ada", "--password-file", password_file)
    assert told.status == 1
    assert one_sentence(told.err)
    assert not (tmp_path / "c" / "famdesk.db").exists()


def test_init_refuses_a_folder_with_data_and_a_short_password(
    famdesk: Command, demo_home: Path, tmp_path: Path, password_file: Path
) -> None:
    there = famdesk("init", "--home", demo_home, "--name", "C", "--admin", "Ada", "--password-file", password_file)
    short = famdesk("init", "--home", tmp_path / "n", "--name", "C", "--admin", "Ada", FAMDESK_PASSWORD="corta")
    for told in (there, short):
        assert told.status == 1
        assert one_sentence(told.err)
    assert not (tmp_path / "n" / "famdesk.db").exists()


# ------------------------------------------------------------------------------------------------- care of data


def test_a_backup_is_verified_and_comes_back(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.fdbackup"
    assert famdesk("backup", copy, "--home", demo_home).status == 0
    again = famdesk("backup", copy, "--home", demo_home)
    assert (again.status, one_sentence(again.err)) == (1, True)
    told = famdesk("restore", copy, "--home", tmp_path / "back")
    assert told.status == 0, told.err
    assert famdesk("verify", "--home", tmp_path / "back").status == 0
    before = famdesk("search", "prova", "--json", "--home", demo_home).document
    assert famdesk("search", "prova", "--json", "--home", tmp_path / "back").document == before


def test_restore_refuses_a_folder_with_data_and_a_file_that_is_none(
    famdesk: Command, demo_home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.fdbackup"
    famdesk("backup", copy, "--home", demo_home)
    (tmp_path / "text").write_text("no backup", encoding="utf-8")
    for arguments in (("restore", copy, "--home", demo_home), ("restore", tmp_path / "text", "--home", tmp_path / "b")):
        told = famdesk(*arguments)
        assert told.status == 1
        assert one_sentence(told.err)


def test_restore_with_the_recovery_code(famdesk: Command, tmp_path: Path, password_file: Path) -> None:
    made = famdesk("init", "--home", tmp_path / "c", "--name", "Centro", "--admin", "Ada Prova", "--user", "ada",
                   "--password-file", password_file, FAMDESK_LANGUAGE="en")  # fmt: skip
    code = tmp_path / "code"
    code.write_text(made.out.splitlines()[-1].rpartition(": ")[2] + "\n", encoding="utf-8")
    who = ("--user", "ada", "--password-file", password_file)
    assert famdesk("backup", tmp_path / "b.fdbackup", "--home", tmp_path / "c", *who).status == 0
    told = famdesk("restore", tmp_path / "b.fdbackup", "--home", tmp_path / "d", "--recovery-file", code)
    assert told.status == 0, told.err
    assert famdesk("verify", "--home", tmp_path / "d", *who).status == 0


def test_verify_names_what_was_changed(famdesk: Command, demo_home: Path) -> None:
    database = demo_home / "famdesk.db"
    body = bytearray(database.read_bytes())
    body[len(body) // 2] ^= 0xFF
    database.write_bytes(body)
    told = famdesk("verify", "--home", demo_home)
    assert told.status == 1
    assert told.err.strip()
    assert "Traceback" not in told.err


# --------------------------------------------------------------------------------------------------- refusals


def test_a_wrong_password_is_refused_and_delayed(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not that one", encoding="utf-8")
    tries = [famdesk("open", "--home", demo_home, "--user", "educatore", "--password-file", wrong) for _n in range(6)]
    assert {told.status for told in tries} == {1}
    assert tries[0].err == "The name or the password is not right.\n"
    assert "Try again in" in tries[-1].err


def test_a_real_home_has_no_default_user_and_no_default_password(
    famdesk: Command, tmp_path: Path, password_file: Path
) -> None:
    famdesk("init", "--home", tmp_path / "c", "--name", "Centro", "--admin", "Ada", "--user", "coordinatrice",
            "--password-file", password_file)  # fmt: skip
    nobody = famdesk("open", "--home", tmp_path / "c")
    published = famdesk("open", "--home", tmp_path / "c", "--user", "coordinatrice")
    for told in (nobody, published):
        assert (told.status, told.out) == (1, "")
        assert one_sentence(told.err)


@pytest.mark.parametrize("command", [("open",), ("search", "x"), ("verify",), ("backup", "b.fdbackup")])
def test_an_empty_folder_is_told_in_one_sentence(famdesk: Command, tmp_path: Path, command: tuple[str, ...]) -> None:
    told = famdesk(*command, "--home", tmp_path / "none", FAMDESK_LANGUAGE="en")
    assert (told.status, told.out) == (1, "")
    assert told.err == "There are no FamDesk data in this folder yet.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("open", "--at", "yesterday"),
        ("open", "--at", "2025-02-04T12:00+01:00"),
        ("nothing",),
        ("print", "opening-hours"),
        ("print", "menu", "--out", "x.pdf"),
        ("demo", "--families", "-1"),
        ("search",),
    ],
)
def test_wrong_usage_is_status_two(famdesk: Command, arguments: tuple[str, ...]) -> None:
    told = famdesk(*arguments)
    assert told.status == 2
    assert "usage:" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("opening-hours", "--place", "Atlantis", "--out", "p.pdf"),
        ("opening-hours", "--lang", "xx", "--out", "p.pdf"),
        ("opening-hours", "--lang", "it+it", "--out", "p.pdf"),
        ("day-sheet", "--lang", "it+ar", "--out", "p.pdf"),
        ("appointment-slip", "--out", "p.pdf"),
        ("appointment-slip", "--appointment", "nobody", "--out", "p.pdf"),
    ],
)
def test_a_sheet_that_cannot_be_made_is_told_in_one_sentence(
    famdesk: Command, demo_home: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    changed = [str(tmp_path / one) if one.endswith(".pdf") else one for one in arguments]
    told = famdesk("print", *changed, "--home", demo_home)
    assert (told.status, told.out) == (1, "")
    assert one_sentence(told.err)
    assert not (tmp_path / "p.pdf").exists()


def test_no_command_line_tells_a_class_name(famdesk: Command, demo_home: Path) -> None:
    told = famdesk("print", "opening-hours", "--place", "Atlantis", "--out", "/nonexistent/p.pdf", "--home", demo_home)
    assert not any(kind.__name__ in told.err for kind in FamDeskError.__subclasses__())
