"""Sheets that go out by mail: asked of the safe-contact gate when they are put down and again when they are sent.

One desk takes a mail (`claim`), hands it over outside of any transaction, and notes what became of it (`sent`). What is
attached is kept until then, sealed like everything else, and goes with the mail. Subject and name of the file tell
nothing; a mail of which nobody knows whether it went out is never sent a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from famdesk.data.tables.calendar import MailAccount
from famdesk.data.tables.letters import MailAttachment, SheetMail
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.domain.people import contact
from famdesk.domain.post import letter_words
from famdesk.i18n import FAMILY_LANGUAGES, N_, language, using
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.post import letters, mail, outgoing, prints
from famdesk.usecases.post.mail import MailServer
from famdesk.usecases.registry import query, usecase

PUBLIC = frozenset({"opening-hours", "leaflet", "orientation-slip", "calendar", "flyer", "programme"})
"""Sheets that may go to bodies of the directory, as long as nobody stands on them."""
LARGEST = 8_000_000
"""Bytes of what is attached; many servers take 10 million with the coding of mails."""
LONGEST = 4000
WEEK = timedelta(days=7)


class NoAccount(RuleError):
    message = N_("No mail server is set up. The settings have a section for it.")


class NoNeutralSender(RuleError):
    message = N_("This person has to be careful, and no neutral sender's address is set up: no mail can be sent.")


class NotPublic(RuleError):
    message = N_("There are people on this sheet: it goes to no body of the directory.")


class TooLarge(RuleError):
    message = N_("The sheet is too large for a mail. Save it as PDF and give it by hand.")


class NoAddress(RuleError):
    message = N_("No mail address of this body is known.")


@dataclass(frozen=True, slots=True)
class MailOffer:
    """How a sheet would go to somebody: `label` who it is, `value` the address; `neutral`: nothing tells the centre.

    `text` is what the mail says, in `language`, the reader's own. `overridden`: only a reason makes it possible.
    """

    person_id: str
    contact_id: str | None
    label: str
    value: str
    neutral: bool
    note: str
    language: str
    text: str
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body of the directory that has a mail address."""

    id: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that this desk has taken for sending."""

    mail_id: str
    server: MailServer
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str
    file_name: str
    language: str
    data: bytes


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail with a sheet, for the list of what went out. `state` is a code of `REMINDER_STATES`, `error` of
    `MAIL_ERRORS`; `to` whom it goes to, as the reader may know it."""

    id: str
    version: int
    sheet: str
    to: str
    state: str
    error: str | None
    by: str


@query
def offer(tx: Tx, person_id: str, reason: str | None = None) -> MailOffer:
    """Whether and how a sheet can be mailed to somebody.

    Raises:
        NotSafe: the rule forbids it, and there is no `reason`, which the journal keeps; Hidden, NoContact.
        NoAccount, NoNeutralSender, NotFound.
    """
    person, account = tx.get(Person, person_id), _account(tx)
    permit = letters.permitted(tx, person, "mail", reason)
    if permit.neutral and not account.neutral_sender:
        raise NoNeutralSender
    spoken = person.language if person.language in FAMILY_LANGUAGES else language()
    signed = (permit.neutral_name or "") if permit.neutral else centre.overview(tx).name
    return MailOffer(person.id, permit.contact_id, permit.label, permit.value or "", permit.neutral, permit.note,
                     spoken, own_text(spoken, signed), permit.overridden)  # fmt: skip


@query
def bodies(tx: Tx) -> tuple[BodyRow, ...]:
    """The bodies of the directory to which something can be mailed."""
    found = ((row.id, row.name, (row.mail or "").strip()) for row in directory.bodies(tx))
    return tuple(BodyRow(*row) for row in found if contact.is_mail(row[2]))


@query
def text_for_bodies(tx: Tx) -> str:
    """What a mail to a body says."""
    return own_text(language(), centre.overview(tx).name)


