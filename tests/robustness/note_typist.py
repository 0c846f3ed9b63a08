"""Somebody who types a note in the real pane: `python -m tests.robustness.note_typist HOME NOTE`, until killed.

Each character is written to the standard output with the moment (a clock that never goes back) at which it was typed.
`--kills N`: is the parent instead, which makes a home, kills the typist N times and looks what is left.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.support.offices import PASSWORD, file_desk

TEXT = "Oggi la signora racconta che il bambino dorme meglio. "
EVERY_MS = 15
MISSING_SECONDS = 2.0
LOGIN = "psychologist"


def type_on(home: Path, note_id: str) -> None:
    """Types into the draft until somebody ends the process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QApplication

    from famdesk.data.home import Home
    from famdesk.ui.kit.runner import Runner
    from famdesk.ui.kit.theme import Look, Theme
    from famdesk.ui.notes.pane import NotePane
    from famdesk.usecases import session
    from famdesk.usecases.notes import note_reading

    application = QApplication([])
    theme = Theme(application, Look.LIGHT)
    office = session.sign_in(Home(home), LOGIN, PASSWORD)
    runner = Runner(office)
    pane = NotePane(runner)
    pane.show_note(office.fetch(note_reading.read, note_id))
    pane.show()
    pane.text.moveCursor(QTextCursor.MoveOperation.End)
    already = len(pane.text.toPlainText())
    typist = QTimer(pane)
    place = 0

    def key() -> None:
        nonlocal place
        letter = TEXT[(already + place) % len(TEXT)]
        pane.text.insertPlainText(letter)
        place += 1
        print(f"{time.monotonic():.4f}", flush=True)

    typist.timeout.connect(key)
    typist.start(EVERY_MS)
    print(f"ready {already}", flush=True)
    application.exec()
    del theme


def killed(home: Path, note_id: str, after: float) -> tuple[int, list[float], float]:
    """Starts a typist and kills it so many seconds after the first letter; gives how long the text was at first, when
    each letter was typed, and when it was killed."""
    command = [sys.executable, "-m", "tests.robustness.note_typist", str(home), note_id]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ) as process:
        assert process.stdout is not None
        already = int(process.stdout.readline().split()[1])
        first = float(process.stdout.readline())
        lines = [first]
        until = time.monotonic() + after
        while time.monotonic() < until:
            lines.append(float(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        at = time.monotonic()
        process.wait()
        lines += [float(line) for line in process.stdout.read().splitlines() if line.count(b".") == 1]
    return already, lines, at


def left(home: Path, note_id: str) -> str:
    """The draft as it can be read after a kill; the data are proved on the way."""
    from famdesk.data.checks.verify import verify
    from famdesk.data.home import Home
    from famdesk.usecases import session
    from famdesk.usecases.notes import note_reading

    office = session.sign_in(Home(home), LOGIN, PASSWORD)
    try:
        assert verify(office.store.engine, office.keystore.load()) == []
        return office.fetch(note_reading.read, note_id).texts.text
    finally:
        office.close()


def expected(length: int) -> str:
    """The first letters that anybody types here."""
    return (TEXT * (length // len(TEXT) + 1))[:length]


def begun(home: Path) -> str:
    """A home with a draft; gives its id."""
    from famdesk.usecases.notes import notes
    from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
    from famdesk.usecases.people import people

    desk = file_desk(home)
    office = desk.sign_in(LOGIN)
    person = office.run(people.add_person, surname="Rossi")
    note_id = office.run(notes.start, NoteValues("individual", date(2025, 2, 10), (person,)), NoteTexts(""))
    desk.close()
    return note_id


def tried(home: Path, note_id: str, after: float) -> float:
    """One kill; gives how many seconds of typing are missing.

    Raises:
        AssertionError: the text is not the beginning of what was typed, or more than two seconds are missing.
    """
    already, typed, at = killed(home, note_id, after)
    text = left(home, note_id)
    assert text == expected(len(text)), "the note is broken"
    assert already <= len(text) <= already + len(typed), "less than was there before, or more than was typed"
    first_missing = len(text) - already
    missing = at - typed[first_missing] if first_missing < len(typed) else 0.0
    assert missing <= MISSING_SECONDS, f"{missing:.2f} seconds are missing"
    return missing


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", nargs="?", type=Path)
    parser.add_argument("note", nargs="?")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if not options.kills:
        type_on(options.home, options.note)
        return
    chance, worst = random.Random(options.seed), 0.0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        note_id = begun(home)
        for number in range(1, options.kills + 1):
            worst = max(worst, tried(home, note_id, chance.uniform(0.05, 4.0)))
            print(f"{number} kills, at most {worst:.2f} seconds missing", flush=True)


if __name__ == "__main__":
    main()
