"""What stands unsaved in forms when the desk is locked, sealed to whoever typed it, until they are back.

The views stay as they are behind the lock, and mostly this is thrown away unread. It counts when the process is
replaced meanwhile, ends, or somebody else signs in: then it is shown at that person's next sign-in. One small file for
each colleague in the data folder of this desk; only their own key opens it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from famdesk.data.crypto import Damaged, seal, unseal
from famdesk.data.failures import in_words
from famdesk.data.home import Home
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


def keep(office: Office, forms: tuple[KeptForm, ...]) -> None:
    """Keeps what stands in forms, instead of what was kept before.

    Raises:
        DiskFull, ReadOnly.
    """
    if office.is_locked:
        return
    path = _path(office.home, office.actor.staff_id)
    if not forms:
        path.unlink(missing_ok=True)
        return
    body = json.dumps([_packed(form) for form in forms], ensure_ascii=True)
    with in_words():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_atomically(path, seal(office.actor.pairs.box_public, body.encode()))


def keep_also(office: Office, forms: tuple[KeptForm, ...]) -> None:
    """Keeps what stands in forms, beside what was kept before: whoever signs out sees both when they are back.

    Raises:
        DiskFull, ReadOnly.
    """
    if forms and not office.is_locked:
        there = read(office)
        keep(office, (*there, *(form for form in forms if form not in there)))


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


def forget(office: Office) -> None:
    """Throws away what was kept."""
    _path(office.home, office.actor.staff_id).unlink(missing_ok=True)


def _packed(form: KeptForm) -> list[object]:
    picture = base64.b64encode(form.picture).decode()
    return [form.title, [list(field) for field in form.fields], picture, form.note_id]


def _unpacked(title: str, fields: list[list[str]], picture: str = "", note_id: str = "") -> KeptForm:
    return KeptForm(title, tuple((label, text) for label, text in fields), base64.b64decode(picture), note_id)


def _path(home: Home, staff_id: str) -> Path:
    return home.folder / FOLDER / staff_id
