"""Notes of one author: the list, the search after sign-in, opening one, beside the raw decryption of the same texts.

`python -m tests.benchmarks.notes [--notes 10000] [--home HOME]`: HOME is filled the first time and kept.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from famdesk.data.home import Home
from famdesk.data.keys import note_seal
from famdesk.data.keys.crypto import KeyPairs
from famdesk.data.tables.notes import Note
from famdesk.data.tx import Tx
from famdesk.usecases import session
from famdesk.usecases.notes import note_reading, note_search, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import PASSWORD, file_desk

LOGIN = "psychologist"
FIRST = date(2015, 1, 7)
SENTENCES = ("La signora racconta della settimana.", "Il bambino dorme meglio.", "Prosegue il lavoro sui confini.",
             "Chiede un incontro con la scuola.", "Il padre partecipa volentieri.")  # fmt: skip
AT_ONCE = 250
ROUNDS = 15


def filled(folder: Path, count: int) -> None:
    """A home with so many signed notes of one author about two hundred people."""
    desk = file_desk(folder)
    office = desk.sign_in(LOGIN)
    persons = [office.run(people.add_person, surname=f"Rossi{number}", given_name="Ada") for number in range(200)]
    for first in range(0, count, AT_ONCE):

        def write(tx: Tx, first: int = first) -> None:
            with tx.doing(notes.start.name):
                for number in range(first, min(first + AT_ONCE, count)):
                    said = " ".join(SENTENCES[(number + step) % 5] for step in range(12)) + f" incontro n{number}z"
                    values = NoteValues("individual", FIRST + timedelta(days=number // 3), (persons[number % 200],))
                    note_id = notes.start(tx, values, NoteTexts(said))
                    tx.session.flush()
                    notes.sign(tx, note_id, tx.session.get(Note, note_id).version)  # type: ignore[union-attr]

        office.run(write)
        print(f"{first + AT_ONCE} notes", flush=True)
    desk.close()


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of a few runs, in milliseconds."""
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def read_all(office: Office) -> note_search.Words:
    """What the page does after sign-in, page by page."""
    found, after = note_search.Words(), ""
    while rows := office.fetch(note_search.texts, after):
        found.take(rows)
        after = rows[-1][0]
    return found


def raw_ms(count: int) -> float:
    """Milliseconds for unsealing the key and opening the text of so many notes, and nothing else."""
    pairs, key = KeyPairs.new(), note_seal.new_key()
    spot = note_seal.Spot("c", "n", "p", "a", "text")
    sealed, held = (
        note_seal.close(key, " ".join(SENTENCES * 3).encode(), spot),
        note_seal.key_for(pairs.box_public, key),
    )
    began = time.perf_counter()
    for _number in range(count):
        note_seal.open_(note_seal.key_of(pairs, held), sealed, spot)
    return (time.perf_counter() - began) * 1000


def measured(home: Home, count: int) -> dict[str, float]:
    """All figures in milliseconds, and the ratio of reading all to the raw decryption."""
    office = session.sign_in(home, LOGIN, PASSWORD)
    listed = median_ms(lambda: office.fetch(note_reading.mine))
    ids = [row.id for row in office.fetch(note_reading.mine)]
    one = median_ms(lambda: office.fetch(note_reading.read, ids[len(ids) // 2]))
    began = time.perf_counter()
    words = read_all(office)
    everything = (time.perf_counter() - began) * 1000
    found = median_ms(lambda: words.find(f"incontro n{count // 2}z"))
    assert len(words.find(f"n{count // 2}z")) == 1
    raw = raw_ms(count)
    chain = median_ms(lambda: office.fetch(note_reading.chain), 3)
    hits = median_ms(lambda: office.fetch(note_reading.mine, ids=tuple(words.find("sonno scuola rossi1"))))
    office.close()
    return {"notes": count, "list": listed, "open": one, "search": found, "read all for the search": everything,
            "raw decryption of all": raw, "ratio": everything / raw, "250 of the chain": chain,
            "hits of a search": hits}  # fmt: skip


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.home or Path(folder) / "home"
        if not (place / "famdesk.json").exists():
            filled(place, options.notes)
        print(
            json.dumps(
                {name: round(value, 2) for name, value in measured(Home(place), options.notes).items()}, indent=1
            )
        )


if __name__ == "__main__":
    main()
