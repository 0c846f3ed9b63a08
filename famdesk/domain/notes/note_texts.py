"""Ready texts for session notes: templates to begin with, shortcuts that become longer texts, headings of a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from famdesk.domain.codes import Code, Table
from famdesk.domain.errors import RuleError
from famdesk.domain.text import fold
from famdesk.i18n import N_, _

TEMPLATE, EXPANSION = "template", "expansion"
SNIPPET_KINDS: Table = (
    Code(TEMPLATE, N_("Template")),
    # Translators: a short text that becomes a longer one while typing, such as /pc
    Code(EXPANSION, N_("Abbreviation")),
)
LONGEST_NAME = 60
LONGEST_BODY = 8_000
LONGEST_SHORTCUT = 20
LONGEST_HEADING = 60
_SHORTCUT = re.compile(r"/[^\W_][\w-]*$")
_SINGLE = re.compile(r"\s")


class NameMissing(RuleError):
    message = N_("Give it a name by which you find it again.")


class BodyMissing(RuleError):
    message = N_("Write the text.")


class BadShortcut(RuleError):
    message = N_("A shortcut begins with a stroke and has letters or digits, such as /pc.")


class ShortcutTaken(RuleError):
    message = N_("This shortcut stands for another text already.")


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready text: what it is called (a name, or the shortcut) and what it says."""

    name: str
    body: str


TEMPLATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "first": (
        # Translators: a template for session notes
        N_("First talk"),
        (
            N_("Who came, and sent by whom:"),
            N_("What is asked for:"),
            N_("What was told:"),
            N_("What was observed:"),
            N_("Persons and services that matter:"),
            N_("Agreed, and next step:"),
        ),
    ),
    "support": (
        # Translators: a template for session notes, Italian "colloquio di sostegno"
        N_("Support session"),
        (
            N_("Since the last time:"),
            N_("Theme of the session:"),
            N_("What was observed:"),
            N_("My reading of it:"),
            N_("Agreed, and next step:"),
        ),
    ),
    "mediation": (
        # Translators: a template for session notes
        N_("Family mediation"),
        (
            N_("Present:"),
            N_("Since the last meeting:"),
            N_("Points on the table:"),
            N_("Needs of the children as the parents say them:"),
            N_("Agreed today:"),
            N_("Still open:"),
            N_("Next meeting:"),
        ),
    ),
    "group": (
        # Translators: a template for session notes
        N_("Group meeting"),
        (N_("Theme of the meeting:"), N_("Course:"), N_("Climate of the group:"), N_("For the next meeting:")),
    ),
    "feedback": (
        # Translators: a template for session notes, Italian "colloquio di restituzione"
        N_("Feedback talk with the parents"),
        (N_("Present:"), N_("What was told to them:"), N_("How they took it:"), N_("Agreed, and next step:")),
    ),
}
"""The program's own templates: their name and headings. What they say is in the catalogue of each language."""


def shipped(code: str) -> Ready:
    """A template of the program in the current language."""
    name, headings = TEMPLATES[code]
    return Ready(_(name), "\n\n\n".join(_(heading) for heading in headings) + "\n")


def checked(kind: str, name: str, body: str) -> Ready:
    """What is saved of a ready text.

    Raises:
        NameMissing, BadShortcut, BodyMissing: also for what is too long to be one.
    """
    name, body = name.strip(), body.rstrip()
    if kind == EXPANSION:
        if not _SHORTCUT.match(name) or len(name) > LONGEST_SHORTCUT:
            raise BadShortcut("name")
    elif not name or len(name) > LONGEST_NAME:
        raise NameMissing("name")
    if not body.strip() or len(body) > LONGEST_BODY:
        raise BodyMissing("body")
    return Ready(name, body)


def expanded(before: str, known: Iterable[Ready]) -> Ready | None:
    """What the shortcut becomes that ends where the cursor stands; `before` is the text of the line up to there. A
    shortcut begins at the beginning of a word: a date such as 11/02 or an address is none. None: no shortcut."""
    typed = _SINGLE.split(before)[-1] if before else ""
    if not typed.startswith("/"):
        return None
    wanted = fold(typed)
    return next((one for one in known if fold(one.name) == wanted), None)


def headings(text: str) -> str:
    """The headings of a note as a text to begin with: lines that end with a colon, or begin with number signs. "" if
    it has none."""
    found = [line.strip() for line in text.splitlines() if _is_heading(line.strip())]
    return "\n\n\n".join(found) + "\n" if found else ""


def _is_heading(line: str) -> bool:
    if not line or len(line) > LONGEST_HEADING:
        return False
    return line.endswith(":") or line.startswith(("# ", "## "))
