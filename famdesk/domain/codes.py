"""The code lists of the centre: short stable codes in the database, words of the reader's language on the screen.

Order matters: it is the order of the choices on the screen. A code is never renamed or reused; one that is no longer
offered stays here, so that old records keep their words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from famdesk.domain.text import age_in_months
from famdesk.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Code:
    """A code and its English message; see `label` for the words to show."""

    code: str
    label: str


Table = tuple[Code, ...]


def label(table: Table, code: str | None) -> str:
    """The words for a code in the current language; the code itself if this version does not know it; "" for None."""
    return next((_(row.label) for row in table if row.code == code), code or "")


def labels(table: Table) -> tuple[tuple[str, str], ...]:
    """(code, words in the current language) in the order of the list, for a choice."""
    return tuple((row.code, _(row.label)) for row in table)


def codes(table: Table) -> tuple[str, ...]:
    """The codes alone."""
    return tuple(row.code for row in table)


# Source: Modello condiviso di Centro per la Famiglia, Dipartimento per le politiche della famiglia: three functions.
FUNCTIONS: Table = (
    Code("A", N_("Information and orientation")),
    Code("B", N_("Support of parental competences")),
    Code("C", N_("Family reception and community development")),
)

# How an access comes in.
CHANNELS: Table = (
    Code("door", N_("At the door")),
    Code("phone", N_("Phone")),
    Code("mail", N_("E-mail")),
    # Translators: a text message or chat, as on a mobile phone
    Code("message", N_("Message")),
    Code("video", N_("Video call")),
    # Translators: the staff go out to places where families are
    Code("outreach", N_("Outreach")),
    Code("initiative", N_("During an initiative")),
    Code("referral", N_("Sent by a service")),
    Code("letter", N_("Letter")),
)

# Age of the person concerned, cut where Italian services and schools change; bounds in AGE_BOUNDS.
AGE_BANDS: Table = (
    Code("unborn", N_("Before birth")),
    Code("0-3", N_("0–36 months")),
    Code("3-6", N_("3–5 years")),
    Code("6-11", N_("6–10 years")),
    Code("11-14", N_("11–13 years")),
    Code("14-18", N_("14–17 years")),
    Code("18-30", N_("18–29 years")),
    Code("adult", N_("30–64 years")),
    Code("65+", N_("65 and over")),
    Code("family", N_("Whole family")),
)

# Whom an access point or initiative is for; bands that overlap, so never for counting.
TARGET_AGES: Table = (Code("0-6", N_("0–6 years")), *AGE_BANDS)

AGE_BOUNDS: tuple[tuple[str, int], ...] = (
    ("65+", 65 * 12),
    ("adult", 30 * 12),
    ("18-30", 18 * 12),
    ("14-18", 14 * 12),
    ("11-14", 11 * 12),
    ("6-11", 6 * 12),
    ("3-6", 3 * 12),
    ("0-3", 0),
)
"""(age band, age in months from which it holds), the oldest first."""


def age_band(birth: date, on: date) -> str:
    """The code of the age band of somebody on a day; "unborn" before the birth."""
    months = age_in_months(birth, on)
    return "unborn" if months is None else next(code for code, least in AGE_BOUNDS if months >= least)


PROFESSIONS: Table = (
    Code("social_worker", N_("Social worker")),
    Code("educator", N_("Educator")),
    Code("psychologist", N_("Psychologist")),
    Code("psychotherapist", N_("Psychotherapist")),
    Code("pedagogist", N_("Pedagogist")),
    Code("family_mediator", N_("Family mediator")),
    Code("cultural_mediator", N_("Language and cultural mediator")),
    Code("legal_adviser", N_("Legal adviser")),
    Code("midwife", N_("Midwife")),
    Code("nurse", N_("Nurse")),
    # Translators: animates groups and play, Italian "animatore"
    Code("animator", N_("Group leader")),
    Code("receptionist", N_("Receptionist")),
    Code("coordinator", N_("Coordinator")),
    Code("administrative", N_("Administrative staff")),
    Code("volunteer", N_("Volunteer")),
    Code("trainee", N_("Trainee")),
)

APPOINTMENT_KINDS: Table = (
    Code("first_interview", N_("First interview")),
    Code("interview", N_("Interview")),
    Code("consultation", N_("Psycho-pedagogical consultation")),
    Code("psychology", N_("Psychological interview")),
    Code("couple", N_("Couple interview")),
    Code("mediation", N_("Family mediation")),
    Code("home_visit", N_("Home visit")),
    Code("accompaniment", N_("Accompaniment")),
    Code("phone_call", N_("Phone call")),
    Code("team", N_("Team meeting")),
    Code("network", N_("Meeting with other services")),
    Code("supervision", N_("Supervision")),
    Code("absence", N_("Absence")),
    Code("other", N_("Other")),
)

APPOINTMENT_STATES: Table = (
    Code("planned", N_("Planned")),
    Code("confirmed", N_("Confirmed")),
    # Translators: the person is in the waiting room
    Code("arrived", N_("Arrived")),
    Code("done", N_("Held")),
    Code("no_show", N_("Did not come")),
    Code("cancelled", N_("Cancelled")),
    # Translators: a date that was taken out of a series of appointments
    Code("skipped", N_("Left out")),
)

# Transport and illness never count against the family.
NO_SHOW_REASONS: Table = (
    Code("illness", N_("Illness")),
    Code("transport", N_("Transport")),
    Code("forgotten", N_("Forgotten")),
    Code("work", N_("Work or study")),
    Code("unwilling", N_("Did not want to come")),
    Code("unknown", N_("Not known")),
)

RESOURCE_KINDS: Table = (
    Code("mediator", N_("Language and cultural mediator")),
    Code("equipment", N_("Equipment")),
    Code("vehicle", N_("Vehicle")),
    Code("other", N_("Other")),
)

PARTY_KINDS: Table = (
    Code("staff", N_("Colleague")),
    Code("room", N_("Room")),
    Code("resource", N_("Equipment or mediator")),
    Code("person", N_("Person")),
)
"""Who or what takes part in an appointment beside its own person, colleague and room."""

REMINDER_CHANNELS: Table = (
    Code("mail", N_("E-mail")),
    Code("letter", N_("Letter")),
    Code("call", N_("Phone call")),
)

REMINDER_STATES: Table = (
    Code("waiting", N_("Waiting")),
    # Translators: a mail that is being sent at this moment
    Code("sending", N_("Being sent")),
    # Translators: a reminder that went out
    Code("sent", N_("Sent")),
    Code("failed", N_("Not sent yet, will be tried again")),
    # Translators: the program was interrupted while it sent a mail: nobody knows whether it went out
    Code("unsure", N_("Perhaps sent")),
    Code("given_up", N_("Could not be sent")),
    # Translators: a reminder that a colleague gave by phone or letter
    Code("done", N_("Done")),
    # Translators: a reminder that is no longer needed
    Code("stopped", N_("No longer needed")),
)

CANCELLED_BY: Table = (
    Code("family", N_("By the family")),
    Code("centre", N_("By the centre")),
)

INITIATIVE_KINDS: Table = (
    Code("cycle", N_("Cycle of meetings")),
    Code("group", N_("Group")),
    Code("mutual_help", N_("Mutual-help group")),
    Code("parents_school", N_("School for parents")),
    Code("laboratory", N_("Laboratory")),
    Code("course", N_("Course")),
    Code("training", N_("Training for professionals")),
    Code("support_space", N_("Support space")),
    Code("play", N_("Play and leisure")),
    Code("community", N_("Community event")),
    Code("presentation", N_("Presentation")),
)

INITIATIVE_STATES: Table = (
    Code("preparation", N_("In preparation")),
    Code("enrolling", N_("Enrolling")),
    Code("running", N_("Running")),
    Code("closed", N_("Ended")),
)

ENROLMENT_STATES: Table = (
    Code("requested", N_("To be approved")),
    Code("enrolled", N_("Enrolled")),
    Code("offered", N_("Place offered")),
    Code("waiting", N_("On the waiting list")),
    # Translators: a place was offered and nobody answered in time
    Code("expired", N_("Offer expired")),
    Code("declined", N_("Offer declined")),
    Code("refused", N_("Not accepted")),
    Code("withdrawn", N_("Withdrawn")),
)

AUDIENCES: Table = (
    Code("families", N_("Families")),
    Code("professionals", N_("Professionals")),
    Code("community", N_("Everybody")),
)

# What came of an access. Source: the outcome of the Italian access card ("esito", segretariato sociale).
OUTCOMES: Table = (
    Code("informed", N_("Information given")),
    Code("solved", N_("Need met at once")),
    Code("appointment", N_("Appointment given")),
    Code("enrolled", N_("Enrolled in an initiative")),
    Code("taken_on", N_("Taken on by the centre")),
    Code("referred", N_("Sent to another service")),
    Code("called_back", N_("To be called back")),
    Code("declined", N_("Offer declined")),
    Code("not_competent", N_("Outside the centre's tasks")),
    Code("pending", N_("Still open")),
)

URGENCIES: Table = (
    Code("none", N_("Not urgent")),
    Code("soon", N_("Within days")),
    Code("today", N_("Today")),
)

CONTACT_KINDS: Table = (
    Code("mobile", N_("Mobile phone")),
    Code("phone", N_("Phone")),
    Code("mail", N_("E-mail")),
    # Translators: certified e-mail, Italian PEC
    Code("certified_mail", N_("Certified e-mail")),
    Code("address", N_("Postal address")),
    Code("other", N_("Other")),
)

BODY_KINDS: Table = (
    # Translators: the Italian municipality as an authority
    Code("comune", N_("Municipality")),
    # Translators: a department, sector or office of a body
    Code("department", N_("Department or sector")),
    Code("asst", N_("Local health and social care trust (ASST)")),
    Code("ats", N_("Health protection agency (ATS)")),
    Code("asl", N_("Local health authority (ASL)")),
    # Translators: Italian "azienda sociale", a company of several municipalities for social services
    Code("social_company", N_("Social services company")),
    Code("cooperative", N_("Cooperative")),
    Code("consortium", N_("Consortium")),
    Code("foundation", N_("Foundation")),
    Code("association", N_("Association")),
    Code("grouping", N_("Temporary grouping (ATI)")),
    Code("school", N_("School")),
    Code("nursery", N_("Nursery")),
    Code("university", N_("University")),
    Code("hospital", N_("Hospital")),
    # Translators: Italian "consultorio familiare"
    Code("counselling", N_("Family counselling centre")),
    Code("court", N_("Court")),
    Code("region", N_("Region")),
    Code("province", N_("Province")),
    # Translators: Italian "Ambito territoriale", municipalities that plan social services together
    Code("ambito", N_("Social district")),
    Code("ministry", N_("Ministry or government department")),
    Code("police", N_("Police")),
    Code("antiviolence", N_("Anti-violence centre")),
    Code("parish", N_("Parish")),
    Code("company", N_("Company")),
    Code("network", N_("Network")),
    Code("other", N_("Other")),
)

PLACE_KINDS: Table = (
    Code("centre", N_("Seat of the centre")),
    Code("office", N_("Seat of a body")),
    Code("building", N_("Building")),
    Code("school", N_("School or nursery")),
    Code("hospital", N_("Hospital")),
    Code("health", N_("Health service")),
    Code("community", N_("Community space")),
    Code("outdoors", N_("Square, park or garden")),
    Code("area", N_("Area")),
    # Translators: online, by phone or video
    Code("virtual", N_("Online or by phone")),
    # Translators: a place whose address must not be told
    Code("hidden", N_("Address kept secret")),
    Code("other", N_("Other")),
)

SEXES: Table = (
    Code("F", N_("Female")),
    Code("M", N_("Male")),
)

PRIVACY: Table = (
    Code("none", N_("Privacy notice not given yet")),
    Code("given", N_("Privacy notice given")),
    Code("signed", N_("Privacy notice signed")),
    Code("refused", N_("Privacy notice refused")),
)

MEMBER_ROLES: Table = (
    Code("member", N_("Member of the household")),
    Code("mother", N_("Mother")),
    Code("father", N_("Father")),
    Code("partner", N_("Partner of a parent")),
    Code("child", N_("Child")),
    Code("sibling", N_("Brother or sister")),
    Code("grandparent", N_("Grandparent")),
    Code("relative", N_("Other relative")),
    Code("foster_parent", N_("Foster parent")),
    Code("foster_child", N_("Child in foster care")),
    Code("guardian", N_("Guardian")),
)

# Who speaks at an access for the person concerned ("interlocutore").
CALLER_RELATIONS: Table = (
    Code("self", N_("The person concerned")),
    Code("parent", N_("Parent")),
    Code("partner", N_("Partner")),
    Code("child", N_("Child")),
    Code("grandparent", N_("Grandparent")),
    Code("relative", N_("Other relative")),
    Code("guardian", N_("Guardian")),
    Code("foster_parent", N_("Foster parent")),
    Code("friend", N_("Friend or neighbour")),
    Code("school", N_("School or nursery")),
    Code("service", N_("Another service")),
    Code("volunteer", N_("Volunteer")),
    Code("other", N_("Other")),
)
