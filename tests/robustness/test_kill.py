"""kill -9 in the middle of saving: what was acknowledged is there, and the data are whole."""

from __future__ import annotations

import random
import signal

import pytest
from sqlalchemy import select

from famdesk.data.tables.intake import InfoContact
from famdesk.data.tx import Tx
from tests.robustness.workers import famdesk, writer
from tests.support.offices import PASSWORD, Desk

SAVES = 500
KILLS = 6


def _ids(desk: Desk) -> set[str]:
    from famdesk.usecases import session

    office = session.sign_in(desk.home, "coordinator", PASSWORD)

    def every(tx: Tx) -> set[str]:
        return {row.id for row in tx.rows(select(InfoContact.id))}

    found = office.fetch(every)
    office.close()
    return found


@pytest.mark.slow
def test_kill_9_during_500_saves_loses_nothing_acknowledged(file_desk: Desk) -> None:
    """At random moments, also in the middle of a commit; the process names a record only once it was promised."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    file_desk.office.close()
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        promised = _killed_after(file_desk, chance.randrange(1, SAVES // KILLS * 2), kill)
        found = _ids(file_desk)
        assert promised
        acknowledged |= promised
        assert acknowledged <= found, f"seed {seed}: lost {len(acknowledged - found)}"
        assert len(found) <= len(acknowledged) + kill + 1, "more than the one save that was under way each time"
    done = famdesk(file_desk.home.folder, "verify")
    assert (done.returncode, done.stderr) == (0, "")


def _killed_after(desk: Desk, saves: int, kill: int) -> set[str]:
    """Kills a writer after so many acknowledgements, somewhere in a later save; gives what it acknowledged."""
    with writer(desk.home.folder, "reception", SAVES, f"kill {kill}") as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        lines = [process.stdout.readline() for _number in range(saves)]
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        lines += process.stdout.readlines()
    return {line.decode().strip() for line in lines if line.endswith(b"\n")}


@pytest.mark.slow
def test_all_500_are_there_when_nobody_kills(file_desk: Desk) -> None:
    file_desk.office.close()
    with writer(file_desk.home.folder, "reception", SAVES, "calm") as process:
        out, err = process.communicate()
    lines = out.decode().split()
    assert (lines[0], lines[-1], len(lines), err) == ("ready", "done", SAVES + 2, b"")
    assert set(lines[1:-1]) == _ids(file_desk)
