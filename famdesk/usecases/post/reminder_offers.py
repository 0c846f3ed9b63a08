"""After an appointment was moved or cancelled: how the family can be told, as far as that is safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.errors import RuleError
from famdesk.usecases.calendar import appointment_checks
from famdesk.usecases.post import mail, outgoing
from famdesk.usecases.post.reminder_routes import Route, routes
from famdesk.usecases.post.reminders import by_phone
from famdesk.usecases.registry import query


@dataclass(frozen=True, slots=True)
class PersonOffer:
    """How one person may be told. `number` None: must not be called; `now`: this hour is safe for it. `note` is what
    has to be minded, in words; `neutral_name` what to say instead of the centre's name. `why`: a sentence if in no way.
    """

    label: str
    mail: bool
    number: str | None
    now: bool
    note: str
    neutral_name: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to be told of an appointment. `neutral`: its slip must not tell the centre; `slip`: there is one to
    be given, since it takes place."""

    appointment_id: str
    starts: datetime
    cancelled: bool
    slip: bool
    neutral: bool
    persons: tuple[PersonOffer, ...]

    @property
    def by_mail(self) -> bool:
        """Whether a mail reaches somebody."""
        return any(one.mail for one in self.persons)

    @property
    def by_phone(self) -> bool:
        """Whether somebody may be called."""
        return any(one.number for one in self.persons)


@query
def offers(tx: Tx, appointment_id: str) -> Offers | None:
    """How the persons of an appointment can be told of its change; None where there is nobody to be told.

    Raises:
        NotFound.
    """
    found = appointment_checks.visible(tx, appointment_id)
    if found.kind not in reminding.REMINDED or found.starts <= tx.now():
        return None
    known = routes(tx, found, mail.of_centre(tx))
    if not known:
        return None
    ids = {one for route in known for one in (route.person_id, route.for_id)}
    neutral = any(outgoing.permit(tx, one, "paper").neutral for one in sorted(ids))
    cancelled = found.state == "cancelled"
    return Offers(found.id, found.starts, cancelled, not cancelled, neutral, tuple(_offer(tx, one) for one in known))


def _offer(tx: Tx, route: Route) -> PersonOffer:
    called = by_phone(tx, route)
    shown = outgoing.masked(tx, [route.person_id], "call").get(route.person_id)
    note = called.note if called else (shown.note if shown else route.note)
    return PersonOffer(
        shown.label if shown else route.label, route.channel == "mail", called.value if called else None,
        called is not None and _is_safe_now(tx, called), note,
        (called or route).neutral_name, "" if called or route.channel == "mail" else route.sentence(),
    )  # fmt: skip


def _is_safe_now(tx: Tx, route: Route) -> bool:
    try:
        outgoing.permit(tx, route.person_id, "call", contact_id=route.contact_id)
    except RuleError:
        return False
    return True
