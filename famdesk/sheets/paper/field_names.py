"""What people call the texts of a sheet: said when one of them cannot be printed."""

from __future__ import annotations

from types import MappingProxyType

from famdesk.i18n import N_

_NAMES = MappingProxyType({
    "about": N_("What it is about"),
    "alt": N_("What it shows"),
    "applicant": N_("Who applied"),
    "address": N_("Address"),
    "age": N_("Age"),
    "audience": N_("For whom"),
    "basis": N_("Legal basis"),
    "body": N_("Text"),
    "born": N_("Born"),
    "bring": N_("What to bring"),
    "by": N_("By whom"),
    "call": N_("Call for applications"),
    "centre": N_("Name of the centre"),
    "closed": N_("Reason"),
    "columns": N_("Name"),
    "contact": N_("Enrolment and contact"),
    "credit": N_("Whose it is"),
    "data": N_("Which data"),
    "days": N_("Days"),
    "directions": N_("How to get there"),
    "ended": N_("Until when"),
    "entries": N_("Text"),
    "floor": N_("Floor and room"),
    "footer": N_("Footer"),
    "header": N_("Header"),
    "heading": N_("Heading"),
    "holder": N_("Who keeps it"),
    "initiative": N_("Initiative"),
    "kind": N_("Kind"),
    "label": N_("Name"),
    "leader": N_("Who leads it"),
    "lines": N_("Place"),
    "mail": N_("E-mail"),
    "measures": N_("Measures"),
    "name": N_("Name"),
    "names": N_("Name"),
    "note": N_("Note"),
    "opened": N_("Role"),
    "operator": N_("With whom"),
    "partners": N_("Partner"),
    "people": N_("Name"),
    "person": N_("Person"),
    "phone": N_("Phone"),
    "phones": N_("Phone"),
    "place": N_("Place"),
    "profession": N_("Profession"),
    "profession_again": N_("Profession"),
    "purpose": N_("Purpose"),
    "reason": N_("Reason"),
    "recipient": N_("To whom it is passed on"),
    "reference": N_("Protocol"),
    "remarks": N_("Remarks"),
    "retention": N_("How long it is kept"),
    "role": N_("Role"),
    "room": N_("Room"),
    "season": N_("Season"),
    "sender": N_("Sender"),
    "signed": N_("Signature"),
    "state": N_("State"),
    "street": N_("Address"),
    "subject": N_("Whose calendar it is"),
    "subjects": N_("Whose data"),
    "tagline": N_("Line under the name"),
    "target": N_("For whom"),
    "text": N_("Text"),
    "theme": N_("Theme"),
    "title": N_("Title"),
    "typed": N_("Why it is typed"),
    "value": N_("Phone or address"),
    "web": N_("Website"),
    "what": N_("What it is about"),
    "when": N_("When"),
    "who": N_("Name"),
    "withheld": N_("What is kept back"),
    "worked": N_("Name"),
})  # fmt: skip
"""By the name of the field; two sheets that say the same of something call it the same."""

_OWN = MappingProxyType(
    {
        "CaseMeetingRow.leads": N_("Led by"),
        "CaseRow.outcome": N_("Outcome"),
        "CaseRow.question": N_("Question or aim"),
        "PlaceHours.name": N_("Place"),
        "Partner.name": N_("Partner"),
        "Flyer.text": N_("Text on the flyer"),
        "Asked.text": N_("Question"),
        "QuestionRow.text": N_("Question"),
        "Destination.name": N_("Service"),
        "Destination.what": N_("What it does"),
        "Offer.name": N_("Initiative"),
        "Hours.name": N_("Place"),
        "Shut.name": N_("Place"),
        "PointCell.name": N_("Access point"),
        "Home.name": N_("Household"),
        "EntryRow.name": N_("Processing activity"),
    }
)
"""By class and field, where the name alone says too little."""

CODES = frozenset({
    "also", "channel", "check", "code", "codes", "column", "envelope", "form", "function", "how", "id", "interpreters",
    "kind", "language", "marks", "members", "other_id", "outcome", "person_id", "quality", "said", "scale", "sex",
    "shape", "sheet", "size", "uid", "window",
})  # fmt: skip
"""Keys and codes from a list: nobody types them."""

_KEYED = frozenset({"columns", "days"})
"""Pairs of a key and a text."""
_TYPED = frozenset({"DayAppointment.kind", "CaseRow.outcome"})
_SET = frozenset(
    {
        "Entry.name",
        "EntryRow.role",
        "Applied.state",
        "Logo.body",
        "Message.place",
        "CaseRow.path_id",
        "CaseRow.staff_id",
        "CaseMeetingRow.staff_id",
        "Destroyed.hash",
    }
)
"""Codes under a name that elsewhere stands for a text."""


def is_code(owner: str, name: str, way: tuple[str | int, ...] = ()) -> bool:
    """Whether a field of a class holds a key or a code; `way` is where it stands, names and numbers of items."""
    whole = f"{owner}.{name}"
    keyed = name in _KEYED and bool(way) and way[-1] == 0
    return whole in _SET or keyed or (name in CODES and whole not in _TYPED)


def label(owner: str, name: str) -> str:
    """What people call a text field of a class, as a message; "" for one that has no name here."""
    return _OWN.get(f"{owner}.{name}") or _NAMES.get(name, "")
