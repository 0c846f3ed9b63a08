"""Initiatives are added, changed and removed: cycles, groups, laboratories, events; who stands behind them.

Every centre of a network may read them; only their own centre changes them. What is not known yet stays "to be set".
"""

from __future__ import annotations

from collections.abc import Sequence

from famdesk.data.tables.centre import Act
from famdesk.data.tables.directory import Body, Partnership
from famdesk.data.tables.programmes import Initiative, InitiativeAct
from famdesk.data.tx import Tx
from famdesk.domain.centre.profile_codes import PARTNERSHIP_ROLES
from famdesk.domain.codes import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.enrolment import OPEN
from famdesk.i18n import N_
from famdesk.usecases.enrolling.enrolment_counts import enrolment_counts, seats
from famdesk.usecases.programmes.initiative_checks import (
    BadCapacity,
    GoesInCircle,
    MoreEnrolled,
    NoSuchWeekday,
    NotInList,
    check,
    cleaned,
)
from famdesk.usecases.programmes.programmes_common import bare_text, meetings_of
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, OrganiserValues
from famdesk.usecases.registry import usecase

__all__ = ["BadCapacity", "GoesInCircle", "MoreEnrolled", "NoSuchWeekday", "NotInList"]


class HasEnrolments(RuleError):
    message = N_("People are enrolled here. Withdraw them first, or close the initiative instead of removing it.")


class TwiceNamed(RuleError):
    message = N_("The same body stands there twice with the same part.")


class BadShare(RuleError):
    message = N_("A share cannot be less than zero.")


@usecase(N_("Initiative added"))
def add_initiative(tx: Tx, values: InitiativeValues) -> str:
    """A new initiative; gives its id.

    Raises:
        As `initiative_checks.check`; NotFound.
    """
    check(tx, values, None)
    return tx.add(Initiative(**cleaned(values))).id


@usecase(N_("Initiative changed"))
def change_initiative(tx: Tx, initiative_id: str, version: int, values: InitiativeValues) -> None:
    """Changes what is known of an initiative, its state included.

    Raises:
        As `initiative_checks.check`; NotFound, Stale.
    """
    record = tx.get(Initiative, initiative_id, version)
    check(tx, values, initiative_id)
    for name, value in cleaned(values).items():
        setattr(record, name, value)


@usecase(N_("Initiative removed"))
def remove_initiative(tx: Tx, initiative_id: str, version: int) -> None:
    """Puts an initiative and its meetings into the bin.

    Raises:
        HasEnrolments: people are enrolled or wait.
    """
    record = tx.get(Initiative, initiative_id, version)
    counts = enrolment_counts(tx, [initiative_id])
    taken = seats(tx, record)
    if any(counts[initiative_id, state] for state in OPEN) or taken.single or taken.care:
        raise HasEnrolments
    for meeting in meetings_of(tx, initiative_id):
        tx.bin(meeting)
    tx.bin(record)


@usecase(N_("Organisers and funders of an initiative changed"))
def set_organisers(tx: Tx, initiative_id: str, wanted: Sequence[OrganiserValues]) -> None:
    """Which bodies stand behind an initiative, in the order in which names and logos are shown.

    Raises:
        NotInList, TwiceNamed, BadShare, NotFound.
    """
    tx.get(Initiative, initiative_id)
    there = {(row.body_id, row.role): row for row in tx.all(Partnership, Partnership.subject_id == initiative_id)}
    named = [(one.body_id, one.role) for one in wanted]
    if len(set(named)) != len(named):
        raise TwiceNamed("organisers")
    for key, row in there.items():
        if key not in named:
            tx.bin(row)
    for position, one in enumerate(wanted):
        if one.role not in codes(PARTNERSHIP_ROLES):
            raise NotInList("role")
        if one.share_cents is not None and one.share_cents < 0:
            raise BadShare("share_cents")
        tx.get(Body, one.body_id)
        kept = there.get((one.body_id, one.role))
        record = kept or tx.add(Partnership(subject_id=initiative_id, body_id=one.body_id, role=one.role))
        record.position, record.share_cents, record.note = position, one.share_cents, bare_text(one.note)


@usecase(N_("Acts of an initiative changed"))
def set_acts(tx: Tx, initiative_id: str, act_ids: Sequence[str]) -> None:
    """The formal acts that an initiative rests on, in their order.

    Raises:
        NotFound.
    """
    tx.get(Initiative, initiative_id)
    there = {row.act_id: row for row in tx.all(InitiativeAct, InitiativeAct.initiative_id == initiative_id)}
    wanted = list(dict.fromkeys(act_ids))
    for act_id, row in there.items():
        if act_id not in wanted:
            tx.bin(row)
    for position, act_id in enumerate(wanted):
        tx.get(Act, act_id)
        found = there.get(act_id)
        if found is None:
            found = tx.add(InitiativeAct(initiative_id=initiative_id, act_id=act_id, position=position))
        found.position = position
