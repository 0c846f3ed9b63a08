"""Session notes: begun, kept every two seconds while they are typed, signed, added to. Read by their author.

What a note says goes into sealed parts only. A draft is its author's alone. Signing numbers and chains it, and the
database locks it; what comes to mind later is an addendum. Nothing here can be turned back by undo: a signature that
could be taken back would be none, and a draft is thrown away by its own command.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select

from famdesk.data.journal import UNNAMED
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Note, NoteKey, NotePart, NotePerson, Path
from famdesk.data.tables.people import Person
from famdesk.data.tables.powers import as_here
from famdesk.data.tables.programmes import Meeting
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import NotFound, RuleError
from famdesk.domain.notes import notes as rules
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.notes import note_people as whom
from famdesk.usecases.notes import note_reading as reading
from famdesk.usecases.notes import note_sealing as sealing
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues, Seen
from famdesk.usecases.registry import usecase
from famdesk.usecases.staff import notices

LONGEST_SESSION = 24 * 60
"""Minutes."""
NOTHING = NoteTexts()
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of one attachment."""

FileKind = Literal["attachment", "drawing"]


class NotKnownKind(RuleError):
    message = N_("Choose from the list.")


class BadLength(RuleError):
    message = N_("A session lasts from 1 minute to 24 hours. Leave it empty if you do not want to say.")


class InTheFuture(RuleError):
    message = N_("A session is written down after it has taken place.")


class NobodyNamed(RuleError):
    message = N_("Say whom the note is about, or mark it as a working note of your own.")


class NotYours(RuleError):
    message = N_("Only who began this note goes on with it.")


class SignedAlready(RuleError):
    message = N_("This note is signed and locked. What you want to add goes into an addendum.")


class NotSigned(RuleError):
    message = N_("This note is not signed yet: go on writing in the note itself.")


class NothingWritten(RuleError):
    message = N_("The note is empty. Write something, or throw it away.")


class WrittenElsewhere(RuleError):
    message = N_("This note was also written at another desk since it was shown here. Look at it again.")


class FileTooLarge(RuleError):
    message = N_("The file is too large. At most {megabytes} MB can be kept with a note.")


class NotInNote(RuleError):
    message = N_("This person is not named in the note.")


@usecase(N_("Note begun"), final=True)
def start(tx: Tx, values: NoteValues, texts: NoteTexts = NOTHING, addendum_to: str | None = None) -> str:
    """A new draft; gives its id.

    Raises:
        NotKnownKind, InTheFuture, BadLength, NobodyNamed, NotFound.
        NotSigned: an addendum to a draft.
    """
    _check(tx, values)
    if addendum_to is not None:
        first = reading.own(tx, addendum_to)
        if first.state != "signed":
            raise NotSigned
    _unnamed(tx)
    note = Note(author_id=tx.actor.staff_id, addendum_to=addendum_to, **_columns(values))
    tx.add(note)
    tx.session.flush()
    _name(tx, note, values.person_ids)
    _write(tx, note, texts)
    return note.id


@usecase(N_("Draft of a note kept"), final=True)
def keep(tx: Tx, note_id: str, texts: NoteTexts, known: set[str] | None = None) -> None:
    """Keeps what is being typed. Leaves no entry in the journal: it is what the sealed parts say, and no more.

    `known` are the marks of what this desk read or kept (see `NoteText`), to which the new one is added: what another
    desk of the same author kept since is not overwritten. None: whatever is there.

    Raises:
        WrittenElsewhere, NotYours, SignedAlready, NotInNote, NotFound.
    """
    mark = _write(tx, _draft(tx, note_id), texts, known)
    if known is not None:
        known.add(mark)  # before it is on disk: if the answer is lost on the way, this desk knows it all the same


