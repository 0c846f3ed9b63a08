"""Letters to families: whom they may go to, in which language, who may be named as sender; the centre's own texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from famdesk.data.tables.letters import LetterText
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import LetterWords
from famdesk.i18n import FAMILY_LANGUAGES, N_, language, using
from famdesk.usecases.centre import centre
from famdesk.usecases.consent import consents
from famdesk.usecases.directory import directory
from famdesk.usecases.family import families
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.post.outgoing import Permit
from famdesk.usecases.registry import query, usecase


class UnknownKind(RuleError):
    message = N_("Choose a kind of letter.")


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a letter goes to. `name` and `address` for the envelope; `language` a code of `FAMILY_LANGUAGES`.

    `sender`: the lines above the letter, none where nothing may tell the centre; `street` the sender on an envelope,
    which never names the centre; `signed` the name below. `neutral`: neither `forbidden` words nor the reason may stand
    in it. `note`: what else has to be minded.
    """

    person_id: str
    name: str
    address: str
    language: str
    sender: tuple[str, ...]
    street: str
    phone: str
    signed: str
    neutral: bool
    forbidden: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnText:
    """What the centre writes in a kind of letter in a language."""

    id: str
    version: int
    kind: str
    language: str
    words: LetterWords


@dataclass(frozen=True, slots=True)
class LetterCase:
    """All that is needed to write a letter: the address, the centre's own texts, and whether they may be changed."""

    to: Addressed
    texts: tuple[OwnText, ...]

    def words(self, kind: str, wanted: str) -> LetterWords:
        """The text to begin with: the centre's own, else the program's."""
        own = next((one.words for one in self.texts if (one.kind, one.language) == (kind, wanted)), None)
        if own is not None and not self.to.neutral:
            return own
        with using(wanted):
            return kinds.own_words(kind, self.to.phone, self.to.signed)


@query
def case(tx: Tx, person_id: str, reason: str | None = None) -> LetterCase:
    """What a letter to somebody needs; the gate is asked, and that the letter is begun is written down.

    Raises:
        NotSafe: no letter may be sent, and there is no `reason`, which the journal keeps; Hidden, NoContact, NotFound.
    """
    person = tx.get(Person, person_id)
    permit = permitted(tx, person, "letter", reason)
    found = _addressed(tx, person.id, permit.label, permit.value or "", person.language, neutral=permit.neutral,
                       neutral_name=permit.neutral_name, note=permit.note)  # fmt: skip
    prints.note(tx, "letter", [("person", person.id)])
    return LetterCase(found, texts(tx))


def by_hand(tx: Tx, person: Person, reason: str | None = None, *, way: str = "paper") -> Addressed:
    """As `case`, for what is put into somebody's hand, or goes by mail (`way`): no address stands on it.

    Raises:
        Guarded: a protected file, and no `reason`; NotSafe, Hidden, NoContact.
    """
    permit = permitted(tx, person, way, reason)
    return _addressed(tx, person.id, permit.label, "", person.language, neutral=permit.neutral,
                      neutral_name=permit.neutral_name, note=permit.note)  # fmt: skip


def sender(tx: Tx) -> tuple[str, ...]:
    """The lines above a letter to a body: the name of the centre and where it is."""
    street = next((", ".join(part for part in (one.address, one.town) if part) for one in directory.points(tx)
                   if one.address), "")  # fmt: skip
    return tuple(part for part in (centre.overview(tx).name, street) if part)


@query
def texts(tx: Tx) -> tuple[OwnText, ...]:
    """The centre's own texts."""
    return tuple(OwnText(row.id, row.version, row.kind, row.language, LetterWords(row.subject, row.text))
                 for row in tx.all(LetterText))  # fmt: skip


@query
def addressed(tx: Tx, person_ids: Sequence[str]) -> tuple[Addressed, ...]:
    """Those of several persons whom a letter may be sent to, as the gate tells it; the others are missing."""
    told = outgoing.masked(tx, person_ids, "letter")
    found = []
    for one, shown in told.items():
        person = tx.find(Person, one)
        if shown.value and person is not None:
            found.append(_addressed(tx, one, shown.label, shown.value, person.language, neutral=shown.neutral,
                                    neutral_name=shown.neutral_name, note=shown.note))  # fmt: skip
    return tuple(found)


@query
def instead(tx: Tx, person_id: str) -> tuple[Addressed, ...]:
    """Who decides for a child and may be written to, as the gate tells it; nobody for an adult.

    Raises:
        NotFound.
    """
    person = tx.get(Person, person_id)
    if not consents.is_minor(tx, person, tx.today()):
        return ()
    holders = [one.person_id for one in families.deciders(tx, person.id, tx.today()) if one.decides]
    return addressed(tx, [one for one in dict.fromkeys(holders) if one])


@usecase(N_("Text of a letter saved"))
def save_text(tx: Tx, kind: str, wanted: str, words: LetterWords) -> str:
    """Makes a text the centre's own for this kind of letter in a language; gives its id.

    Raises:
        UnknownKind, Required.
    """
    if kind not in codes(kinds.KINDS) or wanted not in FAMILY_LANGUAGES:
        raise UnknownKind("kind")
    if not words.text.strip():
        raise Required("text")
    found = next((row for row in tx.all(LetterText, LetterText.kind == kind, LetterText.language == wanted)), None)
    if found is None:
        found = LetterText(kind=kind, language=wanted)
    found.subject, found.text = words.subject.strip(), words.text.strip()
    tx.add(found)
    return found.id


@usecase(N_("Text of a letter set back"))
def forget_text(tx: Tx, kind: str, wanted: str) -> None:
    """From now on letters of this kind in this language begin with the program's text again."""
    for row in tx.all(LetterText, LetterText.kind == kind, LetterText.language == wanted):
        tx.bin(row)


def permitted(tx: Tx, person: Person, way: str, reason: str | None) -> Permit:
    """The permission to write to somebody; of protected files nothing is written without a reason.

    Raises:
        Guarded, NotSafe, Hidden, NoContact.
    """
    told = (reason or "").strip()
    if person.protected and not told:
        raise outgoing.Guarded("reason")
    permit = outgoing.permit(tx, person.id, way, reason=reason)
    if person.protected and not permit.overridden:
        tx.log("override", subjects=[("person", person.id, way, [])], reason=told)
    return permit


def _addressed(
    tx: Tx, person_id: str, name: str, address: str, wanted: str | None, *, neutral: bool, neutral_name: str | None,
    note: str,
) -> Addressed:  # fmt: skip
    about, points = centre.overview(tx), directory.points(tx)
    street = next((", ".join(part for part in (one.address, one.town) if part) for one in points if one.address), "")
    spoken = wanted if wanted in FAMILY_LANGUAGES else language()
    forbidden = _words_of(about.name, (one.name for one in about.partners), about.mail) if neutral else ()
    return Addressed(
        person_id, name, address, spoken, () if neutral else tuple(part for part in (about.name, street) if part),
        "" if neutral else street, about.phone or "", (neutral_name or "") if neutral else about.name, neutral,
        forbidden, note,
    )  # fmt: skip


def _words_of(name: str, partners: Iterable[str], mail: str | None) -> tuple[str, ...]:
    """What tells the centre: its name and the parts of it, its partners, its mail address."""
    parts = [part.strip() for dash in ("–", " - ") for part in name.split(dash)]
    return tuple(dict.fromkeys(one for one in (name, *parts, *partners, mail or "") if len(one) > 2))
