"""Mails that tell of a place: that one has become free and for how long it is kept, or that somebody has it.

The safe-contact gate decides whether a mail may go, to whom, and how neutral it has to be; it is asked again when the
postman takes it. Whoever has no such address is called: the places that are offered stand among the things to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from famdesk.data.tables.calendar import MailAccount
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, MeetingNotice
from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.enrolment import PARTICIPANT
from famdesk.domain.programmes.meetings import ADMITTED, OFFERED, PLACE_NEWS
from famdesk.i18n import FAMILY_LANGUAGES, N_, _, formats, language
from famdesk.usecases.centre import centre
from famdesk.usecases.post import mail
from famdesk.usecases.post.reminder_routes import Route, route_of
from famdesk.usecases.post.reminder_rows import Message
from famdesk.usecases.programmes import meeting_notices
from famdesk.usecases.programmes.programmes_common import wall_now
from famdesk.usecases.registry import usecase

KINDS = {"offered": OFFERED, "enrolled": ADMITTED}
"""What is told, by the state of the place."""


class NothingToTell(RuleError):
    message = N_("There is no place to tell of: it is neither offered nor given.")


class NoMail(RuleError):
    message = N_("No e-mail may be sent here: {why}")


@usecase(N_("News of a place to be sent"))
def tell(tx: Tx, enrolment_id: str, version: int) -> None:
    """Whoever is offered a place, or was given one, is told by mail; with a family, everybody who asked with them.

    Raises:
        NothingToTell, NotFound, Stale.
        NoMail: no mail may be sent; says why.
    """
    from famdesk.usecases.enrolling.enrolment import family_of

    record = tx.get(Enrolment, enrolment_id, version)
    if record.state not in KINDS:
        raise NothingToTell
    if not put_down(tx, family_of(tx, record)):
        person = tx.get(Person, record.person_id)
        route = route_of(tx, person, tx.today(), mail.of_centre(tx))
        raise NoMail(why=route.sentence() or _("no address that may be used for this."))


def put_down(tx: Tx, records: Iterable[Enrolment]) -> int:
    """Mails for those who take part, as far as they may get one; gives how many people will be written to."""
    account, told = mail.of_centre(tx), set[str]()
    for record in records:
        person = tx.find(Person, record.person_id)
        if person is None or record.part != PARTICIPANT or record.state not in KINDS:
            continue
        for row in tx.all(MeetingNotice, MeetingNotice.enrolment_id == record.id):
            if row.kind in PLACE_NEWS and row.state in reminding.OPEN:
                meeting_notices.withdraw(tx, row)
        route = route_of(tx, person, tx.today(), account)
        if route.channel == "mail" and route.person_id not in told:
            told.add(route.person_id)
            tx.add(_row(tx, record, route))
    return len(told)


def _row(tx: Tx, record: Enrolment, route: Route) -> MeetingNotice:
    return MeetingNotice(
        initiative_id=record.initiative_id, meeting_id=record.meeting_id, enrolment_id=record.id,
        person_id=route.person_id, contact_id=route.contact_id, kind=KINDS[record.state], channel="mail",
        starts=record.offered_until, due=tx.now(), state="waiting", tries=0,
    )  # fmt: skip


def is_over(tx: Tx, row: MeetingNotice, enrolled: Enrolment | None) -> bool:
    """Whether the place is no longer as the mail would say."""
    if enrolled is None:
        return False  # somebody whom this colleague may not know: another desk sends it
    late = enrolled.offered_until is not None and enrolled.offered_until <= wall_now(tx)
    return KINDS.get(enrolled.state) != row.kind or (row.kind == OFFERED and late)


def message_of(tx: Tx, row: MeetingNotice, route: Route) -> Message:
    """What is written; never in what the place is."""
    about, enrolled = centre.overview(tx), tx.find(Enrolment, row.enrolment_id)
    until: datetime | None = enrolled.offered_until if enrolled is not None else None
    wanted = route.language if route.language in FAMILY_LANGUAGES else language()
    return Message(
        until or tx.now(), None, (), about.phone or "", "" if route.neutral else about.name,
        (route.neutral_name or "") if route.neutral else about.name, cancelled=False, changed=False, language=wanted,
        meeting=True, place=row.kind,
    )  # fmt: skip


def task_text(row: MeetingNotice) -> str:
    """What to say on the phone where the mail did not help."""
    if row.kind == OFFERED and row.starts is not None:
        return _("Tell: a place is kept until {moment}").format(moment=formats.moment(row.starts))
    return _("Tell: the place is given")


def another_way(tx: Tx, row: MeetingNotice, account: MailAccount | None) -> None:
    """No mail may go any more: somebody calls, where that is allowed."""
    meeting_notices.withdraw(tx, row)
    enrolled = tx.find(Enrolment, row.enrolment_id)
    person = tx.find(Person, enrolled.person_id) if enrolled is not None else None
    if enrolled is None or person is None:
        return
    route = route_of(tx, person, tx.today(), account)
    if route.channel == "call":
        task = MeetingNotice(person_id=route.person_id, contact_id=route.contact_id, kind=row.kind, starts=row.starts,
                             due=tx.now())  # fmt: skip
        meeting_notices.new_task(tx, task, "call", task_text(row))
