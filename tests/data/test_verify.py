"""Each way to tamper with the data is named; what was done by right is not."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.data.checks import verify as proof
from famdesk.data.checks.verify import verify
from famdesk.data.engine import sqlite_connection, sqlite_engine
from famdesk.data.journal import entry_hash
from famdesk.data.keys.crypto import KeyPairs
from famdesk.data.keys.keystore import KeyFile
from famdesk.usecases import session
from famdesk.usecases.people import people
from tests.support.offices import PASSWORD, Desk

STEP = 3
"""The entry that is tampered with; later ones follow it."""


class Opened:
    """The database of a desk that is closed, in the hands of somebody with the key and without the program."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.key, self.centre = desk, desk.office.unlocked.database_key, desk.office.actor.centre_id
        desk.office.run(people.add_person, surname="Uno", given_name="Lia")
        desk.office.close()
        self.ring = KeyFile(desk.home.keys).load()

    def sql(self, *statements: str | tuple[str, tuple[Any, ...]]) -> None:
        connection = sqlite_connection(self.desk.home.database, self.key)
        connection.execute("PRAGMA foreign_keys = OFF")
        for trigger in ("audit_no_update", "audit_no_delete", "audit_in_order", "audit_moves_head"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(*([statement] if isinstance(statement, str) else statement))
        connection.close()

    def entry(self, seq: int) -> dict[str, Any]:
        connection = sqlite_connection(self.desk.home.database, self.key)
        cursor = connection.execute("SELECT * FROM audit WHERE seq = ?", (seq,))
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
        connection.close()
        return row

    def found(self, ring: Any = None) -> list[str]:
        engine = sqlite_engine(self.desk.home.database, self.key)
        try:
            return [finding.sentence() for finding in verify(engine, ring or self.ring)]
        finally:
            engine.dispose()


@pytest.fixture
def opened(file_desk: Desk) -> Opened:
    # The administrator may not touch persons, so the receptionist does the work here.
    file_desk.office.close()
    file_desk.office = file_desk.sign_in("reception")
    return Opened(file_desk)


def test_all_is_well(opened: Opened) -> None:
    assert opened.found() == []
    assert opened.entry(STEP)["seq"] == STEP


def test_on_a_server_too_for_whoever_asks(desk: Desk) -> None:
    """Somebody who may not see a protected file's changes is not told that they were altered."""
    reception, coordinator = desk.sign_in("reception"), desk.sign_in("coordinator")
    added = reception.run(people.add_person, surname="Uno", given_name="Lia", phone="0372 123456")
    coordinator.run(people.set_protection, added, 1, protected=True, restricted=False, reason="ordine")
    for office in (reception, coordinator, desk.office):
        assert verify(office.store.engine, office.keystore.load()) == []


FIELDS = ("at", "staff_id", "role", "station", "kind", "action", "subjects", "details", "reason", "undoes", "digest",
          "prev", "hash")  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_is_named(opened: Opened, field: str) -> None:
    opened.sql((f"UPDATE audit SET {field} = '7' WHERE seq = ?", (STEP,)))
    # A changed hash also breaks the entry that follows it.
    later = [f"Journal: entry {STEP + 1} was changed."] if field == "hash" else []
    assert opened.found() == [f"Journal: entry {STEP} was changed.", *later]


@pytest.mark.parametrize("field", ["signer", "signature"])
@pytest.mark.parametrize("value", ["", "not base64", base64.b64encode(bytes(64)).decode()])
def test_a_changed_signature_is_named(opened: Opened, field: str, value: str) -> None:
    opened.sql((f"UPDATE audit SET {field} = ? WHERE seq = ?", (value, STEP)))
    assert opened.found() == [f"Journal: the signature of entry {STEP} is not that of a known colleague."]


def test_an_entry_in_the_name_of_another_is_named(opened: Opened) -> None:
    """Hash and signature are right, but the key is nobody's here, or another colleague's."""
    seq = opened.entry(STEP)["seq"]
    for pairs in (KeyPairs.new(), opened.desk.sign_in("coordinator").unlocked.pairs):
        entry = opened.entry(seq)
        text = base64.b64encode(pairs.sign_public).decode()
        signature = base64.b64encode(pairs.signature(entry["hash"].encode())).decode()
        engine = sqlite_engine(opened.desk.home.database, opened.key)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_no_update")
            connection.exec_driver_sql(
                "UPDATE audit SET signer = ?, signature = ? WHERE seq = ?", (text, signature, seq)
            )
        engine.dispose()
        assert opened.found() == [f"Journal: the signature of entry {STEP} is not that of a known colleague."]


def test_a_gap_is_named(opened: Opened) -> None:
    opened.sql((f"DELETE FROM audit WHERE seq = {STEP}", ()))
    assert opened.found() == [f"Journal: entry {STEP} is missing."]


def test_all_entries_after_a_place_are_gone(opened: Opened) -> None:
    opened.sql(f"DELETE FROM audit WHERE seq > {STEP}")
    assert opened.found() == [f"Journal: the entries after {STEP} are missing."]


def test_a_tail_cut_with_care_is_named_by_the_key_file(opened: Opened) -> None:
    """The head is put back too: inside the database all fits, and only the anchor knows better."""
    digest = opened.entry(STEP)["hash"]
    opened.sql(f"DELETE FROM audit WHERE seq > {STEP}", f"DELETE FROM change WHERE seq > {STEP}",
               f"UPDATE audit_head SET seq = {STEP}, hash = '{digest}'")  # fmt: skip
    assert opened.found() == [f"Journal: the entries after {STEP} are missing."]
    assert opened.found(replace(opened.ring, anchors={})) == []
    with pytest.raises(session.OldState):
        session.sign_in(opened.desk.home, "reception", PASSWORD, clock=opened.desk.clock)


def test_a_journal_that_is_gone_whole_is_named(opened: Opened) -> None:
    opened.sql("DELETE FROM audit", "DELETE FROM change", "DELETE FROM audit_head")
    assert opened.found() == ["Journal: the entries after 0 are missing."]


def test_a_missing_head_is_named(opened: Opened) -> None:
    opened.sql("DELETE FROM audit_head")
    assert len(opened.found()) == 1


@pytest.mark.parametrize("field", ["position", "table_name", "row_id", "before", "after"])
def test_altered_changes_are_named(opened: Opened, field: str) -> None:
    seq = _last_with_changes(opened)
    opened.sql((f"UPDATE change SET {field} = '7' WHERE seq = ? AND position = 0", (seq,)))
    assert opened.found() == [f"Journal: the changes kept with entry {seq} were altered."]


def test_a_change_put_beside_the_others_is_named(opened: Opened) -> None:
    seq = _last_with_changes(opened)
    columns = "centre_id, seq, 99, table_name, row_id, person_id, staff_id, before, after"
    opened.sql(f"INSERT INTO change SELECT lower(hex(randomblob(16))), {columns} FROM change WHERE seq = {seq} LIMIT 1")
    assert opened.found() == [f"Journal: the changes kept with entry {seq} were altered."]


def test_changes_may_be_thinned_out(opened: Opened) -> None:
    opened.sql(f"DELETE FROM change WHERE seq <= {STEP}")
    assert opened.found() == []


def _last_with_changes(opened: Opened) -> int:
    connection = sqlite_connection(opened.desk.home.database, opened.key)
    seq: int = connection.execute("SELECT max(seq) FROM change").fetchone()[0]
    connection.close()
    return seq


def test_several_broken_places_are_all_named(opened: Opened) -> None:
    opened.sql("UPDATE audit SET action = 'x' WHERE seq = 2", "UPDATE audit SET action = 'x' WHERE seq = 5",
               "UPDATE audit SET signature = 'x' WHERE seq = 7")  # fmt: skip
    assert len(opened.found()) == 3


def test_a_reference_to_nothing_is_named(opened: Opened) -> None:
    opened.sql("UPDATE staff SET employer_body_id = '0' WHERE login = 'reception'")
    assert "A row of staff points to nothing." in opened.found()


def test_every_page_is_under_the_seal(opened: Opened, tmp_path: Path) -> None:
    """One bit in each page in turn; a page more or less at the end as well."""
    whole = opened.desk.home.database.read_bytes()
    copy = tmp_path / "copy.db"
    pages = len(whole) // 4096
    assert pages > 40
    for page in range(0, pages, max(1, pages // 60)):
        data = bytearray(whole)
        data[page * 4096 + 97 + page % 3000] ^= 1 << page % 8
        copy.write_bytes(bytes(data))
        _damaged(copy, opened)
    for length in (len(whole) - 4096, len(whole) // 2, len(whole) - 2048):
        copy.write_bytes(whole[:length])
        _damaged(copy, opened)


def _damaged(path: Path, opened: Opened) -> None:
    engine = sqlite_engine(path, opened.key)
    findings = verify(engine, opened.ring)
    engine.dispose()
    assert findings, "the damage was not seen"
    assert isinstance(findings[0], proof.PageDamaged)
    for name in ("-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)


def test_an_old_copy_put_back_is_noticed(file_desk: Desk) -> None:
    """SQLCipher sees nothing wrong with yesterday's file; the key file's anchor does."""
    home = file_desk.home
    file_desk.office.close()
    old = home.database.read_bytes()
    office = file_desk.sign_in("reception")
    office.run(people.add_person, surname="Uno", given_name="Lia")
    office.close()
    for name in ("famdesk.db-wal", "famdesk.db-shm"):
        (home.folder / name).unlink(missing_ok=True)
    home.database.write_bytes(old)
    with pytest.raises(session.OldState) as caught:
        file_desk.sign_in("reception")
    assert "older" in caught.value.sentence()
    done = run_famdesk(home.folder, "verify")
    assert done.returncode == 1
    assert "the entries after" in done.stderr
    again = run_famdesk(home.folder, "verify")
    assert again.returncode == 1, "asking twice must not make it good"


def run_famdesk(folder: Path, *command: str, user: str = "coordinator") -> subprocess.CompletedProcess[str]:
    """The program's command line in a process of its own, in English."""
    environment = {**os.environ, "FAMDESK_PASSWORD": PASSWORD, "FAMDESK_LANGUAGE": "en"}
    arguments = [sys.executable, "-m", "famdesk", command[0], "--home", str(folder), "--user", user, *command[1:]]
    return subprocess.run(arguments, capture_output=True, text=True, env=environment, check=False)


def test_the_command_says_where(opened: Opened) -> None:
    done = run_famdesk(opened.desk.home.folder, "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert "All is well" in done.stdout
    opened.sql("UPDATE audit SET action = 'x' WHERE seq = 2")
    done = run_famdesk(opened.desk.home.folder, "verify")
    assert done.returncode == 1
    assert "entry 2 was changed" in done.stderr


def test_a_deleted_write_ahead_log_is_noticed(file_desk: Desk, tmp_path: Path) -> None:
    """What a machine that was switched off had only in the log, and somebody tidied the folder."""
    office = file_desk.sign_in("reception")
    office.run(people.add_person, surname="Uno", given_name="Lia")
    session.leave_anchor(office)
    crashed = tmp_path / "crashed"
    shutil.copytree(file_desk.home.folder, crashed)
    (crashed / "famdesk.db-wal").unlink()
    (crashed / "famdesk.db-shm").unlink(missing_ok=True)
    with pytest.raises(session.OldState):
        session.sign_in(type(file_desk.home)(crashed), "reception", PASSWORD, clock=file_desk.clock)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20), min_size=1))
def test_no_other_content_has_the_same_hash(other: dict[str, str]) -> None:
    entry: dict[str, Any] = {"centre_id": "c", "seq": 1, **dict.fromkeys(FIELDS, "\x01")}
    covered = {name for name, value in other.items() if value != entry[name]} - {"hash"}
    assert (entry_hash(entry) == entry_hash(entry | other)) == (not covered)
