"""What the columns about persons are called, and their values in words: for the copy that a person gets of the data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.intake import access_card, waiting
from famdesk.domain.intake.needs import need_label
from famdesk.domain.languages import language_label
from famdesk.domain.notes import note_release
from famdesk.domain.people import families, person_details
from famdesk.domain.people.countries import country_label
from famdesk.domain.people.families import noun
from famdesk.domain.people.municipalities import municipality
from famdesk.domain.people.person_details import school_year_label
from famdesk.domain.programmes import enrolment
from famdesk.i18n import N_, _, formats

NAMES: dict[str, str] = {
    "surname": N_("Surname"), "given_name": N_("Given name"), "alias": N_("Alias"), "sex": N_("Sex"),
    "birth_date": N_("Birth date"), "birth_part": N_("Birth, known in part"),
    "birth_text": N_("Birth, as far as known"), "birth_place": N_("Birth place"), "died_on": N_("Died on"),
    "due_on": N_("Due on"), "tax_code": N_("Tax code"), "language": N_("Language"), "languages": N_("Other languages"),
    "needs_mediator": N_("Mediator needed"), "citizenship": N_("Citizenship"),
    "second_citizenship": N_("Second citizenship"), "abode": N_("Where the person lives"),
    "municipality": N_("Municipality"), "town": N_("Town"), "privacy": N_("Privacy notice"),
    "privacy_on": N_("Privacy notice, day"), "no_contact": N_("Never to be contacted"), "note": N_("Note"),
    "protected": N_("Protected"), "restricted": N_("Processing limited"), "owner_staff_id": N_("In charge"),
    "kind": N_("Kind"), "value": N_("Value"), "owner": N_("Belongs to"), "may_call": N_("May be called"),
    "may_leave_message": N_("Message may be left"), "may_write": N_("May be written to"), "safe_from": N_("Safe from"),
    "safe_to": N_("Safe until"), "neutral_name": N_("Neutral name"), "hidden": N_("Hidden"), "role": N_("Role"),
    "valid_from": N_("From"), "valid_to": N_("Until"), "days": N_("Days"), "household_id": N_("Household"),
    "staff_id": N_("Colleague"), "reason": N_("Reason"), "quality": N_("How they get on"), "state": N_("State"),
    "holder_name": N_("Who decides"), "act_authority": N_("Authority"), "act_number": N_("Number of the act"),
    "act_on": N_("Date of the act"), "partial": N_("Part of the time"), "visits": N_("Visits"), "field": N_("Field"),
    "authority": N_("Authority"), "number": N_("Number"), "taken_on": N_("Taken on"), "text": N_("Text"),
    "name": N_("Name"), "relation": N_("Tie"), "may_collect": N_("May collect the child"),
    "may_be_told": N_("May be told"), "seen_document": N_("Document seen"), "year": N_("School year"),
    "school": N_("School"), "grade": N_("Class"), "sensitive": N_("Sensitive"), "since": N_("Since"),
    "review_on": N_("To be looked at again"), "field_id": N_("Field"), "what": N_("What"),
    "tries": N_("Calls that nobody answered"), "last_try_at": N_("Last call"), "result": N_("Result"),
    "done_on": N_("Done on"), "at": N_("When"), "channel": N_("Channel"), "access_point_id": N_("Access point"),
    "operator_id": N_("Colleague"), "caller_relation": N_("Who called"), "sent_by": N_("Sent by"),
    "sent_by_body_id": N_("Sent by the body"), "present": N_("Present"), "informed": N_("Informed"),
    "accompanied_by": N_("Accompanied by"), "reference_persons": N_("Reference persons"), "needs": N_("Needs"),
    "needs_family": N_("In the family's words"), "needs_operator": N_("As the colleague reads it"),
    "urgency": N_("Urgency"), "urgent_until": N_("Urgent until"), "answers": N_("Answers"), "outcome": N_("Outcome"),
    "heard": N_("How they heard of the centre"), "starts": N_("Begins"), "ends": N_("Ends"),
    "function": N_("Function"), "label": N_("Title"), "cancelled_by": N_("Cancelled by"),
    "mediator_language": N_("Language of the mediator"), "room_id": N_("Room"), "initiative_id": N_("Initiative"),
    "enrolled_on": N_("Enrolled on"), "came_at": N_("Came at"), "first_name": N_("First name"),
    "people": N_("People"), "called_at": N_("Called at"), "inside_at": N_("Received at"), "ended_at": N_("Left at"),
    "direction": N_("Direction"), "body_id": N_("Body"), "body_name": N_("Body"), "why": N_("Why"),
    "items": N_("What is passed on"), "sent_on": N_("Sent on"), "answer_due": N_("Answer due"),
    "answered_on": N_("Answered on"), "answer": N_("Answer"), "feedback_on": N_("Feedback given"),
    "reference": N_("Reference"), "purpose": N_("Purpose"), "text_id": N_("Text"), "asked_on": N_("Asked on"),
    "recipient_body_id": N_("Recipient"), "recipient_name": N_("Recipient"), "withheld": N_("Not to be passed on"),
    "withdrawn_on": N_("Withdrawn on"), "withdrawn_by": N_("Withdrawn by"), "refused_on": N_("Refused on"),
    "ground": N_("Lawful ground"), "ground_act": N_("Act"), "ground_number": N_("Number of the act"),
    "ground_on": N_("Date of the act"), "heard_on": N_("Heard on"), "heard_words": N_("What the minor said"),
    "needed": N_("Signatures needed"), "signed": N_("Signatures"), "signer_name": N_("Signed by"),
    "signs_as": N_("Signs as"), "how": N_("How"), "signed_on": N_("Signed on"), "received_on": N_("Received on"),
    "end_reason": N_("Why it ended"), "ended_by_id": N_("Ended by"),
    "overlap_reason": N_("Reason of the double booking"), "all_day": N_("All day"),
    # Translators: where an appointment takes place
    "where_text": N_("Where"), "place_id": N_("Place"), "no_show_reason": N_("Why the person did not come"),
    # Translators: an appointment that came from a calendar file: what stood there
    "source_text": N_("As it was read"), "resource_id": N_("Equipment or mediator"),
    # Translators: the day of a session note, in the copy of a person's data
    "note_id": N_("Session note of"), "path_id": N_("Path of care"),
    # Translators: an excerpt or report of session notes, in the copy of a person's data
    "covers_from": N_("Sessions from"), "covers_to": N_("Sessions to"), "until": N_("Read until"),
    "given_on": N_("Given on"), "ended_on": N_("No longer read since"), "ended_why": N_("No longer read, why"),
    # Translators: when a reminder goes out
    "due": N_("To go out"),
    # Translators: a sheet that was sent by mail, the name of its file
    "sheet": N_("Sheet"), "file_name": N_("File"), "recipient": N_("Recipient"),
    # Translators: how somebody is at an initiative: takes part, or is looked after meanwhile
    "part": N_("Takes part as"), "walk_in": N_("Came without being enrolled"), "asked_at": N_("Asked on"),
    "offered_until": N_("Place offered until"), "picked_reason": N_("Why before others who waited"),
    "mismatch_reason": N_("Why although not meant for them"), "allergies": N_("Allergies"),
    "pick_up": N_("Who collects the child"), "photo_release": N_("Photos allowed"), "minutes": N_("Minutes"),
    "meetings": N_("Meetings attended"), "issued_on": N_("Issued on"),
}  # fmt: skip
"""Messages of what a column is called."""

UNTOLD = frozenset({
    "id", "version", "deleted_at", "centre_id", "fictional", "merged_into_id", "erased_on", "person_id", "other_id",
    "caller_id", "caller_is_person", "interests", "access_card_id", "appointment_id", "consent_id", "referral_id",
    "author_id", "contact_point_id", "with_id", "digest", "moves", "merged_on", "undone_on", "place",
    "series_id", "original", "travel_before", "travel_after", "uid", "contact_id", "error", "follow_up_id", "done_at",
    "meeting_id", "enrolment_id", "overridden", "neutral", "made_in",
})  # fmt: skip
"""Columns that say nothing of a person by themselves, or name somebody else."""

LISTS: dict[str, codes.Table] = {
    "sex": codes.SEXES, "privacy": codes.PRIVACY, "abode": person_details.ABODES, "role": codes.MEMBER_ROLES,
    "contact_point.kind": codes.CONTACT_KINDS, "responsibility.kind": families.RESPONSIBILITIES,
    "responsibility.state": families.STATES, "placement.kind": families.PLACEMENTS, "quality": families.QUALITIES,
    "field": families.MEASURE_FIELDS, "may_be_told": families.MAY_BE_TOLD, "flag.kind": person_details.FLAG_KINDS,
    "school_year.kind": person_details.SCHOOL_KINDS, "follow_up.kind": waiting.FOLLOW_UP_KINDS,
    "follow_up.state": waiting.FOLLOW_UP_STATES, "visit.state": waiting.VISIT_STATES, "channel": codes.CHANNELS,
    "urgency": codes.URGENCIES, "access_card.outcome": codes.OUTCOMES, "heard": access_card.HEARD,
    "caller_relation": codes.CALLER_RELATIONS, "appointment.kind": codes.APPOINTMENT_KINDS,
    "appointment.state": codes.APPOINTMENT_STATES, "cancelled_by": codes.CANCELLED_BY,
    "no_show_reason": codes.NO_SHOW_REASONS, "appointment_party.kind": codes.PARTY_KINDS,
    "reminder.channel": codes.REMINDER_CHANNELS, "reminder.state": codes.REMINDER_STATES,
    "function": codes.FUNCTIONS, "enrolment.state": codes.ENROLMENT_STATES, "part": enrolment.PARTS,
    "purpose": consents.PURPOSES, "note_release.purpose": note_release.PURPOSES, "ended_why": note_release.ENDINGS,
    "ground": consents.GROUNDS, "signs_as": consents.SIGNS_AS, "how": consents.HOW,
}  # fmt: skip
"""Code lists by column, or by table and column."""

SPEAKERS: dict[str, Callable[[Any], str]] = {
    "language": language_label,
    "mediator_language": language_label,
    "languages": lambda value: formats.list_text([language_label(code) for code in value.split()]),
    "citizenship": country_label,
    "second_citizenship": country_label,
    "municipality": lambda value: found.name if (found := municipality(value)) else value,
    "needs": lambda value: formats.list_text([need_label(code) for code in value.split()]),
    "enrolment.answers": enrolment.answers_text,
    "asked_at": lambda value: formats.date_num(date.fromisoformat(value[:10])),
    "relation.kind": noun,
    "year": school_year_label,
}
"""How else a value is said, by column, or by table and column."""


def column_words(column: str) -> str:
    """What a column is called, in the current language."""
    return _(NAMES[column])


def value_words(table: str, column: str, value: Any) -> str:
    """A value in words; "" for what is not known."""
    if value is None or value == "":
        return ""
    for key in (f"{table}.{column}", column):
        if key in SPEAKERS:
            return SPEAKERS[key](value)
        if key in LISTS:
            return codes.label(LISTS[key], value)
    return plain(value)


def plain(value: Any) -> str:
    """A value as people write it: dates and times in the reader's form, yes and no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{formats.date_num(value.date())}, {formats.time_text(value.time())}"
    if isinstance(value, date):
        return formats.date_num(value)
    return formats.time_text(value) if isinstance(value, time) else str(value)
