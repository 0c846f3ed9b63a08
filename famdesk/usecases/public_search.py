"""The search box while others can see the screen: it finds the same, and tells of people only what the gate allows."""

from __future__ import annotations

from dataclasses import replace

from famdesk.data.tx import Tx
from famdesk.usecases import search
from famdesk.usecases.post import outgoing
from famdesk.usecases.registry import query
from famdesk.usecases.search import Hit


@query
def public_hits(tx: Tx, text: str, limit: int = 30) -> tuple[Hit, ...]:
    """As `search.search`; people are an alias or initials without any detail, and those with a guarded file are
    missing; so are paths of care."""
    hits = [hit for hit in search.search(tx, text, limit) if hit.kind != "path"]
    ids = [hit.id for hit in hits if hit.kind == "person"]
    named = outgoing.masked(tx, ids, "screen") if ids else {}
    return tuple(
        replace(hit, label=named[hit.id].label, detail="") if hit.kind == "person" else hit
        for hit in hits
        if hit.kind != "person" or hit.id in named
    )
