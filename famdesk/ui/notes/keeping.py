"""What is typed into drafts until it is safe: kept in the order of typing, and never over what another desk kept.

Where another desk of the same author wrote in the same draft meanwhile, signed it or threw it away, what was typed here
becomes a draft of its own at once: nothing is lost, and the two can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import NotFound, RuleError
from famdesk.i18n import _
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.waiting import Waiting
from famdesk.usecases.notes import notes
from famdesk.usecases.notes.note_rows import NoteRow, NoteText, NoteTexts, NoteValues

PARTING = (notes.WrittenElsewhere, notes.NotInNote, notes.SignedAlready, NotFound)
"""Why what is typed here cannot go into the note any more."""


class Keeper(QObject):
    """Holds what is not safe yet, by note.

    Signals:
        kept(str): nothing of that note waits any more.
        failed(str, object): it could not be kept and waits on; the error.
        parted(object, object, object): what was typed into a note is a draft of its own: the row of the note, that of
            the draft, and the error that says why.
    """

    kept = Signal(str)
    failed = Signal(str, object)
    parted = Signal(object, object, object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._unsaved: dict[str, tuple[NoteRow, NoteTexts]] = {}
        self._known: dict[str, set[str]] = {}
        self._parting: set[str] = set()
        self._thrown: set[str] = set()

    def unsaved(self, note_id: str) -> NoteTexts | None:
        """What waits of a note."""
        return self._unsaved[note_id][1] if note_id in self._unsaved else None

    def waiting(self) -> bool:
        """Whether anything waits."""
        return bool(self._unsaved)

    def texts(self) -> tuple[NoteTexts, ...]:
        """All that waits."""
        return tuple(texts for _row, texts in self._unsaved.values())

    def known(self, note_id: str) -> set[str]:
        """The marks of what this desk read or kept of a note."""
        return self._known.setdefault(note_id, set())

    def read(self, note: NoteText) -> None:
        """The texts of a note are shown as they are kept."""
        self.known(note.row.id).add(note.mark)

    def put(self, row: NoteRow, texts: NoteTexts) -> None:
        """Something else was typed into a draft."""
        self._unsaved[row.id] = (row, texts)

    def forget(self, note_id: str) -> None:
        """What waits of a note is safe in another way, or is not wanted any more."""
        self._unsaved.pop(note_id, None)

    def thrown_away(self, note_id: str) -> None:
        """The draft was thrown away here: what was typed into it went with it."""
        self.forget(note_id)
        self._thrown.add(note_id)

    def send(self) -> None:
        """Keeps what waits. Saves follow each other; what fails is tried again next time."""
        for note_id, (_row, texts) in self._unsaved.items():
            if note_id not in self._parting:
                self._runner.run(notes.keep, note_id, texts, self.known(note_id),
                                 then=partial(self._on_kept, note_id, texts), failed=partial(self._on_failed, note_id),
                                 owner=self, quiet=True)  # fmt: skip

    def _on_kept(self, note_id: str, texts: NoteTexts, _nothing: object) -> None:
        if self.unsaved(note_id) is texts:
            self.forget(note_id)
            self.kept.emit(note_id)

    def _on_failed(self, note_id: str, error: Exception) -> None:
        if note_id not in self._unsaved or note_id in self._parting:
            return
        if isinstance(error, PARTING) and note_id not in self._thrown:
            row, texts = self._unsaved[note_id]
            self._part(row, texts, error, apart_values(row, texts))
        else:
            self.failed.emit(note_id, error)

    def _part(self, row: NoteRow, texts: NoteTexts, why: Exception, values: NoteValues) -> None:
        self._parting.add(row.id)
        signed = isinstance(why, notes.SignedAlready)
        addendum_to = (row.addendum_to or row.id) if signed else row.addendum_to
        there = replace(row, version=1, state="draft", addendum_to=addendum_to, person_ids=values.person_ids)
        said = texts if values.person_ids else _as_one(texts)
        self._runner.run(notes.start, values, said, addendum_to, then=partial(self._on_parted, there, texts, why),
                         failed=partial(self._on_not_parted, row, texts, why, values), owner=self,
                         quiet=True)  # fmt: skip

    def _on_parted(self, there: NoteRow, texts: NoteTexts, why: Exception, new_id: str) -> None:
        self._parting.discard(there.id)
        row, latest = self._unsaved.pop(there.id)
        there = replace(there, id=new_id)
        if latest is not texts:
            self.put(there, latest)
        self.parted.emit(row, there, why)

    def _on_not_parted(
        self, row: NoteRow, texts: NoteTexts, why: Exception, values: NoteValues, error: Exception
    ) -> None:
        """Whoever may no longer know a person keeps the words as a working note."""
        self._parting.discard(row.id)
        if isinstance(error, RuleError) and values.person_ids:
            bare = replace(values, person_ids=(), private=True, path_id=None, appointment_id=None, meeting_id=None)
            self._part(row, texts, why, bare)
        else:
            self.failed.emit(row.id, error)


class WaitingNotes(Waiting):
    """What of notes is not in them yet."""

    def __init__(self, around: QWidget, keeper: Keeper, typed: Callable[[], NoteTexts | None]) -> None:
        """`typed` gives what was typed since the keeper was told last, None for nothing."""
        super().__init__(around)
        self._keeper, self._now = keeper, typed

    def texts(self) -> tuple[tuple[str, str], ...]:
        now = self._now()
        waiting = (*self._keeper.texts(), *([now] if now is not None else ()))
        return tuple((_("Text of the note"), said.text) for said in map(_as_one, waiting) if said.text)


def _as_one(texts: NoteTexts) -> NoteTexts:
    """A note about nobody has no lines: all words in one text."""
    return NoteTexts("\n\n".join((texts.text, *(line for _person, line in texts.lines))))


def apart_values(row: NoteRow, texts: NoteTexts) -> NoteValues:
    """What the draft is about that goes on beside a note: the same, and whoever has a line in it."""
    people = tuple(dict.fromkeys((*row.person_ids, *(person_id for person_id, line in texts.lines if line))))
    return NoteValues(row.kind, row.day, people, row.starts, row.minutes, row.private, row.path_id, row.appointment_id,
                      row.meeting_id)  # fmt: skip
