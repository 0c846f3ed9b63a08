"""What the flyer of an initiative, its certificates, its feedback form and its summary say."""

from __future__ import annotations

from collections import Counter

from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.feedback import FIRST
from famdesk.domain.programmes.meetings import MEETING_PARTS
from famdesk.domain.staff import rights
from famdesk.i18n import N_, language
from famdesk.sheets.collecting.collect_services import HIDDEN
from famdesk.sheets.programmes.certificate import CertificatePage, Certificates, Held
from famdesk.sheets.programmes.cycle_summary import CycleSummary, SummaryMeeting
from famdesk.sheets.programmes.feedback_form import Asked, FeedbackForm
from famdesk.sheets.programmes.flyer_words import Flyer, FlyerDate
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PlaceRow
from famdesk.usecases.enrolling import attendance
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.programmes import certificates, feedback, initiative_pictures, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, MeetingRow

OFF = ("cancelled", "postponed")
"""States of meetings of which a flyer tells nothing."""


class NoInitiativeChosen(RuleError):
    message = N_("Choose an initiative.")


def flyer(tx: Tx, initiative_id: str) -> Flyer:
    """An initiative as the town may read it; of a place that is kept secret, nothing.

    Raises:
        NoInitiativeChosen, NotFound.
    """
    detail = _detail(tx, initiative_id)
    about, values = centre.overview(tx), detail.values
    places = {one.id: one for one in directory.places(tx) if one.kind != HIDDEN}
    dated = sorted((one for one in detail.meetings if one.day and one.day >= detail.today and one.state not in OFF),
                   key=lambda one: (one.day, one.number))  # fmt: skip
    undated = [one for one in detail.meetings if one.day is None and one.state not in OFF]
    held = list(dict.fromkeys(one.place_id for one in dated if one.place_id)) or [values.place_id or ""]
    main = next((one for one in directory.points(tx) if one.address), None)
    shown = initiative_pictures.picture(tx, initiative_id)
    spoken = tuple(dict.fromkeys(one.interpreter_language for one in dated if one.interpreter_language))
    return Flyer(
        detail.row.name, codes.label(codes.INITIATIVE_KINDS, detail.row.kind),
        _upper(values.target or codes.label(codes.AUDIENCES, values.audience)),
        values.flyer_text or values.description or values.topics or "",
        tuple(_date(one, places if len(held) > 1 else {}) for one in dated), len(undated),
        _upper(values.season_text or ""),
        values.starts_on if values.starts_on and values.starts_on >= detail.today else None, values.usual_weekday or 0,
        values.usual_time, _place(places[held[0]]) if len(held) == 1 and held[0] in places else "", values.capacity,
        values.fee_cents, values.enrol_until if values.enrol_until and values.enrol_until >= detail.today else None,
        any(one.child_care for one in dated), spoken, about.name, values.contact_text or "", about.phone or "",
        about.mail or "", _point(main.address, main.town) if main else "",
        tuple(one.name for one in detail.organisers) or tuple(row.name for row in about.partners),
        shown.picture if shown else None, shown.credit if shown else "",
        "" if about.language == language() else about.language, detail.row.id,
        bool(values.target),
    )  # fmt: skip


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _point(address: str | None, town: str | None) -> str:
    return ", ".join(part for part in (address, town) if part)


def _place(one: PlaceRow) -> str:
    return ", ".join(dict.fromkeys(part for part in (one.name, one.address, one.town) if part))


def _date(one: MeetingRow, places: dict[str, PlaceRow]) -> FlyerDate:
    assert one.day is not None
    place = places.get(one.place_id or "")
    return FlyerDate(one.day, one.starts, one.ends.time() if one.ends else None, one.theme or "",
                     place.name if place else "")  # fmt: skip


