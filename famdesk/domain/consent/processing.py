"""The register of processing and the log of breaches: what they hold, proposals to begin with, terms.

Source: GDPR art. 30 (register), art. 33 (breaches: told to the authority within 72 hours, and logged in any case).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

TERM = timedelta(days=3)
"""72 hours: the last day on which the authority can be told in time."""

ROLES: Table = (
    Code("controller", N_("Controller")),
    Code("joint", N_("Joint controller")),
    Code("processor", N_("Processor for another body")),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry of the register to begin with; all fields are msgids. See `famdesk.data.tables.privacy.Processing`."""

    name: str
    purpose: str
    basis: str
    subjects: str
    data: str
    recipients: str
    retention: str


_BASIS = N_("Task in the public interest: social services for families (GDPR art. 6 para. 1 e; art. 9 para. 2 g, h).")
_CONSENT = N_("Consent of the person or of those who decide for a minor (GDPR art. 6 para. 1 a; art. 9 para. 2 a).")
_STAFF = N_("Colleagues of the centre, by role and assignment.")

PROPOSALS: tuple[Proposal, ...] = (
    Proposal(
        N_("Reception and orientation of families"),
        N_("To receive requests, understand needs, give information and accompany to services."),
        _BASIS,
        N_("Parents, children, other members of the family, persons who ask on behalf of somebody."),
        N_("Identity, contacts, family, needs in the person's words, answers, outcome."),
        _STAFF,
        N_("Five years from the last access; figures without names are kept."),
    ),
    Proposal(
        N_("Calendar of appointments"),
        N_("To plan interviews, visits and rooms, and to remind people safely."),
        _BASIS,
        N_("Persons with an appointment, colleagues."),
        N_("Name or alias, day and hour, kind of appointment, contact that may be used."),
        _STAFF,
        N_("Five years from the appointment; figures without names are kept."),
    ),
    Proposal(
        N_("Initiatives: enrolments and attendance"),
        N_("To organise meetings, groups and courses for families."),
        _BASIS,
        N_("Enrolled persons and their children, delegates who may collect a child."),
        N_("Identity, contacts, enrolment, attendance, what has to be minded for a child."),
        N_("Colleagues and leaders of the initiative; funders get figures only."),
        N_("Two years after the end of the initiative; figures without names are kept."),
    ),
    Proposal(
        N_("Psychological and educational interviews"),
        N_("To support parents, couples and minors in interviews, consultations and mediation."),
        _CONSENT,
        N_("Persons in interviews; of minors also those who decide for them."),
        N_("Consents, dates of interviews; notes of the psychologist, which nobody else can read."),
        N_("The psychologist alone; a successor by the procedure of the code of conduct."),
        N_("At least five years after the relationship has ended (art. 17 of the psychologists' code of conduct)."),
    ),
    Proposal(
        N_("Referrals to other services"),
        N_("To pass a request on to a service that can answer it, and to hear what became of it."),
        _CONSENT,
        N_("Persons who are passed on."),
        N_("What the consent covers: identity, a contact that may be used, the reason."),
        N_("The body or colleague named in the consent."),
        N_("Five years from the answer."),
    ),
    Proposal(
        N_("Photos and news"),
        N_("To invite families and to tell of the centre's initiatives."),
        _CONSENT,
        N_("Persons who agreed; minors with the signature of those who decide for them."),
        N_("Photos, videos, address for invitations."),
        N_("Readers of the centre's pages and leaflets."),
        N_("Until the consent is withdrawn."),
    ),
    Proposal(
        N_("Accounts and journal of the program"),
        N_("To know who did and read what, and to keep the data safe."),
        N_("Legal duty of safety and accountability (GDPR art. 5 para. 2, art. 6 para. 1 c, art. 32)."),
        N_("Colleagues with an account."),
        N_("Name, role, what was done or read and when; never the content."),
        N_("Coordination and technical administration; the person concerned on request."),
        N_("As long as the data that the journal speaks of."),
    ),
)

MEASURES = N_(
    "Encrypted database, own account for each colleague, rights by role and assignment, journal of every reading,"
    " safe-contact rules, encrypted backups."
)


def authority_due(found_on: date) -> date:
    """The last day for telling the authority of a breach."""
    return found_on + TERM
