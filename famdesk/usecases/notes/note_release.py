"""Excerpts, summaries and reports: given out of session notes, never a note.

Each is written as a note of its own: typed, kept and signed like one, sealed to its author. About one person, for one
recipient, covered by a consent or a lawful ground. A colleague gets the keys once it is signed, and reads it until the
day that was fixed or until the consent no longer stands; each reading is told to the author. Others get it on paper
(`famdesk.sheets.collecting.collect_reports`). Nothing here takes a word over from a note: that is the author's own
hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, or_, select

from famdesk.data.tables.notes import Note, NoteKey
from famdesk.data.tables.people import Person
from famdesk.data.tables.powers import as_here
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.writing import NoteRelease
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import NotFound, RuleError, TextTooLong
from famdesk.domain.notes import note_release as rules
from famdesk.domain.notes.notes import OUT_KINDS, SESSION_KINDS
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.notes import note_cover, note_limits, note_paper, note_reading, notes
from famdesk.usecases.notes import note_people as whom
from famdesk.usecases.notes import note_sealing as sealing
from famdesk.usecases.notes.note_release_rows import Cover, PersonOfFamily, Recipient, ReleaseOnPaper, ReleaseRow
from famdesk.usecases.notes.note_rows import NoteRow, NoteText, NoteTexts, NoteValues
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import notices


class NoSessions(RuleError):
    message = N_("There is no signed note of yours about this person in these days.")


class ForColleagues(RuleError):
    message = N_("This goes out on paper: print it.")


class GivenAlready(RuleError):
    message = N_("It has been given out already. For another recipient or other days write another.")


@query
def sources(tx: Tx, person_id: str, terms: rules.Terms) -> tuple[NoteRow, ...]:
    """One's own signed session notes about a person in the days of the terms, the oldest first: rows, no texts.

    Raises:
        NotFound.
    """
    kinds, first, last = codes(SESSION_KINDS), terms.first, terms.last
    found = [row for row in note_reading.of_person(tx, person_id)
             if row.mine and row.state == "signed" and not row.private and row.kind in kinds
             and row.addendum_to is None  # it is read with its note
             and (first is None or row.day >= first) and (last is None or row.day <= last)]  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.day, str(row.starts or ""), row.id)))


@query
def cover(tx: Tx, person_id: str, to: Recipient) -> Cover:
    """What covers that something about a person goes to somebody, or why nothing may go, in a sentence.

    Raises:
        NotFound.
    """
    return note_cover.told(tx, tx.get(Person, person_id), to, tx.today())


@query
def family(tx: Tx, person_id: str) -> tuple[PersonOfFamily, ...]:
    """The person, if of age, and those who decide for the person: who may get a report.

    Raises:
        NotFound.
    """
    person = tx.get(Person, person_id)
    ids = note_cover.of_family(tx, person, tx.today())
    known = labels(tx, ids)
    return tuple(PersonOfFamily(one, known[one]) for one in ids if one in known)


@usecase(N_("Excerpt or report of notes begun"), final=True)
def begin(tx: Tx, person_id: str, to: Recipient, terms: rules.Terms) -> str:
    """A new draft with its heading: about whom, and of which sessions; gives the id of the note that it is.

    Raises:
        ConsentMissing, ConsentForAnother, NoCover, NotTheirs: nothing covers it; the sentence can be read aloud.
        NoSessions, RecipientMissing, OneRecipient, those of `rules.check`, TextTooLong, NotFound.
    """
    release = _fixed(tx, NoteRelease(author_id=tx.actor.staff_id), person_id, to, terms)
    days = [row.day for row in sources(tx, person_id, terms)]
    if not days and terms.kind != "report":
        raise NoSessions("first")
    who = labels(tx, [person_id]).get(person_id, "")
    values = NoteValues(terms.kind, tx.today(), (person_id,))
    heading = rules.begun(terms.kind, who, release.covers_from, release.covers_to, days)
    release.note_id = notes.start(tx, values, NoteTexts(heading))
    tx.add(release)
    return release.note_id


@usecase(N_("Recipient or days of a report changed"), final=True)
def change(tx: Tx, release_id: str, version: int, to: Recipient, terms: rules.Terms) -> None:
    """Other terms of what was not given out yet; what is written stays, and so does what it is.

    Raises:
        GivenAlready, and those of `begin`, Stale.
    """
    release = tx.get(NoteRelease, release_id, version)
    note = note_reading.own(tx, release.note_id)
    if release.given_on is not None or note.state == "destroyed":
        raise GivenAlready
    _fixed(tx, release, note_cover.kept_id(tx, release.person_id), to, replace(terms, kind=note.kind))


@usecase(N_("Excerpt or summary given to a colleague"), final=True)
def give(tx: Tx, note_id: str, public: bytes) -> None:
    """Lets the colleague for whom it was written read what was signed, and tells the colleague. `public` is the public
    key as the key file certifies it.

    Raises:
        ConsentMissing and others of `begin`: what covered it when it was begun no longer does.
        NotSigned, ForColleagues, GivenAlready, UntilOver.
        NotFound: also for a colleague whose role opens no notes, or who is blocked from the person.
    """
    release, note = _mine(tx, note_id)
    if release.staff_id is None:
        raise ForColleagues
    _still_covered(tx, release, note)
    colleague = tx.get(Staff, release.staff_id)
    role = as_here(tx.session.connection(), tx.centre_id, colleague.role)
    if colleague.id == note.author_id or not rights.cell(read.name, role):
        raise NotFound
    if whom.kept_from(tx, colleague, [release.person_id, *whom.rows_of(tx, note.id).values()]):
        raise NotFound
    _take_keys(tx, release)  # of a note that was shared before
    for part in sealing.parts_of(tx, note.id):
        sealing.hold(tx, part, sealing.key_of(tx, part), colleague.id, public)
    release.given_on = tx.today()
    tx.log("share", subjects=[("note", note.id, "share", []), ("staff", colleague.id, "share", [])])
    notices.tell(tx, colleague.id, "release_given", ("note", note.id))


@query
def paper(tx: Tx, note_id: str, way: str, reason: str | None = None) -> ReleaseOnPaper:
    """What goes out on paper of what was signed: the text, and to whom it is addressed as the safe-contact gate tells
    it. `way`: by post, by hand or by mail, codes of `WAYS_OUT`. That it is opened and printed is written down.

    Raises:
        NotSafe: the gate forbids it, for the recipient or for the person of whom it speaks, and there is no `reason`.
        NotSigned, ForColleagues, NotFound, and those of `begin`: what covered it no longer does.
        TellsCentre: the recipient has to be careful, and the text names the centre.
    """
    release, note = _mine(tx, note_id)
    if note.state != "signed":
        raise notes.NotSigned
    if release.staff_id is not None:
        raise ForColleagues
    person = tx.get(Person, note_cover.kept_id(tx, release.person_id))
    note_cover.covering(tx, person, recipient_of(tx, release), tx.today())
    found = note_paper.addressed(tx, person, release, way, reason)
    text = note_reading.read(tx, note_id).texts.text
    note_paper.check(found, text)
    return note_paper.filled(tx, found, person, note, text)


@usecase(N_("Report handed out on paper"), final=True)
def went_out(tx: Tx, note_id: str) -> None:
    """Notes that what was signed is on paper; the print register says when and by whom.

    Raises:
        NotSigned, NotFound.
    """
    release, note = _mine(tx, note_id)
    if note.state != "signed":
        raise notes.NotSigned
    release.given_on = release.given_on or tx.today()


@usecase(N_("Excerpt or summary taken back from a colleague"), final=True)
def take_back(tx: Tx, note_id: str) -> None:
    """The colleague reads it no more from now on. What was read cannot be taken back.

    Raises:
        ForColleagues: what is on paper cannot be taken back; NotFound.
    """
    release, _note = _mine(tx, note_id)
    if release.staff_id is None:
        raise ForColleagues
    if release.given_on is not None and release.ended_on is None:
        _end(tx, release, "taken_back")


@usecase(N_("Excerpts whose time is over closed"), final=True)
def end_over(tx: Tx) -> int:
    """Takes the keys back of what one gave and may no longer be read, as its time is over or its consent no longer
    stands; gives how many there were. Runs by itself after sign-in: reading ended before."""
    mine = (NoteRelease.author_id == tx.actor.staff_id, NoteRelease.given_on.is_not(None),
            NoteRelease.ended_on.is_(None), NoteRelease.staff_id.is_not(None))  # fmt: skip
    over = [(row.id, why) for row in note_limits.given(tx, *mine) if (why := note_limits.why_over(tx, row))]
    for release_id, why in over:
        _end(tx, tx.session.get_one(NoteRelease, release_id), why)
    return len(over)


@usecase(N_("Excerpt or summary read"), final=True)
def read(tx: Tx, note_id: str) -> NoteText:
    """Opens what was given to the reader. The opening is journalled, and its author is told.

    Raises:
        ReadingOver, NoKey, Unreadable, NotFound.
    """
    _check_given(tx, note_id)
    found = note_reading.read(tx, note_id)
    notices.tell(tx, found.row.author_id, "release_read", ("note", note_id))
    return found


@usecase(N_("File of an excerpt or summary read"), final=True)
def read_file(tx: Tx, note_id: str, part_id: str) -> bytes:
    """The bytes of a drawing or another file that was given with it, for showing it in the window. The opening is
    journalled, and its author is told.

    Raises:
        ReadingOver, NoKey, Unreadable, NotFound.
    """
    _check_given(tx, note_id)
    data = note_reading.attachment(tx, note_id, part_id)
    notices.tell(tx, tx.get(Note, note_id).author_id, "release_read", ("note", note_id))
    return data


@query
def of_note(tx: Tx, note_id: str) -> ReleaseRow | None:
    """To whom and until when goes what stands in a note, for its author and its recipient; None: for others, and of
    what is no excerpt, summary or report."""
    me, release = tx.actor.staff_id, NoteRelease
    mine = or_(release.author_id == me, and_(release.staff_id == me, release.given_on.is_not(None)))
    found = _rows(tx, tx.all(release, release.note_id == note_id, mine))
    return found[0] if found else None


@query
def out_of(tx: Tx, note_id: str) -> tuple[ReleaseRow, ...]:
    """What its author gave out about those whom a note names and for days among which its session is, what was given
    last first: what of the note may have gone to others. Of a note of somebody else that is not told.

    Raises:
        NotFound.
    """
    note, release = tx.get(Note, note_id), NoteRelease
    if note.author_id != tx.actor.staff_id:
        return ()
    about = set(whom.rows_of(tx, note.id).values())
    rows = [row for row in tx.all(release, release.author_id == note.author_id, release.given_on.is_not(None),
                                  release.covers_from <= note.day, release.covers_to >= note.day)
            if note_cover.kept_id(tx, row.person_id) in about and row.note_id != note.id]  # fmt: skip
    return _rows(tx, sorted(rows, key=lambda row: (row.given_on, row.id), reverse=True))


@query
def received(tx: Tx) -> tuple[ReleaseRow, ...]:
    """What colleagues gave to the reader, what was given last first; what is over stays in the list and says why."""
    rows = tx.all(NoteRelease, NoteRelease.staff_id == tx.actor.staff_id, NoteRelease.given_on.is_not(None))
    return _rows(tx, sorted(rows, key=lambda row: (row.given_on, row.id), reverse=True))


def is_out(row: NoteRow) -> bool:
    """Whether a note is written to be given out."""
    return row.kind in codes(OUT_KINDS)


def _fixed(tx: Tx, release: NoteRelease, person_id: str, to: Recipient, terms: rules.Terms) -> NoteRelease:
    """The release on these terms, as far as they may be.

    Raises: see `begin`.
    """
    person = tx.get(Person, person_id)
    name = (to.name or "").strip() or None
    if len(name or "") > rules.LONGEST_NAME:
        raise TextTooLong("name", limit=rules.LONGEST_NAME)
    to = replace(to, name=name)
    if not to.kind:
        raise rules.RecipientMissing("recipient")
    if sum(bool(one) for one in (to.staff_id, to.body_id or to.name, to.other_id)) > 1:
        raise rules.OneRecipient("recipient")
    if to.staff_id == tx.actor.staff_id:
        raise rules.RecipientMissing("staff_id")
    rules.check(terms, tx.today(), colleague=to.staff_id is not None)
    release.consent_id = note_cover.covering(tx, person, to, tx.today())
    release.person_id, release.purpose = person.id, terms.purpose
    release.staff_id, release.body_id, release.recipient_name = to.staff_id, to.body_id, name
    release.other_id = to.other_id
    assert terms.first is not None
    assert terms.last is not None
    release.covers_from, release.covers_to = terms.first, terms.last
    release.until = terms.until if to.staff_id else None
    return release


def _check_given(tx: Tx, note_id: str) -> None:
    given = tx.rows(select(NoteRelease.id).where(NoteRelease.note_id == note_id, NoteRelease.deleted_at.is_(None),
                                                 NoteRelease.staff_id == tx.actor.staff_id))  # fmt: skip
    if not given:
        raise NotFound
    note_limits.check(tx, note_id)


def _mine(tx: Tx, note_id: str) -> tuple[NoteRelease, Note]:
    note = note_reading.own(tx, note_id)
    found = tx.all(NoteRelease, NoteRelease.note_id == note.id)
    if not found:
        raise NotFound
    return found[0], note


def _still_covered(tx: Tx, release: NoteRelease, note: Note) -> None:
    """Signed, not given yet, and covered today.

    Raises: see `give`.
    """
    if note.state != "signed":
        raise notes.NotSigned
    if release.given_on is not None:
        raise GivenAlready
    if release.until is not None and release.until < tx.today():
        raise rules.UntilOver("until")
    person = tx.get(Person, note_cover.kept_id(tx, release.person_id))
    release.consent_id = note_cover.covering(tx, person, recipient_of(tx, release), tx.today())


def recipient_of(tx: Tx, release: NoteRelease) -> Recipient:
    """To whom it goes."""
    other_id = note_cover.kept_id(tx, release.other_id) if release.other_id else None
    return Recipient(release.staff_id, release.body_id, release.recipient_name, other_id)


def _take_keys(tx: Tx, release: NoteRelease) -> None:
    ids = [part.id for part in sealing.parts_of(tx, release.note_id)]
    keys = select(NoteKey).where(NoteKey.part_id.in_(ids), NoteKey.holder_id == release.staff_id)
    for key in tx.session.scalars(keys).all():
        tx.session.delete(key)
    tx.session.flush()


def _end(tx: Tx, release: NoteRelease, why: str) -> None:
    _take_keys(tx, release)
    release.ended_on, release.ended_why = tx.today(), why
    if release.staff_id is not None:
        tx.log("share", subjects=[("note", release.note_id, "unshare", []),
                                  ("staff", release.staff_id, "unshare", [])])  # fmt: skip


def _rows(tx: Tx, releases: Sequence[NoteRelease]) -> tuple[ReleaseRow, ...]:
    ids = [row.note_id for row in releases]
    states = {row.id: row for row in tx.session.scalars(select(Note).where(Note.id.in_(ids))).all()}
    kept = {one: note_cover.kept_id(tx, one) for row in releases for one in (row.person_id, row.other_id) if one}
    people = labels(tx, kept.values())
    names = note_cover.names(tx, [recipient_of(tx, row) for row in releases], {row.author_id for row in releases})
    whys = {row.id: note_limits.why_over(tx, row) for row in note_limits.given(tx, NoteRelease.note_id.in_(ids))}
    found = []
    for row in releases:
        note = states.get(row.note_id)
        if note is None or note.deleted_at:
            continue
        to = recipient_of(tx, row)
        terms = rules.Terms(note.kind, row.purpose, row.covers_from, row.covers_to, row.until)
        ended = whys.get(row.id) if row.given_on is not None and row.staff_id else None
        if note.state == "destroyed" and row.given_on is not None:
            ended = ended or "expired"
        family_name = people.get(kept.get(row.other_id or "", ""), "")
        found.append(ReleaseRow(
            row.id, row.version, row.note_id, kept[row.person_id], people.get(kept[row.person_id], ""), row.author_id,
            names.get(row.author_id, ""), to, family_name or names.get(to.staff_id or to.body_id or "", "") or to.name
            or "", terms, note.state != "draft", row.given_on, ended,
        ))  # fmt: skip
    return tuple(found)
