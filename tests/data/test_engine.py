"""The encrypted file: never plain, never by a passphrase, and no word of it readable anywhere in the folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from famdesk.data import engine
from famdesk.data.engine import READ_ONLY, sqlite_connection, sqlite_engine
from famdesk.data.failures import Corrupt
from famdesk.data.home import Server
from famdesk.usecases import care, session
from famdesk.usecases.people import people
from tests.support.offices import CHEAP, PASSWORD, Desk

KEY = bytes(range(32))


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    """SQLCipher would take 62 digits as a passphrase without a word."""
    for length in (0, 31, 33, 64):
        with pytest.raises(ValueError, match="32 bytes"):
            sqlite_connection(tmp_path / "x.db", b"k" * length)
    assert not (tmp_path / "x.db").exists()


def test_the_file_has_no_sqlite_header(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connection = sqlite_connection(path, KEY)
    connection.execute("CREATE TABLE zanzara (a TEXT)")
    connection.close()
    assert not engine.is_plain(path)
    assert b"zanzara" not in path.read_bytes()
    import sqlite3

    with sqlite3.connect(path) as plain, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()
    plainly = tmp_path / "plain.db"
    with sqlite3.connect(plainly) as plain:
        plain.execute("CREATE TABLE a (b)")
    plain.close()
    assert engine.is_plain(plainly)


def test_another_key_and_a_plain_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connection = sqlite_connection(path, KEY)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(Corrupt) as caught:
        sqlite_connection(path, bytes(32))
    assert "damaged" in caught.value.sentence()


def test_an_sqlite_that_does_not_encrypt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    class Plain:
        DatabaseError = sqlite3.DatabaseError

        @staticmethod
        def connect(path: str, **options: Any) -> sqlite3.Connection:
            return sqlite3.connect(path, **options)

    monkeypatch.setattr(engine, "sqlcipher", Plain)
    with pytest.raises(ValueError, match="does not encrypt"):
        sqlite_connection(tmp_path / "x.db", KEY)


def test_a_folder_that_is_not_there_is_the_drivers_error(tmp_path: Path) -> None:
    with pytest.raises(DBAPIError, match="unable to open"), sqlite_engine(tmp_path / "no" / "x.db", KEY).connect():
        pass


def test_how_every_connection_is_set(file_desk: Desk) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "trusted_schema": 0,
              "busy_timeout": 10_000, "secure_delete": 1}  # fmt: skip
    with file_desk.office.store.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert connection.exec_driver_sql("PRAGMA cipher_provider").scalar() == "openssl"
        assert connection.exec_driver_sql("PRAGMA kdf_iter").scalar() is not None
    assert found == wanted


def test_a_writer_takes_the_lock_at_its_start_and_a_reader_does_not(file_desk: Desk) -> None:
    engine_ = file_desk.office.store.engine
    with engine_.connect() as writer, engine_.connect().execution_options(**{READ_ONLY: True}) as reader:
        writer.execute(text("SELECT 1"))
        assert reader.execute(text("SELECT count(*) FROM staff")).scalar()
        other = sqlite_connection(file_desk.home.database, file_desk.office.unlocked.database_key)
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(engine.sqlcipher.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_no_planted_word_is_readable_in_the_folder(file_desk: Desk) -> None:
    """Database, write-ahead log, key file, settings, wrong tries, backup; searched in every usual encoding."""
    surname, password = "Zanzaraverde", "zanzara-segreta-77"
    office = file_desk.sign_in("reception")
    for number in range(30):
        office.run(people.add_person, surname=f"{surname}{number}", given_name=surname, phone="0372 987654")
    office.fetch(people.find_persons, surname)
    with pytest.raises(session.keys.WrongPassword):
        session.sign_in(file_desk.home, surname, surname, clock=file_desk.clock)
    session.change_password(office, PASSWORD, password, cost=CHEAP)
    care.back_up(file_desk.office, file_desk.home.folder / "copy.fdbackup")
    wal = file_desk.home.database.with_name("famdesk.db-wal")
    assert wal.stat().st_size > 4096, "the log is part of what is searched"
    files = [path for path in file_desk.home.folder.rglob("*") if path.is_file()]
    assert {"famdesk.db", "famdesk.db-wal", "famdesk.keys", "famdesk.json", "famdesk.tries", "copy.fdbackup"} <= {
        path.name for path in files
    }
    secrets = [
        surname,
        surname.lower(),
        "987654",
        password,
        PASSWORD,
        "Prova reception",
        "contact_point",
        "info_contact",
    ]
    forms = [
        form for word in secrets for form in (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode())
    ]
    forms += [key for raw in (office.unlocked.master, office.unlocked.database_key)
              for key in (raw, raw.hex().encode())]  # fmt: skip
    for path in files:
        content = path.read_bytes()
        assert not [form for form in forms if form in content], path.name
    assert not engine.is_plain(file_desk.home.database)


def test_neither_key_nor_values_reach_a_log(file_desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        office = file_desk.sign_in("reception")
        office.run(people.add_person, surname="Zanzaraverde", given_name="Lia")
    everything = " ".join(record.getMessage() for record in caplog.records)
    assert office.unlocked.database_key.hex() not in everything
    assert "Zanzaraverde" not in everything


def test_how_a_server_is_reached() -> None:
    safe = engine.postgres_engine(Server("db.example", 5432, "famdesk", ca_file="/ca.pem"), "anna", "parola")
    query = dict(safe.url.query)
    assert (query["sslmode"], query["channel_binding"], query["sslrootcert"]) == ("verify-full", "require", "/ca.pem")
    assert (safe.url.username, safe.url.database) == ("fd_famdesk:anna", "famdesk")
    assert query["tcp_user_timeout"] == "5000"
    assert "parola" not in repr(safe) + str(safe.url)
    assert Server("h", 1, "d").sslmode == "verify-full"
    other = engine.postgres_engine(Server("h", 1, "d", sslmode="disable"), "anna", "parola")
    assert "channel_binding" not in other.url.query


def test_no_two_databases_share_a_role_name() -> None:
    assert engine.role_name("a", "b_anna") != engine.role_name("a_b", "anna")
