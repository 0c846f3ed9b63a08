"""The first start: a centre, a desk of a network, a backup; each wholly or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from famdesk import resources
from famdesk.data.backup import NotABackup
from famdesk.data.failures import ServerGone
from famdesk.data.home import DataThere, Home, Server
from famdesk.data.keys.keys import WeakPassword, WrongPassword, WrongRecoveryCode
from famdesk.exchange.profiles import read_profile
from famdesk.usecases import care, session, setup
from famdesk.usecases.centre import centre, profiles
from famdesk.usecases.directory import directory
from famdesk.usecases.staff import leaving, staff
from tests.support.offices import PASSWORD, Desk, new_centre

NEW_PASSWORD = "un altro segreto"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "fresh")


def is_empty(home: Home) -> bool:
    return not any(path.name.startswith("famdesk") for path in home.folder.glob("*"))


# ------------------------------------------------------------------------------------------------- a new centre


def test_a_centre_from_a_profile(home: Home) -> None:
    profile = read_profile(resources.path("centres/cremona.toml"))
    code = setup.new_recovery_code()
    office = setup.make_centre(home, new_centre(profile.centre[0].name), code, profile)
    assert "Soresina" in [point.name for point in office.fetch(directory.points)]
    office.close()
    session.recover(home, code, "administrator", NEW_PASSWORD).close()


def test_a_blank_centre(home: Home) -> None:
    office = setup.make_centre(home, new_centre("Centro"), setup.new_recovery_code())
    about = office.fetch(centre.overview)
    assert (about.name, about.municipality) == ("Centro", "019036")
    assert office.fetch(directory.points) == ()
    office.close()


def test_what_cannot_be_finished_leaves_nothing(home: Home) -> None:
    profile = read_profile(resources.path("centres/bari.toml"))
    with pytest.raises(profiles.NotInProfile):
        setup.make_centre(home, new_centre(), setup.new_recovery_code(), profile, "csf-9")
    assert is_empty(home)
    setup.make_centre(home, new_centre(), setup.new_recovery_code(), profile, "csf-2").close()


@pytest.mark.parametrize(
    ("change", "error"), [({"login": "Ada!"}, staff.BadLogin), ({"password": "corta"}, WeakPassword)]
)
def test_an_account_that_is_none_makes_nothing(home: Home, change: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        setup.make_centre(home, replace(new_centre(), **change), setup.new_recovery_code())
    assert not home.folder.exists()


def test_data_that_are_there_are_not_touched(file_desk: Desk) -> None:
    before = file_desk.home.keys.read_bytes()
    with pytest.raises(DataThere):
        setup.make_centre(file_desk.home, new_centre(), setup.new_recovery_code())
    assert file_desk.home.keys.read_bytes() == before


def test_groups_are_compared_as_people_type_them() -> None:
    code = "01234-ABCDE-FGHJK-MNPQR-STVWX-YZ012-34AB"
    setup.check_group(code, 1, " o1234 ")
    setup.check_group(code, 1, "OL234")
    setup.check_group(code, 7, "34ab")
    for typed in ("", "01235", "012345", "ABCDE"):
        with pytest.raises(setup.WrongGroup) as told:
            setup.check_group(code, 1, typed)
        assert told.value.params == {"number": 1}


# ------------------------------------------------------------------------------------------------- a network


@pytest.mark.postgres
def test_a_desk_joins_and_knows_its_centre(server_desk: Desk, home: Home) -> None:
    settings = server_desk.home.settings()
    assert settings.server is not None
    office = setup.join_server(home, settings.server, "educator", PASSWORD, clock=server_desk.clock)
    assert home.settings() == settings
    assert office.actor.role == "educator"
    office.close()
    with pytest.raises(DataThere):
        setup.join_server(home, settings.server, "educator", PASSWORD)


@pytest.mark.postgres
def test_nobody_joins_with_a_wrong_password(server_desk: Desk, home: Home) -> None:
    server = server_desk.home.settings().server
    assert server is not None
    with pytest.raises(WrongPassword) as told:
        setup.join_server(home, server, "educator", "not that one")
    assert told.value.field == "password"
    assert is_empty(home)


@pytest.mark.postgres
def test_nobody_joins_who_is_no_longer_active(server_desk: Desk, home: Home) -> None:
    server = server_desk.home.settings().server
    assert server is not None
    admin = server_desk.office
    row = next(one for one in admin.fetch(staff.colleagues) if one.login == "educator")
    admin.run(leaving.note_left, row.id)
    with pytest.raises(session.NotStaff):
        setup.join_server(home, server, "educator", PASSWORD)
    assert is_empty(home)


@pytest.mark.postgres
def test_nothing_is_left_if_the_sign_in_fails_after_all(server_desk: Desk, home: Home) -> None:
    """The server lets the person in, but their keys are gone."""
    server = server_desk.home.settings().server
    assert server is not None
    with server_desk.office.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM key_slot WHERE login = 'educator'"))
    with pytest.raises(Exception, match=r"WrongPassword|KeysDamaged"):
        setup.join_server(home, server, "educator", PASSWORD)
    assert not home.exists()


@pytest.mark.parametrize(
    ("host", "ca_file", "sslmode"),
    [("localhost", None, "prefer"), ("127.0.0.1", "ca.pem", "verify-full"), ("db.example.it", None, "verify-full")],
)
def test_only_this_computer_is_spoken_to_without_a_certificate(
    home: Home, monkeypatch: pytest.MonkeyPatch, host: str, ca_file: str | None, sslmode: str
) -> None:
    seen: list[Server] = []

    def look(_home: Home, server: Server, _login: str, _password: str) -> None:
        seen.append(server)

    monkeypatch.setattr(setup, "join_server", look)
    setup.join(home, setup.Joining(host, 5432, "famdesk", "ada", NEW_PASSWORD, ca_file))
    assert seen == [Server(host, 5432, "famdesk", sslmode, ca_file)]


def test_a_server_that_is_not_there(home: Home) -> None:
    with pytest.raises(ServerGone):
        setup.join(home, setup.Joining("127.0.0.1", 1, "famdesk", "ada", NEW_PASSWORD))
    assert is_empty(home)


# --------------------------------------------------------------------------------------------------- a backup


@pytest.fixture
def copy(file_desk: Desk, tmp_path: Path) -> str:
    care.back_up(file_desk.office, tmp_path / "a.fdbackup")
    return str(tmp_path / "a.fdbackup")


def test_restored_with_a_password(home: Home, copy: str) -> None:
    office = setup.restore(home, setup.Restoring(copy, "reception", PASSWORD))
    assert office.actor.login == "reception"
    office.close()


def test_restored_with_the_sheet_and_a_new_password(home: Home, copy: str, file_desk: Desk) -> None:
    setup.restore(home, setup.Restoring(copy, "reception", NEW_PASSWORD, file_desk.recovery)).close()
    session.sign_in(home, "reception", NEW_PASSWORD).close()
    with pytest.raises(WrongPassword):
        session.sign_in(home, "reception", PASSWORD)


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"login": "nobody"}, setup.NoSuchUser, "login"),
        ({"password": "not that one"}, WrongPassword, "password"),
        ({"code": "AAAAA-BBBBB"}, WrongRecoveryCode, "recovery"),
        ({"code": "sheet", "password": "corta"}, WeakPassword, "password"),
        ({"file": "none"}, NotABackup, "file"),
    ],
)
def test_a_refused_backup_leaves_nothing(
    home: Home, copy: str, file_desk: Desk, change: dict[str, str], error: type[Exception], field: str
) -> None:
    if change.get("code") == "sheet":
        change = {**change, "code": file_desk.recovery}
    with pytest.raises(error) as told:
        setup.restore(home, replace(setup.Restoring(copy, "reception", PASSWORD), **change))
    assert told.value.field == field  # type: ignore[attr-defined]
    assert is_empty(home)