@usecase(N_("Details of a note changed"), final=True)
def change(tx: Tx, note_id: str, version: int, values: NoteValues) -> None:
    """Changes whom a draft is about, when it was, and the like. Lines about people who go are thrown away.

    Raises:
        NotKnownKind, InTheFuture, BadLength, NobodyNamed, NotYours, SignedAlready, NotFound, Stale.
    """
    note = _draft(tx, note_id, version)
    _check(tx, values)
    _unnamed(tx)
    for name, value in _columns(values).items():
        setattr(note, name, value)
    named, now = whom.named(tx, [note.id])[note.id], whom.rows_of(tx, note.id)
    for row in named:
        if now[row.id] not in values.person_ids:
            for part in sealing.parts_of(tx, note.id, bare=True):
                if part.note_person_id == row.id:
                    _drop_part(tx, part)
            tx.session.flush()
            tx.bin(row)
    _name(tx, note, [one for one in values.person_ids if one not in now.values()])


@usecase(N_("Draft of a note thrown away"), final=True)
def drop(tx: Tx, note_id: str) -> None:
    """Throws a draft away for good: its keys and texts go at once.

    Raises:
        NotYours, SignedAlready, NotFound.
    """
    note = _draft(tx, note_id)
    _unnamed(tx)
    for part in sealing.parts_of(tx, note.id, bare=True):
        _drop_part(tx, part)
    for row in whom.named(tx, [note.id])[note.id]:
        tx.bin(row)  # or the file of the person could never be erased
    tx.session.flush()
    tx.bin(note)


@usecase(N_("File put to a note"), final=True)
def attach(tx: Tx, note_id: str, name: str, media: str, data: bytes, kind: FileKind = "attachment") -> str:
    """Seals a file or a drawing with a draft; gives the id of the part. `media` like "image/png".

    Raises:
        FileTooLarge, NotYours, SignedAlready, NotFound.
    """
    check_size(data)
    note = _draft(tx, note_id)
    head = sealing.packed({"name": name, "media": media, "size": len(data)})
    return sealing.put(tx, note, kind, data, position=len(sealing.parts_of(tx, note.id, bare=True)), head=head).id


