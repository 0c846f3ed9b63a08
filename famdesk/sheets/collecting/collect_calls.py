"""What the lists and letters of a call for applications say."""

from __future__ import annotations

from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes import calls as rules
from famdesk.i18n import N_, _, formats, language
from famdesk.sheets.programmes.application_letters import OUTCOMES, OutcomeLetter, OutcomeLetters
from famdesk.sheets.programmes.application_list import ApplicationList, Applied
from famdesk.usecases.calls import applications, calls
from famdesk.usecases.calls.call_rows import ApplicationRow, CallDetail, CallRow
from famdesk.usecases.centre import centre
from famdesk.usecases.post import prints

TO_PEOPLE = "participants"
"""The kind of call to which people apply, not bodies: their letters do not tell the sender from outside."""


class NoCallChosen(RuleError):
    message = N_("Choose a call for applications.")


def applied(tx: Tx, call_id: str, *, ranked: bool = False, names: bool = True) -> ApplicationList:
    """What came in for a call. With names the print is noted.

    Raises:
        NoCallChosen, NotFound; Forbidden: this role may not know who applied.
    """
    detail, rows = _detail(tx, call_id)
    if names:
        prints.note(tx, "application-list", [("application", row.id) for row in rows])
    return ApplicationList(
        centre.overview(tx).name, detail.row.name, end_words(detail.row), tuple(_applied(row, detail) for row in rows),
        detail.ranking, ranked, names,
        detail.row.state == "decided", tx.now(),
    )  # fmt: skip


def _applied(row: ApplicationRow, detail: CallDetail) -> Applied:
    values = row.values
    cents = row.granted_cents if row.granted_cents is not None else values.requested_cents
    out = (row.reason or "") if row.state in {"excluded", "withdrawn"} else ""
    return Applied(row.id, row.number, rules.moment_of(row.stamp, detail.zone), values.applicant, values.channel,
                   values.reference or "", row.by_hand or "", row.late, row.state, out, row.points, cents)  # fmt: skip


def letters(tx: Tx, call_id: str, *, also: str = "") -> OutcomeLetters:
    """The letters of a call to all of whom something is to be told, the same again in the language `also` unless it is
    ""; each print is noted.

    Raises:
        NoCallChosen, NotFound; Forbidden: this role may not know who applied.
    """
    detail, rows = _detail(tx, call_id)
    about = centre.overview(tx)
    told = [row for row in rows if row.state in OUTCOMES]
    prints.note(tx, "application-letters", [("application", row.id) for row in told])
    places = {one.id: one for one in detail.ranking}
    made = []
    for row in told:
        place = places.get(row.id)
        made.append(OutcomeLetter(
            row.values.applicant, row.values.address or row.values.mail or "", row.number,
            rules.moment_of(row.stamp, detail.zone), row.state,
            (row.reason or "") if row.state == "excluded" else "", place.points if place and detail.criteria else None,
            row.rank, row.granted_cents, neutral=detail.row.kind == TO_PEOPLE,
        ))  # fmt: skip
    return OutcomeLetters(about.name, detail.row.name, tx.today(), tuple(made), about.phone or "", about.mail or "",
                          about.comune or "", "" if about.language == language() else about.language,
                          also)  # fmt: skip


def end_words(row: CallRow) -> str:
    """When a call ends, as it is printed."""
    if row.deadline is not None:
        day, hour = formats.date_full(row.deadline.date()), formats.time_text(row.deadline.time())
        return _("Applications until {day}, {hour}.").format(day=day, hour=hour)
    return row.deadline_text or ""


def _detail(tx: Tx, call_id: str) -> tuple[CallDetail, tuple[ApplicationRow, ...]]:
    if not call_id:
        raise NoCallChosen("call")
    found = calls.call(tx, call_id)
    return found, found.applications if found.applications is not None else applications.received(tx, call_id)