def issued(tx: Tx, initiative_id: str, ids: tuple[str, ...] = (), *, also: str = "") -> Certificates:
    """Certificates by their ids, or all of an initiative, in a second language `also` unless it is ""; that they are
    printed is noted. Whoever must not be named on
    paper, or not beside the centre's name, is left out; and whoever is called by initials there because the privacy
    notice is not signed: a certificate without the name proves nothing.

    Raises:
        NoInitiativeChosen, NotFound, Forbidden.
    """
    if not (ids or initiative_id):
        raise NoInitiativeChosen("initiative")
    rows = certificates.certificates(tx, ids) if ids else certificates.of_initiative(tx, initiative_id)
    known = outgoing.masked(tx, [row.person_id for row in rows], "paper")
    full = outgoing.masked(tx, list(known), "call")
    told = [row for row in rows if (one := known.get(row.person_id)) and not one.neutral
            and one.label == full[row.person_id].label]  # fmt: skip
    prints.note(tx, "certificate", [("certificate", row.id) for row in told])
    about = centre.overview(tx)
    details = {one: programmes.initiative(tx, one) for one in {row.initiative_id for row in told}}
    pages = []
    for row in told:
        held = [Held(one.day, one.theme or "", one.minutes) for one in details[row.initiative_id].meetings
                if one.day and one.id in row.attended]  # fmt: skip
        pages.append(CertificatePage(row.number, row.year, known[row.person_id].label, row.initiative, row.issued_on,
                                     row.minutes, row.meetings, tuple(held)))  # fmt: skip
    return Certificates(about.name, tuple(pages), about.comune or "",
                        "" if about.language == language() else about.language, len(rows) - len(told),
                        also)  # fmt: skip


def form(tx: Tx, initiative_id: str, meeting_id: str = "", *, pictures: bool = False) -> FeedbackForm:
    """The feedback form of an initiative, or of one of its meetings; without own questions the usual ones.

    Raises:
        NoInitiativeChosen, NotFound, Forbidden.
    """
    detail, about = _detail(tx, initiative_id), centre.overview(tx)
    asked = [Asked(one.text, one.scale) for one in feedback.feedback(tx, initiative_id).questions]
    meeting = next((one for one in detail.meetings if one.id == meeting_id), None)
    return FeedbackForm(
        about.name, detail.row.name, tuple(asked or [Asked(*one) for one in FIRST]), meeting.number if meeting else 0,
        meeting.day if meeting else None, "" if about.language == language() else about.language, pictures,
    )  # fmt: skip


def summary(tx: Tx, initiative_id: str) -> CycleSummary:
    """A cycle as it was: meetings, numbers, hours, feedback; nobody who took part is named.

    Raises:
        NoInitiativeChosen, NotFound, Forbidden.
    """
    detail, about = _detail(tx, initiative_id), centre.overview(tx)
    states = Counter(row.state for row in detail.participants.enrolments) if detail.participants else Counter[str]()
    issued_, said = 0, feedback.feedback(tx, initiative_id)
    if rights.cell(certificates.of_initiative.name, tx.actor.role):
        issued_ = len(certificates.of_initiative(tx, initiative_id))
    return CycleSummary(
        about.name, detail.row.name, tuple(_meeting(one, detail) for one in detail.meetings), detail.row.enrolled,
        states["withdrawn"], detail.row.waiting,
        tuple(one.name for one in detail.organisers) or tuple(row.name for row in about.partners),
        _worked(tx, detail), issued_, said.answers, tx.now(), said.least,
    )  # fmt: skip


def _meeting(one: MeetingRow, detail: InitiativeDetail) -> SummaryMeeting:
    over = one.state not in OFF and one.day is not None and one.day <= detail.today
    state = codes.label(_states(), one.state) if one.state in OFF else ""
    return SummaryMeeting(one.number, one.day, one.theme or "", one.leader or "", one.place or "",
                          one.present if over else None, one.minutes if over else None, state,
                          one.looked_after if over else 0)  # fmt: skip


def _states() -> codes.Table:
    from famdesk.domain.centre.profile_codes import MEETING_STATES

    return MEETING_STATES


def _worked(tx: Tx, detail: InitiativeDetail) -> tuple[tuple[str, int], ...]:
    """The hours of each who worked, preparation with them."""
    if not rights.cell(attendance.hours.name, tx.actor.role):
        return ()
    found: Counter[str] = Counter()
    for meeting in detail.meetings:
        for row in attendance.hours(tx, meeting.id):
            minutes = (row.minutes or 0) + (row.prepared or 0)
            if minutes:
                found[row.name or codes.label(MEETING_PARTS, row.kind)] += minutes
    return tuple(sorted(found.items()))


def _detail(tx: Tx, initiative_id: str) -> InitiativeDetail:
    if not initiative_id:
        raise NoInitiativeChosen("initiative")
    return programmes.initiative(tx, initiative_id)
