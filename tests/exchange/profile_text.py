"""What the tests of profiles share."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from famdesk.domain.centre.profile import Profile


def all_text(profile: Profile) -> str:
    """All texts that the entries keep, but not where they come from and how they were inferred."""
    kept: list[str] = []
    for entry in profile.entries():
        for field in fields(entry):
            value = getattr(entry, field.name)
            if isinstance(value, str) and field.name not in {"source", "inferred", "key", "centre"}:
                kept.append(value)
    return "\n".join(kept)


def by_key(profile: Profile) -> dict[str, Any]:
    """The entries that have a key."""
    return {entry.key: entry for entry in profile.entries() if hasattr(entry, "key")}
