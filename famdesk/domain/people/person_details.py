"""Code lists of what is known of a person beside the identity, and the school year."""

from __future__ import annotations

from datetime import date

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

# Where somebody lives. Source: Italian registry law (residenza, domicilio: art. 43 of the civil code; persons without
# a fixed abode: art. 2 L. 1228/1954), and the reception system.
ABODES: Table = (
    # Translators: Italian "residenza": registered there
    Code("residence", N_("Registered residence")),
    # Translators: Italian "domicilio": lives there without being registered
    Code("domicile", N_("Domicile, registered elsewhere")),
    Code("no_fixed_abode", N_("No fixed abode")),
    # Translators: a home for parents and children or for minors, Italian "comunità"
    Code("reception_home", N_("Reception home")),
    # Translators: centres for asylum seekers, Italian CAS or SAI
    Code("asylum_reception", N_("Reception centre for refugees")),
    # Translators: a house for women who flee from violence; its address is secret
    Code("shelter", N_("Shelter")),
    Code("guest", N_("Guest of relatives or friends")),
    Code("emergency", N_("Emergency housing, hotel")),
    Code("settlement", N_("Camp or informal settlement")),
    Code("hospital", N_("Hospital or care home")),
    Code("prison", N_("Prison")),
    Code("abroad", N_("Abroad")),
)

FLAG_KINDS: Table = (
    Code("disability", N_("Disability")),
    Code("chronic_illness", N_("Chronic illness")),
    Code("allergy", N_("Allergy, emergency medicine")),
    Code("non_self_sufficient", N_("Not self-sufficient")),
    Code("learning_difficulty", N_("Learning difficulty")),
    Code("early_school_leaving", N_("Leaves school early")),
    Code("lone_parent", N_("Lone parent")),
    Code("young_parent", N_("Very young parent")),
    Code("perinatal", N_("Distress around birth")),
    Code("conflict", N_("Conflict between the parents")),
    Code("poverty", N_("Poverty")),
    Code("housing", N_("Housing emergency")),
    Code("isolation", N_("Isolation")),
    Code("migration", N_("Recent migration, asylum")),
    Code("no_permit", N_("Without a residence permit")),
    Code("unaccompanied", N_("Unaccompanied minor")),
    Code("violence", N_("Violence suffered")),
    Code("witnessed_violence", N_("Violence witnessed")),
    Code("abuse", N_("Abuse or neglect")),
    Code("trafficking", N_("Trafficking")),
    Code("mental_health", N_("Mental health")),
    Code("addiction", N_("Addiction")),
    Code("self_harm", N_("Risk of self-harm")),
    Code("justice", N_("Court proceedings")),
    Code("other", N_("Something else to be minded")),
)

SENSITIVE_FLAGS = frozenset({
    "no_permit", "violence", "witnessed_violence", "abuse", "trafficking", "mental_health", "addiction", "self_harm",
    "justice",
})  # fmt: skip
"""Proposed as sensitive: reception does not see them."""

FIELD_KINDS: Table = (
    Code("text", N_("Text")),
    Code("number", N_("A number")),
    Code("date", N_("Date")),
    Code("yes_no", N_("Yes or no")),
    Code("choice", N_("Choice from a list")),
)

# Source: Italian school system, D.Lgs. 65/2017 for 0–6, D.P.R. 263/2012 for adults (CPIA).
SCHOOL_KINDS: Table = (
    # Translators: Italian "nido d'infanzia", 3–36 months
    Code("nursery", N_("Nursery (0–3)")),
    # Translators: Italian "sezione primavera", 24–36 months
    Code("spring", N_("Bridging class (2–3)")),
    # Translators: Italian "scuola dell'infanzia", 3–6 years
    Code("kindergarten", N_("Nursery school (3–6)")),
    Code("primary", N_("Primary school")),
    # Translators: Italian "scuola secondaria di primo grado"
    Code("lower_secondary", N_("Lower secondary school")),
    # Translators: Italian "scuola secondaria di secondo grado"
    Code("upper_secondary", N_("Upper secondary school")),
    # Translators: Italian regional vocational training (IeFP, CFP)
    Code("vocational", N_("Vocational training")),
    # Translators: Italian CPIA, Italian and school diplomas for adults
    Code("adult_education", N_("School for adults")),
    Code("home_schooling", N_("Taught at home")),
    Code("none", N_("No school or nursery")),
)

_SEPTEMBER = 9


def school_year(on: date) -> int:
    """The school year of a day, by the calendar year in which it begins: it rolls over on 1 September.

    Source: art. 74 D.Lgs. 297/1994.
    """
    return on.year if on.month >= _SEPTEMBER else on.year - 1


def school_year_label(year: int) -> str:
    """2025 is "2025/26"."""
    return f"{year}/{(year + 1) % 100:02d}"
