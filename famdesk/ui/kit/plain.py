"""A quiet line under a field for texts that families get: what could be said more simply. Never a ban."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from famdesk.domain.post import plain_italian
from famdesk.i18n import _, ngettext
from famdesk.ui.kit.form import Form

MOST_WORDS = 3
"""So many words are named; the others come up when these are gone."""


def advise(form: Form, name: str, *, hint: str = "") -> None:
    """Watch the field: the line under it says `hint` and what of its text is hard to read, if that is Italian."""
    editor: Any = form.field(name)
    tell = _teller(form, name, editor, hint)
    editor.textChanged.connect(tell)
    tell()


def advice(text: str) -> str:
    """What could be said more simply, in a line; "" for nothing, and for a text that is not Italian."""
    if not plain_italian.is_italian(text):
        return ""
    found = plain_italian.hints(text)
    parts = []
    count = sum(hint.kind == "long" for hint in found)
    if count:
        parts.append(ngettext("{n} long sentence", "{n} long sentences", count).format(n=count))
    words = dict.fromkeys((text[hint.start : hint.end].lower(), hint.better) for hint in found if hint.kind == "office")
    for word, better in list(words)[:MOST_WORDS]:
        if better:
            # Translators: a hint to say an Italian word of the office more simply: «istanza» → «domanda»
            parts.append(_("“{word}” → “{better}”").format(word=word, better=better))
        else:
            parts.append(_("“{word}”: better left out").format(word=word))
    return " · ".join(parts)


def _teller(form: Form, name: str, editor: Any, hint: str) -> Callable[[], None]:
    def tell() -> None:
        form.set_hint(name, " · ".join(part for part in (hint, advice(editor.value())) if part))

    return tell
