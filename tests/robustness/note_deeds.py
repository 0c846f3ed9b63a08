"""Somebody who signs notes, puts files to one, or changes the password while writing, until killed:
`python -m tests.robustness.note_deeds HOME DEED`. What is done is told on the standard output once it is on disk.

`--kills N`: is the parent instead, which makes a home, kills such a worker N times at random moments, each deed in its
turn, and looks whether anything is half.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from famdesk.data.checks.verify import verify
from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteRow, NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import CHEAP, PASSWORD, file_desk

LOGIN = "psychologist"
DAY = date(2025, 2, 10)
PASSWORDS = (PASSWORD, "altalena-ombrello-quarzo-71", "girasole-tamburo-nebbia-38")
SMALLEST, LARGEST = 1_000, 400_000


def say(*words: object) -> None:
    print(*words, flush=True)


def begun(home: Path) -> str:
    """A home with one draft; gives its id."""
    desk = file_desk(home)
    office = desk.sign_in(LOGIN)
    person = office.run(people.add_person, surname="Rossi")
    note_id = office.run(notes.start, NoteValues("individual", DAY, (person,)), NoteTexts("0"))
    desk.close()
    return note_id


def opened(home: Path) -> Office:
    """Signs in with whichever of the passwords holds."""
    errors = []
    for password in PASSWORDS:
        try:
            return session.sign_in(Home(home), LOGIN, password)
        except Exception as error:
            errors.append(error)
    raise AssertionError(errors)


def _draft(office: Office) -> NoteRow:
    """The draft that was there first."""
    return min(office.fetch(note_reading.unsigned), key=lambda row: row.id)


# --------------------------------------------------------------------------------------------------- who is killed


def signing(office: Office) -> None:
    """Begins notes, with a file, and signs them."""
    people_ids = _draft(office).person_ids
    for number in itertools.count():
        note_id = office.run(notes.start, NoteValues("individual", DAY, people_ids), NoteTexts(f"nota {number}"))
        office.run(notes.attach, note_id, "foglio.txt", "text/plain", str(number).encode())
        say("begun", note_id, number)
        row = next(row for row in office.fetch(note_reading.unsigned) if row.id == note_id)
        office.run(notes.sign, note_id, row.version, NoteTexts(f"nota {number}, firmata"))
        say("signed", note_id, number)


def attaching(office: Office) -> None:
    """Puts files to the draft; each is called by what it must say."""
    draft, chance = _draft(office), random.Random()
    while True:
        data = chance.randbytes(chance.randrange(SMALLEST, LARGEST))
        name = hashlib.sha256(data).hexdigest()
        say("attached", office.run(notes.attach, draft.id, name, "image/png", data, "drawing"))


def password(office: Office) -> None:
    """Changes the password again and again, while a draft is being kept."""
    draft, now = _draft(office), next(one for one in PASSWORDS if _holds(office, one))
    for number in itertools.count(1):
        office.tend(notes.keep, draft.id, NoteTexts(str(number)))
        say("kept", number)
        after = PASSWORDS[(PASSWORDS.index(now) + 1) % len(PASSWORDS)]
        session.change_password(office, now, after, cost=CHEAP)
        now = after
        say("changed", PASSWORDS.index(now))


def _holds(office: Office, one: str) -> bool:
    from famdesk.data.keys import keys

    try:
        keys.unlock(office.keystore.load(), LOGIN, one)
    except keys.WrongPassword:
        return False
    return True


# --------------------------------------------------------------------------------------------------- what is left


def signing_left(office: Office, told: list[list[str]]) -> None:
    """Whatever was told to be signed is, and says what it said; the last one may be a whole draft."""
    chain = note_reading.UNREAD
    while (more := office.fetch(note_reading.chain, chain)).count > chain.count:
        chain = more
    assert chain.broken is None
    for what, note_id, number in told:
        note = office.fetch(note_reading.read, note_id)
        assert what != "signed" or note.row.state == "signed"
        wanted = f"nota {number}, firmata" if note.row.state == "signed" else f"nota {number}"
        assert note.texts.text == wanted
        (file,) = note.attachments
        assert office.fetch(note_reading.attachment, note_id, file.part_id) == number.encode()


def attaching_left(office: Office, told: list[list[str]]) -> None:
    """Each file that was told of is there whole, and at most one more."""
    draft = _draft(office)
    files = {file.part_id: file.name for file in office.fetch(note_reading.read, draft.id).attachments}
    known = {part_id for _what, part_id in told}
    assert known <= set(files)
    assert len(set(files) - known) <= 1
    for part_id, name in files.items():
        data = office.fetch(note_reading.attachment, draft.id, part_id)
        assert hashlib.sha256(data).hexdigest() == name
        office.run(notes.detach, draft.id, part_id)


def password_left(office: Office, told: list[list[str]]) -> None:
    """The password is the one that was told last or the next; the draft says what was kept last, or the next."""
    changed = [int(index) for what, index in told if what == "changed"]
    if changed:
        holds = next(index for index, one in enumerate(PASSWORDS) if _holds(office, one))
        assert holds in {changed[-1], (changed[-1] + 1) % len(PASSWORDS)}
    kept = [int(number) for what, number in told if what == "kept"]
    said = int(office.fetch(note_reading.read, _draft(office).id).texts.text)
    assert not kept or said in {kept[-1], kept[-1] + 1}


DEEDS: dict[str, tuple[Callable[[Office], None], Callable[[Office, list[list[str]]], None]]] = {
    "signing": (signing, signing_left),
    "attaching": (attaching, attaching_left),
    "password": (password, password_left),
}


def killed(home: Path, deed: str, after: float) -> list[list[str]]:
    """Starts a worker and kills it so many seconds after it began; gives what it told."""
    command = [sys.executable, "-m", "tests.robustness.note_deeds", str(home), deed]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n", "the worker did not start"
        time.sleep(after)
        assert process.poll() is None, "the worker ended by itself"
        process.kill()
        process.wait()
        rest = process.stdout.read().decode()
    return [line.split() for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def tried(home: Path, deed: str, after: float) -> int:
    """One kill; gives how many things had been done.

    Raises:
        AssertionError: something is half, or missing.
    """
    told = killed(home, deed, after)
    office = opened(home)
    try:
        assert verify(office.store.engine, office.keystore.load()) == []
        DEEDS[deed][1](office, told)
    finally:
        office.close()
    return len(told)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", nargs="?", type=Path)
    parser.add_argument("deed", nargs="?", choices=sorted(DEEDS))
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if not options.kills:
        office = opened(options.home)
        say("ready")
        DEEDS[options.deed][0](office)
        return
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        home, done = Path(folder) / "home", dict.fromkeys(DEEDS, 0)
        begun(home)
        for number, deed in zip(range(1, options.kills + 1), itertools.cycle(DEEDS), strict=False):
            done[deed] += tried(home, deed, chance.uniform(0.0, 1.5))
            print(f"{number} kills; done before: {done}", flush=True)


if __name__ == "__main__":
    main()
