"""What the disk and the server do wrong, told in a sentence; nothing is lost and it goes on afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from famdesk.data import failures
from famdesk.data.checks.verify import verify
from famdesk.data.engine import sqlcipher, sqlite_connection
from famdesk.data.failures import Busy, Corrupt, DiskFull, NoRights, ReadOnly, ServerGone, in_words
from famdesk.domain.errors import FamDeskError
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_search
from famdesk.usecases.staff import staff
from tests.support.offices import PASSWORD, Desk
from tests.support.postgres import Server


def _limited(desk: Desk, pragma: str) -> Callable[[], None]:
    """Puts a limit on the office's one connection; gives what takes it away."""
    engine = desk.office.store.engine
    engine.dispose()
    held = engine.raw_connection()
    held.cursor().execute(pragma)
    connection = held.driver_connection
    held.close()  # back into the pool: the next transaction gets this one

    def free() -> None:
        assert connection is not None
        connection.execute("PRAGMA max_page_count = 4294967294")
        connection.execute("PRAGMA query_only = 0")

    return free


def _people(office: Office) -> int:
    return len(office.fetch(people.find_persons, "riempie", 10_000))


def _fill(office: Office) -> None:
    office.run(people.add_person, surname="Riempie", given_name="Lia", note="x" * 9_000)


def _fill_up(office: Office) -> None:
    for _number in range(50):
        _fill(office)


def test_a_file_that_another_process_holds_is_busy_and_no_bug_of_ours() -> None:
    """Whatever SQLite calls it: it is over by itself."""
    for words in ("database is locked", "database table is locked", "locking protocol", "database is busy"):
        error = OperationalError("BEGIN IMMEDIATE", None, sqlcipher.OperationalError(words))
        assert type(failures.translated(error)) is Busy, words


def test_a_full_disk(file_desk: Desk) -> None:
    """The file may not grow by one page: what SQLite says then is what it says on a full disk."""
    reader = file_desk.sign_in("coordinator")
    file_desk.office = writer = file_desk.sign_in("reception")
    pages = _pages(file_desk)
    free = _limited(file_desk, f"PRAGMA max_page_count = {pages + 12}")
    before = _people(reader)
    with pytest.raises(DiskFull) as caught:
        _fill_up(writer)
    saved = _people(reader)
    assert 0 == before < saved < 50
    assert "full" in caught.value.sentence()
    assert "SQL" not in caught.value.sentence()
    with pytest.raises(DiskFull):
        _fill_up(writer)
    assert _people(reader) == saved
    free()
    _fill(writer)
    assert _people(reader) == saved + 1
    assert verify(writer.store.engine, writer.keystore.load()) == []


def _pages(desk: Desk) -> int:
    raw = desk.office.store.engine.raw_connection()
    count: int = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
    raw.close()
    return count


def test_a_disk_that_may_only_be_read(file_desk: Desk) -> None:
    file_desk.office = writer = file_desk.sign_in("reception")
    free = _limited(file_desk, "PRAGMA query_only = 1")
    with pytest.raises(ReadOnly) as caught:
        _fill(writer)
    assert "cannot be written" in caught.value.sentence()
    free()
    _fill(writer)


