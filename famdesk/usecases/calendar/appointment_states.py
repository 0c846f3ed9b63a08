"""The steps in the life of an appointment, each under a name of its own for undo: confirmed, arrived, held, missed."""

from __future__ import annotations

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tx import Tx
from famdesk.domain.calendar.no_shows import NoShows, tally
from famdesk.i18n import N_
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.registry import Action, query, usecase


@usecase(N_("Appointment of {when} confirmed"))
def confirm(tx: Tx, appointment_id: str, version: int) -> None:
    """The family said that they will come.

    Raises:
        StateNotAllowed, ConsentMissing, Stale, NotFound.
    """
    _go(tx, appointment_id, version, "confirmed")


@usecase(N_("Arrival for the appointment of {when} noted"))
def arrive(tx: Tx, appointment_id: str, version: int, *, overlap_reason: str | None = None) -> None:
    """The person is there.

    Raises:
        StateNotAllowed, ConsentMissing, Stale, NotFound; Overlap where nobody came and the time was given away.
    """
    _go(tx, appointment_id, version, "arrived", overlap_reason=overlap_reason)


@usecase(N_("Appointment of {when} marked as held"))
def hold(tx: Tx, appointment_id: str, version: int, *, overlap_reason: str | None = None) -> None:
    """It took place.

    Raises:
        StateNotAllowed, Stale, NotFound; Overlap as in `arrive`.
    """
    _go(tx, appointment_id, version, "done", overlap_reason=overlap_reason)


@usecase(N_("Appointment of {when}: did not come"))
def miss(tx: Tx, appointment_id: str, version: int, reason: str | None = None) -> None:
    """Nobody came. `reason` is a code of `NO_SHOW_REASONS`; illness and transport never count against a family.

    Raises:
        UnknownNoShow, StateNotAllowed, Stale, NotFound.
    """
    _go(tx, appointment_id, version, "no_show", reason)


@usecase(N_("Appointment of {when} planned again"))
def plan_again(tx: Tx, appointment_id: str, version: int, *, overlap_reason: str | None = None) -> None:
    """A cancelled or missed one is taken up again, or a confirmation taken back.

    Raises:
        StateNotAllowed, ConsentMissing, Stale, NotFound; Overlap where its time was given to somebody else.
    """
    _go(tx, appointment_id, version, "planned", overlap_reason=overlap_reason)


STEPS: dict[str, Action[..., None]] = {
    "confirmed": confirm, "arrived": arrive, "done": hold, "no_show": miss, "planned": plan_again,
}  # fmt: skip
"""The step that leads to a state."""


@query
def missed(tx: Tx, person_id: str) -> NoShows:
    """How often a person did not come to an appointment of their own at this centre."""
    rows = tx.all(Appointment, Appointment.person_id == person_id, Appointment.state == "no_show")
    return tally(row.no_show_reason for row in rows)


def _go(
    tx: Tx, appointment_id: str, version: int, state: str, reason: str | None = None, overlap_reason: str | None = None
) -> None:
    found = checks.visible(tx, appointment_id, version)
    before = found.state
    checks.go_to(found, state, reason)
    if checks.goes_on(before, state):
        checks.check_consent(tx, found)
    if checks.comes_back(before, state):
        checks.settle_overlap(tx, found, overlap_reason)
    tx.describe(when=found.starts)
