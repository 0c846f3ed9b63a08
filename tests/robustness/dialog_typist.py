"""Somebody who types into a dialog of the real window: `python -m tests.robustness.dialog_typist HOME DIALOG`, until
killed. Each letter is told on the standard output with the moment (a clock that never goes back) at which it was typed.

`--kills N`: is the parent instead, which makes a home, kills such a typist N times at random moments, each dialog in
its turn, and looks what is offered at the next sign-in.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.offices import PASSWORD, file_desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from famdesk.desk import DeskWindow

TEXT = "Oggi la signora racconta che il bambino dorme meglio. "
EVERY_MS = 15
LONGEST_MS = 60_000
MISSING_SECONDS = 2.0
Opener = Callable[["DeskWindow"], Any]


def _of(desk: DeskWindow) -> tuple[QWidget, Any, Any]:
    shell, session = desk.window.shell, desk.session
    assert shell is not None
    assert session is not None
    return shell, session.runner, session.office


def _somebody(office: Any) -> Any:
    from famdesk.usecases.people import people

    return office.fetch(people.find_persons, "rossi")[0]


def _letter(desk: DeskWindow) -> Any:
    from famdesk.ui.people.letter_dialog import LetterDialog
    from famdesk.usecases.people import person_file

    shell, runner, office = _of(desk)
    return LetterDialog(shell, runner, office.fetch(person_file.person, _somebody(office).id))


def _letters(desk: DeskWindow) -> Any:
    from famdesk.ui.people.many_letters import ManyLettersDialog

    shell, runner, office = _of(desk)
    return ManyLettersDialog(shell, runner, (_somebody(office).id,))


def _report(desk: DeskWindow) -> Any:
    from famdesk.ui.notes.release_dialog import ReleaseDialog

    shell, runner, office = _of(desk)
    return ReleaseDialog(shell, runner, ((_somebody(office).id, "Rossi"),))


def _hand_over(desk: DeskWindow) -> Any:
    from famdesk.ui.settings.handing_over import HandOverDialog

    return HandOverDialog(*_of(desk))


def _free_slots(desk: DeskWindow) -> Any:
    from famdesk.ui.calendar.editor_form import Choices
    from famdesk.ui.calendar.free_slot_dialog import FreeSlotDialog, SlotStart
    from famdesk.usecases.calendar import calendar_board

    shell, runner, office = _of(desk)
    board = office.fetch(calendar_board.board, date(2025, 2, 10), date(2025, 2, 15))
    return FreeSlotDialog(shell, runner, Choices.of(board), SlotStart(datetime(2025, 2, 11, 9)))


def _appointment(desk: DeskWindow) -> Any:
    from famdesk.ui.calendar.deeds import CancelDialog

    shell, runner, _office = _of(desk)
    return CancelDialog(shell, runner, "none", 1)


def _person(desk: DeskWindow) -> Any:
    from famdesk.ui.people.person_dialog import PersonDialog

    shell, runner, _office = _of(desk)
    return PersonDialog(shell, runner, None)


OPENERS: dict[str, tuple[str, Opener]] = {
    "letter": ("social_worker", _letter),
    "letters": ("social_worker", _letters),
    "report": ("psychologist", _report),
    "hand_over": ("administrator", _hand_over),
    "free_slots": ("reception", _free_slots),
    "cancelling": ("reception", _appointment),
    "person": ("reception", _person),
}
"""Who opens what."""


def type_on(home: Path, name: str) -> None:
    """Types into the longest field of the dialog until somebody ends the process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

    from famdesk.data.home import Home
    from famdesk.desk import DeskWindow
    from famdesk.usecases import session

    login, opener = OPENERS[name]
    application = QApplication([])
    desk = DeskWindow(application, Home(home))
    desk.start()
    desk.open_session(session.sign_in(Home(home), login, PASSWORD))
    dialog = opener(desk)
    dialog.open()
    assert desk.session is not None
    runner = desk.session.runner
    typist = QTimer(dialog)
    place = 0

    def begin() -> None:
        if not runner.idle():
            return
        fields = [one for one in dialog.findChildren(QPlainTextEdit) if not one.isReadOnly() and one.isVisible()]
        lines = [one for one in dialog.findChildren(QLineEdit) if one.isVisible() and hasattr(one, "edited")]
        field = next(iter(fields), None) or max(lines, key=lambda one: one.maxLength())
        field.clear()
        typist.timeout.disconnect()
        typist.timeout.connect(lambda: key(field))
        print("ready", flush=True)

    def key(field: QPlainTextEdit | QLineEdit) -> None:
        nonlocal place
        letter = TEXT[place % len(TEXT)]
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(letter)
        else:
            field.insert(letter)
            field.textEdited.emit(field.text())
        place += 1
        print(f"{time.monotonic():.4f}", flush=True)

    QTimer.singleShot(LONGEST_MS, lambda: os._exit(1))
    typist.timeout.connect(begin)
    typist.start(EVERY_MS)
    application.exec()


