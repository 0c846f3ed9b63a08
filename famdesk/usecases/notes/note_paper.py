"""To whom a report is addressed on paper, as the safe-contact gate tells it. No use-cases."""

from __future__ import annotations

from famdesk.data.tables.directory import Body
from famdesk.data.tables.notes import Note
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.writing import NoteRelease
from famdesk.data.tx import Tx
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import LetterWords
from famdesk.usecases.notes import note_cover
from famdesk.usecases.notes.note_release_rows import ReleaseOnPaper
from famdesk.usecases.post import letters, outgoing, prints
from famdesk.usecases.post.letters import Addressed

POST, HAND, MAIL = "post", "hand", "mail"
WAYS_OUT = (POST, HAND, MAIL)


def addressed(tx: Tx, person: Person, release: NoteRelease, way: str, reason: str | None) -> Addressed:
    """Whom a report about a person goes to. A body is no person: there the gate is asked about whom it speaks of.

    Raises:
        NotSafe, Hidden, NoContact, NotFound.
    """
    if release.other_id is None:
        outgoing.permit(tx, person.id, "export", reason=reason)
        body = tx.get(Body, release.body_id) if release.body_id else None
        name, town = (body.name, body.municipality or "") if body else (release.recipient_name or "", "")
        return Addressed("", name, town, "", letters.sender(tx), "", "", "", neutral=False, forbidden=())
    to = tx.get(Person, note_cover.kept_id(tx, release.other_id))
    if to.id != person.id:
        outgoing.permit(tx, person.id, "export", reason=reason)
    if way == POST:
        return letters.case(tx, to.id, reason).to
    return letters.by_hand(tx, to, reason, way="mail" if way == MAIL else "paper")


def check(to: Addressed, text: str) -> None:
    """Whether the text may lie about at home.

    Raises:
        TellsCentre.
    """
    words = LetterWords("", text.replace(kinds.GAP, "..."))  # in a report they are no gap that somebody has to fill
    kinds.check(words, neutral=to.neutral, forbidden=to.forbidden)


def filled(tx: Tx, to: Addressed, person: Person, note: Note, text: str) -> ReleaseOnPaper:
    """What stands on the paper; the print register knows of it before anybody sees it."""
    prints.note(tx, "report", [("note", note.id), ("person", person.id)])
    author = tx.get(Staff, note.author_id).name
    return ReleaseOnPaper(to.name, to.address, to.sender, note.kind, text, "" if to.neutral else author, note.day,
                          to.neutral, to.note)  # fmt: skip