def test_somebody_else_is_writing(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("famdesk.data.engine.BUSY_MILLISECONDS", 1)
    writer = file_desk.sign_in("reception")
    other = sqlite_connection(file_desk.home.database, writer.unlocked.database_key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as caught:
        _fill(writer)
    assert "busy" in caught.value.sentence()
    other.execute("ROLLBACK")
    _fill(writer)
    other.close()


def test_a_damaged_page(file_desk: Desk) -> None:
    """From the third page on every page is overwritten: what still opens says so as soon as it is read."""
    file_desk.office.close()
    data = bytearray(file_desk.home.database.read_bytes())
    data[2 * 4096 :] = bytes(len(data) - 2 * 4096)
    file_desk.home.database.write_bytes(bytes(data))
    with pytest.raises(Corrupt) as caught:
        file_desk.sign_in("reception")
    assert "Restore" in caught.value.sentence()


def test_a_damaged_first_page(file_desk: Desk) -> None:
    file_desk.office.close()
    data = bytearray(file_desk.home.database.read_bytes())
    data[100] ^= 1
    file_desk.home.database.write_bytes(bytes(data))
    with pytest.raises(Corrupt):
        file_desk.sign_in("reception")


@pytest.mark.parametrize("empty", [False, True])
def test_a_database_that_is_gone_is_not_silently_made_anew(file_desk: Desk, empty: bool) -> None:
    file_desk.office.close()
    file_desk.home.database.unlink()
    if empty:
        file_desk.home.database.touch()
    with pytest.raises(session.DataMissing) as caught:
        file_desk.sign_in("reception")
    assert "missing" in caught.value.sentence()
    with pytest.raises(session.DataMissing):
        session.recover(file_desk.home, file_desk.recovery, "reception", "nuova-parola-mia", clock=file_desk.clock)
    assert not file_desk.home.database.exists() or not file_desk.home.database.stat().st_size


def test_an_empty_encrypted_file_is_not_taken_for_data(file_desk: Desk) -> None:
    key = file_desk.office.unlocked.database_key
    file_desk.office.close()
    for path in file_desk.home.folder.glob("famdesk.db*"):
        path.unlink()
    connection = sqlite_connection(file_desk.home.database, key)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(Corrupt):
        file_desk.sign_in("reception")


def test_a_home_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from famdesk.data.home import Home
    from famdesk.data.keys.crypto import new_recovery_code
    from famdesk.data.keys.keystore import KeyFile
    from tests.support.offices import CHEAP, new_centre

    home, code = Home(tmp_path / "home"), new_recovery_code()

    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(KeyFile, "save", full)
    with pytest.raises(DiskFull):
        session.create_home(home, new_centre(), code, cost=CHEAP)
    assert list(home.folder.iterdir()) == []
    monkeypatch.undo()
    session.create_home(home, new_centre(), code, cost=CHEAP).close()


@pytest.mark.postgres
def test_the_server_cuts_the_line_and_comes_back(server_desk: Desk, postgres: Server) -> None:
    office = server_desk.sign_in("reception")
    engine = office.store.engine

    def interrupted(tx: Any) -> None:
        people.add_person(tx, surname="Riempie", given_name="Lia")
        _cut(postgres, str(engine.url.database))
        tx.session.flush()
        tx.rows(people.select(people.Person.id))

    with pytest.raises(ServerGone) as caught:
        office.run(interrupted)
    assert "server" in caught.value.sentence()
    assert _people(office) == 0
    office.run(people.add_person, surname="Riempie", given_name="Lia")
    assert _people(office) == 1
    assert engine is office.store.engine


@pytest.mark.postgres
def test_a_line_that_ended_is_made_anew_for_the_next_question(
    server_desk: Desk, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = server_desk.sign_in("reception")
    database = str(office.store.engine.url.database)

    def interrupted(tx: Any) -> None:
        _cut(postgres, database)
        person_search.find_persons(tx, "riempie")

    for rest in (10.0, -1.0):  # what was at rest for long is asked whether it lives
        monkeypatch.setattr("famdesk.data.engine.AT_REST", rest)
        assert _people(office) == 0
        _cut(postgres, database)
        assert _people(office) == 0
        with pytest.raises(ServerGone):
            office.fetch(interrupted)


def _cut(server: Server, database: str) -> None:
    """Ends every connection of the receptionist, as the administrator of the server would."""
    import psycopg

    with psycopg.connect(server.dsn(database), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename LIKE %s", ("%:reception",)
        ).fetchall()
    assert ended


@pytest.mark.postgres
def test_a_server_that_is_not_there(server_desk: Desk) -> None:
    from dataclasses import replace

    settings = server_desk.home.settings()
    assert settings.server is not None
    server_desk.home.save_settings(replace(settings, server=replace(settings.server, port=1)))
    with pytest.raises(ServerGone) as caught:
        server_desk.sign_in("reception")
    assert "server" in caught.value.sentence()
    with pytest.raises(session.ServerRecovers):
        session.recover(server_desk.home, server_desk.recovery, "reception", PASSWORD)


@pytest.mark.postgres
def test_signing_out_of_a_server_that_is_gone_forgets_the_keys(server_desk: Desk) -> None:
    office = server_desk.sign_in("reception")
    office.store.engine.dispose()
    from sqlalchemy import create_engine

    office.store.engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(ServerGone):
        office.close()
    from famdesk.usecases.office import Locked

    with pytest.raises(Locked):
        office.fetch(staff.colleagues)
    office.close()


@pytest.mark.postgres
def test_a_row_that_the_server_keeps_is_told(server_desk: Desk) -> None:
    from famdesk.data.tables.staff import Staff

    office = server_desk.sign_in("reception")

    def promote(tx: Any) -> None:
        tx.session.add(Staff(centre_id=tx.centre_id, name="X", role="coordinator"))

    with pytest.raises(NoRights):
        office.run(promote)


STATES = [("53100", DiskFull), ("25006", ReadOnly), ("55P03", Busy), ("57014", Busy), ("40001", Busy), ("40P01", Busy),
          ("42501", NoRights), ("08006", ServerGone), ("57P01", ServerGone),
          ("23505", failures.NotPossible)]  # fmt: skip


@pytest.mark.parametrize(("state", "kind"), STATES)
def test_what_the_server_says_by_number(state: str, kind: type[FamDeskError]) -> None:
    from psycopg.errors import lookup
    from sqlalchemy.exc import IntegrityError

    wrapper = IntegrityError if state == "23505" else OperationalError
    found = failures.translated(wrapper("SELECT", {}, lookup(state)("Zanzaraverde")))
    assert type(found) is kind
    assert "Zanzaraverde" not in found.sentence() + str(found)


TEXTS = [("database or disk is full", DiskFull), ("attempt to write a readonly database", ReadOnly),
         ("unable to open database file", ReadOnly), ("database is locked", Busy), ("disk I/O error", Corrupt),
         ("database disk image is malformed", Corrupt), ("file is not a database", Corrupt)]  # fmt: skip


@pytest.mark.parametrize(("words", "kind"), TEXTS)
def test_what_sqlite_says_in_words(words: str, kind: type[FamDeskError]) -> None:
    assert type(failures.translated(OperationalError("SELECT", {}, sqlcipher.OperationalError(words)))) is kind


def test_a_wrong_statement_stays_a_bug() -> None:
    bug = OperationalError("SELECT", {}, sqlcipher.OperationalError("no such column: x"))
    assert failures.translated(bug) is None
    with pytest.raises(DBAPIError), in_words():
        raise bug


def test_a_server_error_without_a_number_is_a_lost_line() -> None:
    import psycopg

    assert type(failures.translated(OperationalError("", {}, psycopg.OperationalError("timeout")))) is ServerGone


@pytest.mark.parametrize(("number", "kind"), [(28, DiskFull), (122, DiskFull), (30, ReadOnly), (13, ReadOnly)])
def test_what_the_disk_says(number: int, kind: type[FamDeskError]) -> None:
    with pytest.raises(kind) as caught, in_words():
        raise OSError(number, "x")
    assert type(caught.value) is kind
