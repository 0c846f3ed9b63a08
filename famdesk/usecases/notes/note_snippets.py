"""Ready texts for session notes: templates and shortcuts, one's own and the centre's.

One's own are sealed to their owner, as what somebody writes again and again says something about whom it is written.
The centre's stand in clear and are for everybody who writes notes: nothing personal belongs there.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from famdesk.data.keys.crypto import Damaged, seal, unseal
from famdesk.data.tables.writing import NoteSnippet
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import NotFound
from famdesk.domain.notes import note_texts as rules
from famdesk.domain.notes.note_texts import EXPANSION, TEMPLATE, Ready
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.i18n.collate import sort_key
from famdesk.usecases.registry import query, usecase


@dataclass(frozen=True, slots=True)
class SnippetRow:
    """A ready text. `id` "": one of the program that nobody changed; `origin` its code, or that of the one behind a
    changed one. `own`: the reader's alone; else the centre's. `editable`: the reader may change it where it stands."""

    id: str
    version: int
    kind: str
    name: str
    body: str
    own: bool
    editable: bool
    origin: str = ""

    def ready(self) -> Ready:
        """The text by itself."""
        return Ready(self.name, self.body)


@query
def snippets(tx: Tx, kind: str) -> tuple[SnippetRow, ...]:
    """The templates or shortcuts that one writes with: one's own first, the centre's, then those of the program that
    nobody replaced. What was sealed to keys that are lost is left out."""
    rows = [row for row in tx.all(NoteSnippet, NoteSnippet.kind == kind) if row.staff_id in {None, tx.actor.staff_id}]
    found = [shown for row in rows if (shown := _shown(tx, row)) is not None]
    if kind == TEMPLATE:
        replaced = {row.origin for row in found}
        found += [_of_program(code) for code in rules.TEMPLATES if code not in replaced]
    return tuple(sorted(found, key=lambda row: (not row.own, not row.id, sort_key(row.name) if row.id else ())))


@query
def for_all(tx: Tx) -> None:
    """Lets pass who writes the centre's ready texts, which everybody who writes notes reads.

    Raises:
        Forbidden.
    """


@usecase(N_("Ready text for notes saved"))
def save(
    tx: Tx, kind: str, name: str, body: str, *, own: bool = True, snippet_id: str = "", version: int | None = None,
    origin: str = "",
) -> str:  # fmt: skip
    """Saves a template or shortcut, a new one without `snippet_id`; gives its id. `own`: for oneself alone, else for
    the centre. `origin`: the code of the program's template that it stands in place of.

    Raises:
        NameMissing, BadShortcut, BodyMissing, ShortcutTaken, NotFound, Stale.
        Forbidden: see `for_all`.
    """
    if kind not in codes(rules.SNIPPET_KINDS):
        raise NotFound
    text = rules.checked(kind, name, body)
    _may_write(tx, own=own)
    found = _mine(tx, snippet_id, version) if snippet_id else NoteSnippet(kind=kind)
    if kind == EXPANSION and _taken(tx, text.name, own=own, but=snippet_id):
        raise rules.ShortcutTaken("name")
    found.staff_id = tx.actor.staff_id if own else None
    found.origin = origin or found.origin
    found.name = None if own else text.name
    found.body = _sealed(tx, text) if own else text.body
    if not snippet_id:
        tx.add(found)
    return found.id


@usecase(N_("Ready text for notes removed"))
def remove(tx: Tx, snippet_id: str, version: int) -> None:
    """Takes a ready text away; one of the program comes back in its place.

    Raises:
        NotFound, Stale, Forbidden.
    """
    tx.bin(_mine(tx, snippet_id, version))


def _mine(tx: Tx, snippet_id: str, version: int | None) -> NoteSnippet:
    found = tx.get(NoteSnippet, snippet_id, version)
    if found.staff_id not in {None, tx.actor.staff_id}:
        raise NotFound
    _may_write(tx, own=found.staff_id is not None)
    return found


def _may_write(tx: Tx, *, own: bool) -> None:
    if not own:
        for_all(tx)


def _taken(tx: Tx, name: str, *, own: bool, but: str) -> bool:
    """One's own may stand before the centre's of the same name, but not beside one another."""
    return any(row.own == own and row.id != but and rules.expanded(name, [row.ready()])
               for row in snippets(tx, EXPANSION))  # fmt: skip


def _shown(tx: Tx, row: NoteSnippet) -> SnippetRow | None:
    if row.staff_id is None:
        may = bool(rights.cell(for_all.name, tx.actor.role))
        return SnippetRow(row.id, row.version, row.kind, row.name or "", row.body, False, may, row.origin or "")
    try:
        text = json.loads(unseal(tx.actor.pairs.box, base64.b64decode(row.body, validate=True)))
    except (Damaged, ValueError):
        return None
    return SnippetRow(row.id, row.version, row.kind, text["name"], text["body"], True, True, row.origin or "")


def _of_program(code: str) -> SnippetRow:
    text = rules.shipped(code)
    return SnippetRow("", 0, TEMPLATE, text.name, text.body, False, False, code)


def _sealed(tx: Tx, text: Ready) -> str:
    content = json.dumps({"name": text.name, "body": text.body}, ensure_ascii=False).encode()
    return base64.b64encode(seal(tx.actor.pairs.box_public, content)).decode()
