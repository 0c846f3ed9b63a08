"""Two files of one person made one: what may be chosen, which rows are one, what the linked records are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from famdesk.i18n import N_

APART_FOR = timedelta(days=30)
"""How long a merge can be taken apart."""

KEPT, OTHER, BOTH = "kept", "other", "both"

TOGETHER: dict[str, tuple[str, ...]] = {
    "birth_date": ("birth_date", "birth_part", "birth_text"),
    "privacy": ("privacy", "privacy_on"),
}
"""Fields that are chosen as one: the first stands for the others."""

NOT_CHOSEN = frozenset({
    "id", "version", "centre_id", "deleted_at", "merged_into_id", "erased_on", "protected", "restricted",
    "no_contact",
})  # fmt: skip
"""Columns of a person that are no field: protection is never lost, whichever file is kept."""

NEVER_LOST = ("protected", "restricted", "no_contact")
"""What holds for the kept file if it held for either."""

JOINED = frozenset({"note", "allergies", "pick_up"})
"""Texts of which both can be kept, one below the other."""

PRIVACY_ORDER = ("none", "given", "signed", "refused")
"""What was said later holds; of one day, what stands last here."""

LABELS = {
    "access_card": N_("Access cards"),
    "appointment": N_("Appointments"),
    "appointment_party": N_("Presences at appointments of others"),
    "card_person": N_("Access cards as a reference person"),
    "consent": N_("Consents"),
    "consent_signature": N_("Signatures under consents"),
    "contact_point": N_("Phone numbers, mail addresses and other contacts"),
    "custom_value": N_("Fields of the centre's own"),
    "delegate": N_("Persons who may collect or be told"),
    "enrolment": N_("Enrolments"),
    "flag": N_("Marks of what must be minded"),
    "follow_up": N_("Follow-ups and calls"),
    "certificate": N_("Certificates of attendance"),
    "legal_hold": N_("Legal holds"),
    "meeting_notice": N_("Notices about meetings"),
    "measure": N_("Measures of courts"),
    "membership": N_("Places in households"),
    "merge": N_("Files merged before"),
    "not_same": N_("Persons found to be somebody else"),
    "note_person": N_("Session notes"),
    "note_release": N_("Excerpts and reports"),
    "path_person": N_("Paths of care"),
    "person": N_("Files merged before"),
    "person_staff": N_("Colleagues assigned"),
    "placement": N_("Placements"),
    "referral": N_("Referrals"),
    "relation": N_("Relations to others"),
    "reminder": N_("Reminders of appointments"),
    "responsibility": N_("Parental responsibility and guardians"),
    "rights_request": N_("Requests about one's data"),
    "school_year": N_("School years"),
    "sheet_mail": N_("Sheets sent by mail"),
    "visit": N_("Visits in the waiting room"),
}
"""What the records of a table are called; those of tables that are not here are "other records"."""
OTHERS = N_("Other records")

NOT_WITH_ONESELF = frozenset({"relation", "responsibility", "delegate", "not_same"})
"""Tables whose rows make no sense once both persons are one. A signature or a call of one's own does."""


@dataclass(frozen=True, slots=True)
class Same:
    """When two rows of a table, one of each file, are one.

    All of `columns` are equal; of `fitting` each is equal or missing in one. `periods`: and their times touch.
    """

    columns: tuple[str, ...]
    fitting: tuple[str, ...] = ()
    periods: bool = False


SAME: dict[str, Same] = {
    "appointment_party": Same(("appointment_id", "person_id")),
    "card_person": Same(("access_card_id", "person_id")),
    "contact_point": Same(("person_id",), ("owner", "neutral_name", "safe_from", "safe_to")),
    "custom_value": Same(("field_id", "person_id")),
    "delegate": Same(("person_id", "other_id", "name"), ("may_be_told",), periods=True),
    "enrolment": Same(("initiative_id", "person_id", "meeting_id")),
    "flag": Same(("person_id", "kind"), ("review_on",)),
    "membership": Same(("household_id", "person_id"), ("days",), periods=True),
    "not_same": Same(("person_id", "other_id")),
    "person_staff": Same(("person_id", "staff_id", "kind"), periods=True),
    "relation": Same(("person_id", "other_id", "kind"), ("quality",), periods=True),
    "school_year": Same(("person_id", "year"), ("school", "body_id", "kind", "grade")),
}
"""For which tables rows of both files may be one; all others are kept beside each other."""

ENROLMENT_ORDER = ("withdrawn", "refused", "declined", "expired", "requested", "waiting", "offered", "enrolled")
"""The state that says most, last: who had a place with either file has one."""
PLAIN_ROLE = "member"


def label(table: str) -> str:
    """The msgid of what the records of a table are called."""
    return LABELS.get(table, OTHERS)


def strongest(order: tuple[str, ...], values: Iterable[str]) -> str:
    """The value that stands last in the order."""
    return max(values, key=lambda value: order.index(value) if value in order else -1)
