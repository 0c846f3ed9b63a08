"""Patterns of initiatives that family centres have again and again: what is usual is filled in and can be changed.

Source: the initiatives that the centres of Cremona and Bari announce; the numbers of meetings of family mediation (3 to
12) and of the groups for children of separated parents (4) are those usual in Italy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from famdesk.i18n import N_

YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True)
class Template:
    """A pattern: `name` as the new initiative is called first (msgid), `values` fields of an initiative.

    `texts` are those of its fields whose words are translated (msgids), `questions` asked before enrolment; `meetings`
    how many are made, from `least` to `most`; `minutes` of each, None: to be set; `themes` of the first of them.
    """

    code: str
    name: str
    values: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    meetings: int = 1
    least: int = 1
    most: int = 60
    minutes: int | None = None
    child_care: bool = False
    themes: tuple[str, ...] = ()


_VIOLENCE = N_("Is there, or was there, violence in the family?")
_SUITS = N_("Is a suit between you pending in court?")

TEMPLATES: tuple[Template, ...] = (
    Template(
        "evenings", N_("Evenings for parents"),
        {"kind": "cycle", "function": "B", "counting": "heads", "capacity_per": "meeting"},
        {"description": N_("No lectures: room for dialogue, and to share experiences.")},
        meetings=5,
    ),
    # Translators: Italian "scuola per genitori"
    Template(
        "parents_school", N_("School for parents"),
        {"kind": "parents_school", "function": "B", "capacity": 20, "target_who": "parents"},
        meetings=6, minutes=120, child_care=True,
    ),
    Template(
        "mediation", N_("Family mediation"),
        {"kind": "support_space", "function": "B", "capacity": 2, "approval": True, "group_form": "closed",
         "target_who": "parents"},
        {"description": N_("From 3 to 12 meetings with both parents.")},
        (_VIOLENCE, _SUITS), meetings=3, least=3, most=12, minutes=90,
    ),
    # Translators: Italian "gruppi di parola", for children of separated parents
    Template(
        "speech_group", N_("Group for children of separated parents"),
        {"kind": "group", "function": "B", "capacity": 8, "approval": True, "group_form": "closed",
         "target_who": "children", "target_from": 6 * YEAR, "target_to": 13 * YEAR - 1},
        {"description": N_("Four meetings; the parents join the end of the last one. Both parents have to agree.")},
        (_VIOLENCE,), meetings=4, least=4, most=4, minutes=120,
    ),
    Template(
        "mutual_help", N_("Mutual-help group"),
        {"kind": "mutual_help", "function": "C", "counting": "heads", "group_form": "families"},
        meetings=10, minutes=90,
    ),
    # Translators: Italian "spazio di sostegno alla paternità"
    Template(
        "fatherhood", N_("Space for fathers"),
        {"kind": "support_space", "function": "B", "capacity": 12, "group_form": "open", "target_who": "fathers",
         "target_of_child": True, "target_from": 0, "target_to": 3 * YEAR - 1},
        {"target": N_("fathers of children in their first three years")},
        meetings=4, minutes=90,
    ),
    Template(
        "laboratory", N_("Laboratory"),
        {"kind": "laboratory", "function": "C", "capacity": 15},
        meetings=4, minutes=120,
    ),
    Template(
        "young", N_("Laboratory of active citizenship"),
        {"kind": "laboratory", "function": "C", "capacity": 20, "target_who": "young", "target_from": 14 * YEAR,
         "target_to": 26 * YEAR - 1},
        meetings=6, minutes=120,
    ),
    Template(
        "training", N_("Training for professionals"),
        {"kind": "training", "function": "C", "audience": "professionals", "capacity": 30},
        meetings=3, minutes=180,
    ),
    Template(
        "event", N_("Public event"),
        {"kind": "community", "function": "C", "audience": "community", "counting": "heads"},
        meetings=1,
    ),
    Template(
        "play", N_("Play and leisure for families"),
        {"kind": "play", "function": "C", "counting": "heads", "season": "spring", "residents": False},
        {"season_text": N_("from next spring")},
        meetings=1,
    ),
)  # fmt: skip


def template(code: str) -> Template | None:
    """The pattern of a code."""
    return next((one for one in TEMPLATES if one.code == code), None)