def check_size(data: bytes) -> None:
    """Raises FileTooLarge."""
    if len(data) > LARGEST_FILE:
        raise FileTooLarge("file", megabytes=LARGEST_FILE // 1024 // 1024)


@usecase(N_("File taken from a note"), final=True)
def detach(tx: Tx, note_id: str, part_id: str) -> None:
    """Throws a file of a draft away for good.

    Raises:
        NotYours, SignedAlready, NotFound.
    """
    note = _draft(tx, note_id)
    part = next((one for one in sealing.parts_of(tx, note.id, sealing.FILES, bare=True) if one.id == part_id), None)
    if part is None:
        raise NotFound
    _drop_part(tx, part)


@usecase(N_("Note signed"), final=True)
def sign(tx: Tx, note_id: str, version: int, texts: NoteTexts | None = None, seen: Seen | None = None) -> None:
    """Locks a note: it is numbered, chained to the author's last signed one, and signed with the author's key.

    `texts` is what stands before the author's eyes, sealed in the same step: a save that failed or is still on its way
    must not leave something else signed. None: what was kept last. `seen` is what else was shown, when: what was
    changed at another desk since is not signed unseen.

    Raises:
        WrittenElsewhere, NothingWritten, NotYours, SignedAlready, NotInNote, NotFound, Stale.
    """
    note = _draft(tx, note_id, version)
    if seen is not None:
        _check_seen(tx, note, seen)
    if texts is not None:
        _write(tx, note, texts)
        tx.session.flush()
    parts = sealing.parts_of(tx, note.id)
    if not any(_says_something(tx, part) for part in parts):
        raise NothingWritten
    tx.take_turn()
    last = tx.rows(
        select(Note.number, Note.hash).where(Note.author_id == note.author_id, Note.number.is_not(None))
        .order_by(Note.number.desc()).limit(1)
    )  # fmt: skip
    note.number, note.prev = (last[0].number + 1, last[0].hash) if last else (1, rules.START)
    note.signed_at = tx.utc.astimezone(UTC).isoformat(timespec="seconds")
    note.people = json.dumps(whom.digests(whom.named(tx, [note.id])[note.id]))
    note.parts = json.dumps(sorted((part.id, sealing.digest(part)) for part in parts))
    note.hash = reading.signed(note).hash()
    note.signature = base64.b64encode(tx.actor.pairs.signature(note.hash.encode())).decode()
    note.state = "signed"
    tx.describe(number=note.number)
    tx.step.details.setdefault(rules.SIGNED_NUMBERS, []).append(note.number)
    if note.private:
        _unnamed(tx)


@usecase(N_("Note of {day} shared with a colleague"), final=True)
def share(tx: Tx, note_id: str, staff_id: str, public: bytes) -> None:
    """Lets a colleague, such as a supervisor, read a signed note; of a group without the lines about those whom that
    colleague may not know. `public` is the colleague's public key, as the key file certifies it: never as the database
    says.

    Raises:
        NotYours, NotSigned.
        NotFound: also for the author, for a colleague whose role opens no notes, and for one who is blocked from
            somebody whom it is about (of a group only the line goes).
    """
    note = _mine(tx, note_id)
    if note.state != "signed":
        raise NotSigned
    colleague = tx.get(Staff, staff_id)
    cell = rights.cell(reading.read.name, as_here(tx.session.connection(), tx.centre_id, colleague.role))
    if staff_id == note.author_id or not cell:
        raise NotFound
    people = whom.rows_of(tx, note.id)
    if note.kind != "group" and whom.kept_from(tx, colleague, people.values()):
        raise NotFound
    known = {row_id for row_id, person_id in people.items() if whom.may_know(tx, colleague, person_id, cell)}
    for part in sealing.parts_of(tx, note.id, bare=True):
        if part.note_person_id is not None and part.note_person_id not in known:
            continue
        for old in tx.session.scalars(
            select(NoteKey).where(NoteKey.part_id == part.id, NoteKey.holder_id == staff_id)
        ).all():
            tx.session.delete(old)
        tx.session.flush()
        sealing.hold(tx, part, sealing.key_of(tx, part), staff_id, public)
    tx.describe(day=note.day)
    tx.log("share", subjects=[_told(note, "share"), ("staff", staff_id, "share", [])])
    notices.tell(tx, staff_id, "note_shared", (Note.__tablename__, note.id))


@usecase(N_("Note of {day} no longer shared"), final=True)
def unshare(tx: Tx, note_id: str, staff_id: str) -> None:
    """Takes the keys of a note back from a colleague with whom it was shared, who is told. What was read cannot be
    taken back, and neither what came to a successor by the sealed envelope.

    Raises:
        NotYours.
        NotFound: the colleague has none.
    """
    note = _mine(tx, note_id)
    ids = [part.id for part in sealing.parts_of(tx, note.id, bare=True)]
    held = tx.session.scalars(
        select(NoteKey).where(NoteKey.part_id.in_(ids), NoteKey.holder_id == staff_id, NoteKey.received.is_(False))
    ).all()
    if staff_id == note.author_id or not held:
        raise NotFound
    for key in held:
        tx.session.delete(key)
    tx.describe(day=note.day)
    tx.log("share", subjects=[_told(note, "unshare"), ("staff", staff_id, "unshare", [])])
    notices.tell(tx, staff_id, "note_unshared", (Note.__tablename__, note.id))


def _check(tx: Tx, values: NoteValues) -> None:
    if values.kind not in codes(rules.NOTE_KINDS):
        raise NotKnownKind("kind")
    now = tx.now()
    if datetime.combine(values.day, values.starts or datetime.min.time()) > now:
        raise InTheFuture("day")
    if values.minutes is not None and not 1 <= values.minutes <= LONGEST_SESSION:
        raise BadLength("minutes")
    if not values.person_ids and not values.private:
        raise NobodyNamed("person_ids")
    for kind, record_id in ((Path, values.path_id), (Appointment, values.appointment_id),
                            (Meeting, values.meeting_id)):  # fmt: skip
        if record_id is not None:
            tx.get(kind, record_id)


def _columns(values: NoteValues) -> dict[str, object]:
    return {
        "kind": values.kind, "day": values.day, "starts": values.starts, "minutes": values.minutes,
        "private": values.private, "path_id": values.path_id, "appointment_id": values.appointment_id,
        "meeting_id": values.meeting_id,
    }  # fmt: skip


def _name(tx: Tx, note: Note, person_ids: Sequence[str]) -> None:
    for person_id in dict.fromkeys(person_ids):
        tx.get(Person, person_id)
        tx.add(NotePerson(note_id=note.id, person_id=person_id))
    tx.session.flush()


def _write(tx: Tx, note: Note, texts: NoteTexts, known: Collection[str] | None = None) -> str:
    """Seals what is typed: one part for the text, one for each line; gives the new mark.

    Files may have become one while somebody was typing. Then a note names a person twice: both lines were read as one
    (see `note_reading`), the first keeps it, the other is emptied.
    """
    there = {part.note_person_id: part for part in sealing.parts_of(tx, note.id, sealing.WRITTEN)}
    wanted = _wanted(tx, note, texts)
    if known is not None and _mark(there.values()) not in known and not _stands(tx, there, wanted):
        raise WrittenElsewhere
    for about, text in wanted.items():
        content = sealing.packed({"text": text})
        if about in there:
            sealing.replace(tx, there[about], content)
        elif text:
            there[about] = sealing.put(tx, note, "line" if about else "text", content, about=about)
    return _mark(there.values())


def _mark(parts: Iterable[NotePart]) -> str:
    return rules.mark((part.id, part.sealed) for part in parts)


def _wanted(tx: Tx, note: Note, texts: NoteTexts) -> dict[str | None, str]:
    """The texts by the row that names whom they are about; None: for all.

    Raises:
        NotInNote.
    """
    rows: dict[str, list[str]] = {}
    for row_id, person_id in whom.rows_of(tx, note.id).items():
        rows.setdefault(person_id, []).append(row_id)
    now = whom.standing(tx, [person_id for person_id, _line in texts.lines])
    lines: dict[str, list[str]] = {}
    for person_id, line in texts.lines:
        if now[person_id] not in rows:
            raise NotInNote("lines")
        lines.setdefault(now[person_id], []).append(line)
    wanted: dict[str | None, str] = {None: texts.text}
    for person_id, said in lines.items():
        first, *others = rows[person_id]
        wanted |= {first: reading.joined(said), **dict.fromkeys(others, "")}
    return wanted


def _stands(tx: Tx, there: Mapping[str | None, NotePart], wanted: Mapping[str | None, str]) -> bool:
    """Whether just this is kept already."""
    said = {about: sealing.unpacked(sealing.opened(tx, part))["text"] for about, part in there.items()}
    return all(said.get(about, "") == wanted.get(about, "") for about in {*said, *wanted})


def _check_seen(tx: Tx, note: Note, seen: Seen) -> None:
    """Raises WrittenElsewhere."""
    written = sealing.parts_of(tx, note.id, sealing.WRITTEN)
    files = {part.id for part in sealing.parts_of(tx, note.id, sealing.FILES, bare=True)}
    people = set(whom.rows_of(tx, note.id).values())
    if _mark(written) not in seen.known or (files, people) != (set(seen.files), set(seen.people)):
        raise WrittenElsewhere


def _unnamed(tx: Tx) -> None:
    """The journal, which everybody of the centre reads, does not tell of which note this step is."""
    tx.step.unnamed |= {Note.__tablename__, NotePerson.__tablename__}


def _told(note: Note, verb: str) -> tuple[str, str, str, list[str]]:
    return UNNAMED if whom.hides(note) else (Note.__tablename__, note.id, verb, [])


def _says_something(tx: Tx, part: NotePart) -> bool:
    return part.kind in sealing.FILES or bool(str(sealing.unpacked(sealing.opened(tx, part))["text"]).strip())


def _drop_part(tx: Tx, part: NotePart) -> None:
    for key in tx.session.scalars(select(NoteKey).where(NoteKey.part_id == part.id)).all():
        tx.session.delete(key)
    tx.session.flush()
    tx.session.delete(part)


def _mine(tx: Tx, note_id: str, version: int | None = None) -> Note:
    note = tx.get(Note, note_id, version)
    if note.author_id != tx.actor.staff_id:
        raise NotYours
    return note


def _draft(tx: Tx, note_id: str, version: int | None = None) -> Note:
    """A draft of one's own; another desk of the same author waits until this step ends. What is typed there leaves no
    entry in the journal, so that nothing else keeps it from changing a part that is just being signed here.
    """
    tx.session.execute(select(Note.id).where(Note.id == note_id).with_for_update())
    note = _mine(tx, note_id, version)
    if note.state != "draft":
        raise SignedAlready
    return note
