"""The fields of an access card, in the one order that the form on the screen and the paper card share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from famdesk.domain import codes
from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

Kind = Literal["moment", "choice", "point", "body", "line", "person", "tie", "check", "needs", "text", "date",
               "initiatives"]  # fmt: skip

MOST_REFERENCES = 3
URGENT_DAYS = {"today": 0, "soon": 7}
"""How long an urgency holds if nobody says until when, in days after the access."""

HEARD: Table = (
    Code("before", N_("Has been here before")),
    Code("family", N_("Family, friends, neighbours")),
    Code("school", N_("School or nursery")),
    # Translators: a paediatrician or family doctor
    Code("doctor", N_("Doctor or paediatrician")),
    Code("counselling", N_("Family counselling centre")),
    Code("social_service", N_("Social services of the municipality")),
    Code("association", N_("Association, parish, third sector")),
    Code("initiative", N_("At an initiative")),
    Code("poster", N_("Poster or flyer")),
    Code("web", N_("Website")),
    Code("social", N_("Social networks")),
    Code("press", N_("Newspaper, radio, television")),
    Code("other", N_("Other")),
)
"""How a family heard of the centre."""


@dataclass(frozen=True, slots=True)
class CardField:
    """One field: `name` is the use-case's, `choices` belong to the kind "choice", `lines` the height of a text.

    `beside`: it stands in a column of its own beside the field before it ("what the family says", "how it is read").
    """

    name: str
    label: str
    kind: Kind
    choices: Table = ()
    lines: int = 1
    beside: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class CardSection:
    title: str
    fields: tuple[CardField, ...]


SECTIONS: tuple[CardSection, ...] = (
    CardSection(N_("Access"), (
        CardField("at", N_("Day and time"), "moment", required=True),
        CardField("channel", N_("How"), "choice", codes.CHANNELS),
        CardField("access_point_id", N_("Access point"), "point"),
        CardField("sent_by_body_id", N_("Sent by (body)"), "body"),
        CardField("sent_by", N_("Sent by (person or office)"), "line"),
        CardField("heard", N_("How they heard of us"), "choice", HEARD),
    )),
    CardSection(N_("Who calls"), (
        CardField("caller_relation", N_("Who it is"), "choice", codes.CALLER_RELATIONS),
        CardField("caller_id", N_("Caller"), "person"),
    )),
    CardSection(N_("For whom"), (
        CardField("person_id", N_("Person concerned"), "person"),
        CardField("present", N_("Is present"), "check"),
        CardField("informed", N_("Knows of this access"), "check"),
        CardField("accompanied_by", N_("Accompanied by"), "line"),
    )),
    CardSection(N_("Reference persons"), (
        CardField("reference_1", N_("First reference person"), "tie", codes.CALLER_RELATIONS[1:]),
        CardField("reference_2", N_("Second reference person"), "tie", codes.CALLER_RELATIONS[1:]),
        CardField("reference_3", N_("Third reference person"), "tie", codes.CALLER_RELATIONS[1:]),
        CardField("references", N_("Others: name, tie, phone"), "text", lines=2),
    )),
    CardSection(N_("Needs"), (
        CardField("needs_family", N_("In the family's words"), "text", lines=5),
        CardField("needs", N_("As the operator reads them"), "needs", beside=True),
        CardField("needs_operator", N_("Operator's remarks"), "text", lines=2, beside=True),
        CardField("urgency", N_("Urgency"), "choice", codes.URGENCIES),
        # Translators: the day on which somebody looks at the urgency of a card again
        CardField("urgent_until", N_("Look at it again on"), "date"),
    )),
    CardSection(N_("Answers"), (
        CardField("answers", N_("Answers given"), "text", lines=3),
    )),
    CardSection(N_("Outcome"), (
        CardField("outcome", N_("Outcome"), "choice", codes.OUTCOMES),
        CardField("interests", N_("Interested in"), "initiatives"),
        CardField("note", N_("Remarks"), "text", lines=2),
    )),
)  # fmt: skip
"""As the Tab key goes over the screen and as the paper card is numbered."""

REFERENCES: tuple[str, ...] = ("reference_1", "reference_2", "reference_3")


def fields() -> Iterator[CardField]:
    """All fields in order."""
    for section in SECTIONS:
        yield from section.fields


def numbers() -> dict[str, int]:
    """The number of each field on paper, from 1 on."""
    return {field.name: number for number, field in enumerate(fields(), start=1)}


def usual_end(urgency: str | None, day: date) -> date | None:
    """Until when an access of a day is urgent, unless somebody says otherwise."""
    days = URGENT_DAYS.get(urgency or "")
    return None if days is None else day + timedelta(days=days)


def urgency_state(urgency: str | None, until: date | None, today: date) -> Literal["", "urgent", "expired"]:
    """Whether a card is urgent today, or was and has to be looked at again."""
    if urgency not in URGENT_DAYS:
        return ""
    return "expired" if until is not None and until < today else "urgent"
