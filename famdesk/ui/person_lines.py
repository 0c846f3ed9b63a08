"""Persons as the lists under search fields show them."""

from __future__ import annotations

from famdesk.i18n import _
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.people.person_rows import PersonHit


def person_line(hit: PersonHit) -> Line:
    """A person who was found; one whose name only resembles what was typed says so."""
    badge, meaning = (_("similar"), Meaning.WARNING) if hit.similar else ("", None)
    return Line(hit.id, hit.label, detail=hit.detail, icon="user", badge=badge, meaning=meaning, similar=hit.similar)