def killed(home: Path, name: str, after: float) -> tuple[list[float], float]:
    """Starts a typist and kills it so many seconds after the first letter; gives when each letter was typed, and when
    it was killed."""
    command = [sys.executable, "-m", "tests.robustness.dialog_typist", str(home), name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        lines = [float(process.stdout.readline())]
        until = time.monotonic() + after
        while time.monotonic() < until:
            lines.append(float(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        at = time.monotonic()
        process.wait()
        lines += [float(line) for line in process.stdout.read().splitlines() if line.count(b".") == 1]
    return lines, at


def left(home: Path, login: str) -> str:
    """What is offered of it after a kill, and thrown away; the data are proved on the way."""
    import json

    from famdesk.data.checks.verify import verify
    from famdesk.data.home import Home
    from famdesk.domain.staff import rights
    from famdesk.usecases import kept_texts, session
    from famdesk.usecases.intake import drafts

    office = session.sign_in(Home(home), login, PASSWORD)
    try:
        assert verify(office.store.engine, office.keystore.load()) == []
        texts = [text for form in kept_texts.read(office) for _label, text in form.fields]
        for draft in office.fetch(drafts.mine) if rights.cell(drafts.mine.name, office.role) else ():
            texts += [str(value) for value in json.loads(draft.body).values()]
            office.run(drafts.drop, draft.key)
        kept_texts.keep(office, ())
        return max((text for text in texts if text.startswith(TEXT[:3])), key=len, default="")
    finally:
        office.close()


def begun(home: Path) -> None:
    """A home with somebody to write to."""
    from famdesk.usecases.people import contacts, people

    desk = file_desk(home)
    office = desk.sign_in("social_worker")
    person = office.run(people.add_person, surname="Rossi", given_name="Ada")
    office.run(contacts.add_contact_point, person, kind="address", value="via Roma 1, Cremona")
    desk.close()


def tried(home: Path, name: str, after: float) -> float:
    """One kill; gives how many seconds of typing are missing.

    Raises:
        AssertionError: the text is not the beginning of what was typed, or more than two seconds are missing.
    """
    typed, at = killed(home, name, after)
    text = left(home, OPENERS[name][0])
    whole = (TEXT * (len(typed) // len(TEXT) + 1))[: len(typed)]
    assert whole.startswith(text), f"{name}: the text is broken"
    there = len(text) + (whole[len(text) : len(text) + 1] == " ")  # blanks at the end are no words
    missing = at - typed[there] if there < len(typed) else 0.0
    assert missing <= MISSING_SECONDS, f"{name}: {missing:.2f} seconds are missing"
    return missing


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", nargs="?", type=Path)
    parser.add_argument("dialog", nargs="?", choices=sorted(OPENERS))
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if not options.kills:
        type_on(options.home, options.dialog)
        return
    chance, worst = random.Random(options.seed), 0.0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        begun(home)
        for number, name in zip(range(1, options.kills + 1), itertools.cycle(OPENERS)):
            missing = tried(home, name, chance.uniform(0.05, 4.0))
            worst = max(worst, missing)
            print(f"{number} kills, {name}: {missing:.2f}, at most {worst:.2f} seconds missing", flush=True)


if __name__ == "__main__":
    main()
