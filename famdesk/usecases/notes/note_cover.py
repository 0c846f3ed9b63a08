"""What covers that something of session notes goes to somebody: a consent, a lawful ground, or the right of the person.

A colleague and a body need a consent of the person (or of who decides) for passing on, or a lawful ground in its place,
which stands with the consents: with act, number and date. Whoever is of age gets what is written about oneself; of a
minor those get it who decide for the minor on that day. No use-cases.

Source: art. 12, 15, 31 Codice deontologico degli psicologi; GDPR art. 9, 15; art. 316 c.c.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.directory import Body
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.codes import label
from famdesk.domain.consent.consents import GROUNDS
from famdesk.domain.errors import NotFound, RuleError
from famdesk.i18n import N_, _, formats
from famdesk.usecases.centre import centre
from famdesk.usecases.consent import consents
from famdesk.usecases.intake import referrals
from famdesk.usecases.notes.note_release_rows import Cover, Recipient


class NoCover(RuleError):
    """Read aloud to the family: why nothing goes out."""

    message = N_(
        "Nothing of the notes goes to others before the consent to pass on is signed: {signed} of {needed} so far. If "
        "a court asks for it or the law provides for it, enter that with the consents: act, number and date."
    )


class NotTheirs(RuleError):
    message = N_("A report goes to the person concerned, if of age, or to who decides for the person today.")


def covering(tx: Tx, person: Person, to: Recipient, on: date) -> str | None:
    """The consent that covers that something about a person goes to somebody; None: the recipient needs none.

    Raises:
        NoCover; ConsentRefused, ConsentWithdrawn, ConsentExpired, ConsentForAnother; NotTheirs, NotFound.
    """
    if to.other_id:
        if to.other_id not in of_family(tx, person, on):
            raise NotTheirs("other_id")
        return None
    try:
        return _consent(tx, person, to, on)
    except (consents.ReferralNeedsConsent, consents.ReferralWaitsFor) as error:
        found = consents.state(tx, person.id, "referral", on)
        raise NoCover("recipient", signed=found.signed, needed=found.needed) from error
    except RuleError as error:
        error.field = "recipient"
        raise


def _consent(tx: Tx, person: Person, to: Recipient, on: date) -> str | None:
    """A consent that names a colleague, or the centre with all its colleagues, covers a colleague."""
    if to.staff_id is None:
        return referrals.covering(tx, person, on, body_id=to.body_id, body_name=to.name, staff_id=None)
    try:
        name = tx.get(Staff, to.staff_id).name
        return referrals.covering(tx, person, on, body_id=None, body_name=name, staff_id=None)
    except referrals.ConsentForAnother:
        name = centre.overview(tx).name
        return referrals.covering(tx, person, on, body_id=None, body_name=name, staff_id=None)


def told(tx: Tx, person: Person, to: Recipient, on: date) -> Cover:
    """The same in words: which consent or ground it is, what is to be withheld, or why nothing may go."""
    try:
        consent_id = covering(tx, person, to, on)
    except NotFound:
        raise
    except RuleError as error:
        return Cover(stops=error.sentence())
    if consent_id is None:
        return Cover(told=_("For the person concerned, or who decides for the person, no consent is needed."))
    consent = tx.get(Consent, consent_id)
    return Cover(consent_id, told=_named(consent), withheld=consent.withheld or "")


def of_family(tx: Tx, person: Person, on: date) -> tuple[str, ...]:
    """Ids of the person, if of age, and of those who decide for the person on a day and are known to the centre."""
    deciding = [one.key for one in consents.holders(tx, person, on) if one.acts and one.key]
    of_age = not consents.is_minor(tx, person, on)
    return tuple(dict.fromkeys([*([person.id] if of_age else []), *deciding]))


def kept_id(tx: Tx, person_id: str) -> str:
    """The file to open today for somebody, whose file may have become one with another; nobody is shown by it."""
    seen = set[str]()
    while person_id not in seen:
        seen.add(person_id)
        person = tx.session.get(Person, person_id)
        person_id = (person.merged_into_id if person else None) or person_id
    return person_id


def names(tx: Tx, recipients: Iterable[Recipient], staff_ids: Iterable[str]) -> dict[str, str]:
    """What colleagues and bodies are called, by id."""
    recipients = list(recipients)
    staff = {*staff_ids, *(one.staff_id for one in recipients if one.staff_id)}
    bodies = {one.body_id for one in recipients if one.body_id}
    return {**_names(tx, Staff, sorted(staff)), **_names(tx, Body, sorted(bodies))}


def _names(tx: Tx, kind: type[Staff] | type[Body], ids: Sequence[str]) -> dict[str, str]:
    return {row.id: row.name for row in tx.rows(select(kind.id, kind.name).where(kind.id.in_(ids)))}


def _named(consent: Consent) -> str:
    if consent.ground is None:
        return _("Covered by the consent of {day}.").format(day=formats.date_num(consent.asked_on))
    act = [part for part in (consent.ground_act, consent.ground_number) if part]
    if consent.ground_on is not None:
        act.append(formats.date_num(consent.ground_on))
    facts = {"ground": label(GROUNDS, consent.ground), "act": ", ".join(act)}
    if not act:
        return _("Covered by a lawful ground: {ground}.").format(**facts)
    return _("Covered by a lawful ground: {ground} ({act}).").format(**facts)
