"""What runs in processes of its own: writers that say on a pipe what they have been promised."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.offices import PASSWORD

ROOT = Path(__file__).parents[2]

WRITER = """
import os, sys
from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.intake import intake
folder, login, count, mark = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
office = session.sign_in(Home(__import__("pathlib").Path(folder)), login, os.environ["FAMDESK_PASSWORD"])
os.write(1, b"ready\\n")
for number in range(count):
    made = office.run(intake.log_contact, channel="door", need_text=f"{mark} {number}", age_band=None, answer=None)
    os.write(1, f"{made}\\n".encode())
office.close()
os.write(1, b"done\\n")
"""
"""Logs contacts one by one and names each after `office.run` has returned, never before."""


@contextmanager
def writer(folder: Path, login: str, count: int, mark: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that saves `count` records; past the block it is gone."""
    command = [sys.executable, "-c", WRITER, str(folder), login, str(count), mark]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=_environment())
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream
            stream.close()


def famdesk(folder: Path, *command: str, user: str = "coordinator") -> subprocess.CompletedProcess[str]:
    """The program's command line, in English."""
    arguments = [sys.executable, "-m", "famdesk", command[0], "--home", str(folder), "--user", user, *command[1:]]
    return subprocess.run(arguments, capture_output=True, text=True, env=_environment(), cwd=ROOT, check=False)


def _environment() -> dict[str, str]:
    return {**os.environ, "FAMDESK_PASSWORD": PASSWORD, "FAMDESK_LANGUAGE": "en"}