@usecase(N_("Sheet put down for sending"))
def to_person(
    tx: Tx, person_id: str, sheet: str, marks: Iterable[str], data: bytes, text: str, reason: str | None = None
) -> str:
    """A sheet goes to somebody by mail; gives the id of the mail. The print register has it.

    `marks`: what the print register knows the sheet by; none if nobody stands on it.

    Raises:
        NotSafe, Hidden, NoContact, NoAccount, NoNeutralSender, TooLarge, Required, NotFound.
    """
    found = offer(tx, person_id, reason)
    row = SheetMail(person_id=person_id, contact_id=found.contact_id, sheet=sheet, language=found.language,
                    reason=(reason or "").strip() or None, overridden=found.overridden,
                    neutral=found.neutral)  # fmt: skip
    prints.done(tx, marks, prints.MAILED, purpose=reason)
    return _put_down(tx, row, data, text)


@usecase(N_("Sheet put down for sending"))
def to_body(tx: Tx, body_id: str, sheet: str, marks: Iterable[str], data: bytes, text: str) -> str:
    """A sheet on which nobody stands goes to a body of the directory; gives the id of the mail.

    Raises:
        NotPublic, NoAccount, NoAddress, TooLarge, Required, NotFound.
    """
    _account(tx)
    if sheet not in PUBLIC or any(marks):
        raise NotPublic
    row = next((one for one in directory.bodies(tx) if one.id == body_id), None)
    if row is None:
        raise NotFound
    if not contact.is_mail((row.mail or "").strip()):
        raise NoAddress("body_id")
    return _put_down(tx, SheetMail(body_id=body_id, recipient=(row.mail or "").strip(), sheet=sheet,
                                   language=language()), data, text)  # fmt: skip


@usecase(N_("Sheet is not sent"))
def withdraw(tx: Tx, mail_id: str, version: int) -> None:
    """A mail that has not gone out yet does not go.

    Raises:
        Stale, NotFound.
    """
    row = tx.get(SheetMail, mail_id, version)
    if row.state in reminding.OPEN or row.state in {"given_up"}:
        row.state = "stopped"
        _drop(tx, row.id)


@usecase(N_("Sheet taken for sending"))
def claim(tx: Tx) -> Outgoing | None:
    """Takes the next mail that is due, so that no other desk sends it; None if there is none.

    The gate is asked again; what may not go any more does not, and stays on the list with the reason.
    """
    tx.take_turn()
    account, now = mail.of_centre(tx), tx.now()
    _settle(tx)
    if account is None or not account.active:
        return None
    due = [row for row in tx.all(SheetMail, SheetMail.due <= now) if row.state in reminding.OPEN]
    for row in sorted(due, key=lambda row: (row.due, row.id)):
        found = _taken(tx, row, account)
        if found is not None:
            return found
    return None


@usecase(N_("Outcome of a mail noted"))
def sent(tx: Tx, mail_id: str, error: str | None = None) -> None:
    """What became of a mail that was taken: `error` None: the server has it; else a code of `MAIL_ERRORS`.

    Raises:
        NotFound.
    """
    row = tx.get(SheetMail, mail_id)
    if row.state not in {"sending", "unsure"} or (row.state == "unsure" and error is not None):
        return
    row.tries, row.error = row.tries + 1, error
    minutes = reminding.retry_minutes(row.tries)
    if error is None:
        row.state = "sent"
    elif error == "lost":
        row.state = "unsure"
    elif error in reminding.FINAL or minutes is None:
        row.state = "given_up"
    else:
        row.state, row.due = "failed", tx.now() + timedelta(minutes=minutes)
    if row.state in {"sent", "unsure"}:
        _drop(tx, row.id)


@query
def recent(tx: Tx) -> tuple[MailRow, ...]:
    """The mails of the last week and those that are still to go, the newest first."""
    rows = [row for row in tx.all(SheetMail, SheetMail.due > tx.now() - WEEK) if row.state != "stopped"]
    shown = outgoing.masked(tx, {row.person_id for row in rows}, "call")
    names = {row.id: row.name for row in directory.bodies(tx)} if any(row.body_id for row in rows) else {}
    found = sorted(rows, key=lambda row: row.id, reverse=True)
    return tuple(
        MailRow(row.id, row.version, row.sheet,
                names.get(row.body_id or "", "") or (shown[row.person_id].label if row.person_id in shown else ""),
                row.state, row.error, row.staff_id)
        for row in found
    )  # fmt: skip


