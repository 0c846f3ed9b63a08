"""What was answered so far; it survives going back, and the new page after another language was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

BLANK = "blank"


@dataclass
class Answers:
    """The answers of all steps.

    Attributes:
        way: "demo", "new", "join" or "restore".
        profile: the name of a profile's file, or `BLANK`.
        centre_key: which centre of the profile.
        centre: the name of the centre, also when it comes from a profile.
        municipality: the ISTAT code of a blank centre's comune, or None.
        admin: name, login and password of the first account.
        join, restore: the fields of those forms.
        recovery: the code of the recovery sheet, made once.
    """

    way: str = "demo"
    profile: str = "cremona"
    centre_key: str = ""
    centre: str = ""
    municipality: str | None = None
    admin: dict[str, Any] = field(default_factory=dict)
    join: dict[str, Any] = field(default_factory=lambda: {"port": 5432})
    restore: dict[str, Any] = field(default_factory=dict)
    recovery: str = ""
