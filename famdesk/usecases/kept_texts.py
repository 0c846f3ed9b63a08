"""What stands unsaved in forms, sealed to whoever typed it, until it is saved or thrown away.

It is written down while somebody types, and mostly thrown away unread. It counts when the program ends before the form
was saved, however it ends: then it is shown at that person's next sign-in. One small file for each colleague in the
data folder of this desk; only their own key opens it. It needs neither the database nor the server.
"""

from __future__ import annotations

import base64
import json
import threading
from dataclasses import dataclass
from pathlib import Path

from famdesk.data.failures import in_words
from famdesk.data.home import Home
from famdesk.data.keys.crypto import Damaged, seal, unseal
from famdesk.data.platform import write_atomically
from famdesk.usecases.office import Office

FOLDER = "kept"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form: its title, and label and text of each field that has one; of a drawing also what was drawn, a PNG, and
    the note for which it is."""

    title: str
    fields: tuple[tuple[str, str], ...]
    picture: bytes = b""
    note_id: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Forms as they are written; b"" for none. The higher `number` is the newer one."""

    number: int
    body: bytes


class KeptFile:
    """The file of who is signed in. It seals also when the keys are forgotten, and is written from any thread."""

    def __init__(self, office: Office) -> None:
        self._public = office.actor.pairs.box_public
        self._path = _path(office.home, office.actor.staff_id)
        self._turn = threading.Lock()
        self._number = self._written = 0

    def seal(self, forms: tuple[KeptForm, ...]) -> Sealed:
        """What is to be written instead of what was written before."""
        self._number += 1
        body = json.dumps([_packed(form) for form in forms], ensure_ascii=True)
        return Sealed(self._number, seal(self._public, body.encode()) if forms else b"")

    def write(self, sealed: Sealed) -> None:
        """Writes it down, unless something newer was.

        Raises:
            DiskFull, ReadOnly.
        """
        with self._turn, in_words():
            if sealed.number <= self._written:
                return
            if sealed.body:
                self._path.parent.mkdir(mode=0o700, exist_ok=True)
                write_atomically(self._path, sealed.body)
            else:
                self._path.unlink(missing_ok=True)
            self._written = sealed.number


def keep(office: Office, forms: tuple[KeptForm, ...]) -> None:
    """Keeps what stands in forms, instead of what was kept before.

    Raises:
        DiskFull, ReadOnly.
    """
    file = KeptFile(office)
    file.write(file.seal(forms))


def read(office: Office) -> tuple[KeptForm, ...]:
    """What was kept, () for nothing; what belongs to keys that are lost is thrown away."""
    path = _path(office.home, office.actor.staff_id)
    try:
        body = json.loads(unseal(office.actor.pairs.box, path.read_bytes()))
        return tuple(_unpacked(*form) for form in body)
    except OSError:  # not there, or not to be had just now
        return ()
    except (Damaged, ValueError, TypeError):
        path.unlink(missing_ok=True)
        return ()


def _packed(form: KeptForm) -> list[object]:
    picture = base64.b64encode(form.picture).decode()
    return [form.title, [list(field) for field in form.fields], picture, form.note_id]


def _unpacked(title: str, fields: list[list[str]], picture: str = "", note_id: str = "") -> KeptForm:
    return KeptForm(title, tuple((label, text) for label, text in fields), base64.b64decode(picture), note_id)


def _path(home: Home, staff_id: str) -> Path:
    return home.folder / FOLDER / staff_id