def own_text(wanted: str, signed: str) -> str:
    """What the mail says, in the language of its reader; it tells nothing of the sheet."""
    with using(wanted):
        return letter_words.mail_text(signed)


def _account(tx: Tx) -> MailAccount:
    account = mail.of_centre(tx)
    if account is None or not account.active:
        raise NoAccount
    return account


def _put_down(tx: Tx, row: SheetMail, data: bytes, text: str) -> str:
    if not text.strip():
        raise Required("text")
    if len(data) > LARGEST:
        raise TooLarge
    with using(row.language):
        row.file_name = letter_words.mail_file()
    row.staff_id, row.text, row.due = tx.actor.staff_id, text.strip()[:LONGEST], tx.now()
    row.state, row.tries = "waiting", 0
    tx.add(row)
    tx.session.flush()  # a server shows what is attached only beside its mail
    tx.session.add(MailAttachment(owner_id=row.id, centre_id=tx.centre_id, staff_id=tx.actor.staff_id, data=data))
    return row.id


def _taken(tx: Tx, row: SheetMail, account: MailAccount) -> Outgoing | None:
    """The mail, if the gate says yes at this very moment; None if it does not."""
    attached = tx.session.get(MailAttachment, row.id)
    sender, name, recipient = account.sender, account.sender_name or "", row.recipient or ""
    if row.person_id is not None:
        try:
            person = tx.get(Person, row.person_id)
            if person.protected and not row.reason:
                raise outgoing.Guarded("reason")
            reason = row.reason if row.overridden else None  # it speaks of the rule of then, not of one set since
            permit = outgoing.permit(tx, person.id, "mail", contact_id=row.contact_id, reason=reason)
        except (RuleError, NotFound):
            row.state, row.error = "given_up", None
            return None
        if permit.neutral and not row.neutral:  # text and sheet were made when they could tell the centre
            row.state, row.error = "given_up", None
            return None
        recipient = permit.value or ""
        if permit.neutral:
            sender, name = account.neutral_sender or "", permit.neutral_name or ""
    if attached is None or not sender or not recipient:
        row.state = "given_up"
        return None
    row.state, row.done_at = "sending", tx.utc.astimezone(UTC).isoformat(timespec="seconds")
    about = [("person", row.person_id, "mail", list[str]())] if row.person_id else []
    tx.log("send", subjects=[*about, ("sheet_mail", row.id, "mail", [])])
    with using(row.language):
        subject = letter_words.mail_subject()
    return Outgoing(row.id, mail.server(tx, account), sender, name, recipient, subject, row.text, row.file_name,
                    row.language, attached.data)  # fmt: skip


def _settle(tx: Tx) -> None:
    """What was interrupted while it was sent may have gone out; what is attached to nothing any more goes."""
    for row in tx.all(SheetMail, SheetMail.state == "given_up", SheetMail.due <= tx.now() - WEEK):
        _drop(tx, row.id)  # it has left the list: nobody could hold it back any more
    for row in tx.all(SheetMail, SheetMail.state == "sending"):
        if row.done_at and tx.utc - datetime.fromisoformat(row.done_at) > reminding.STUCK:
            row.state = "unsure"
            _drop(tx, row.id)
    kept = select(MailAttachment).where(MailAttachment.centre_id == tx.centre_id,
                                        MailAttachment.staff_id == tx.actor.staff_id)  # fmt: skip
    for attached in tx.session.scalars(kept.limit(50)).all():
        owner = tx.session.get(SheetMail, attached.owner_id)
        if owner is None or owner.deleted_at or owner.state not in {*reminding.OPEN, "sending", "given_up"}:
            tx.session.delete(attached)


def _drop(tx: Tx, mail_id: str) -> None:
    attached = tx.session.get(MailAttachment, mail_id)
    if attached is not None:
        tx.session.delete(attached)
