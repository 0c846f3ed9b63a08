"""The errors that a person meets, each with its sentence.

Four kinds, by what can be done about them: a rule was broken (`RuleError`, shown at the field), the environment
failed (`Unavailable`, shown with Retry), somebody else changed it (`Stale`, `UndoConflict`), or the role may not
(`Forbidden`). Everything else is a bug. Sentences are made at the edge, in the reader's language, from the class
and its parameters; parameters hold no personal data beyond what the person is looking at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, ClassVar

from famdesk.i18n import N_, _


class FamDeskError(Exception):
    """An error with a sentence for the person at the desk. `str(error)` is the class name only: it is what logs see."""

    message: ClassVar[str] = N_("Something went wrong.")

    def __init__(self, **params: Any) -> None:
        super().__init__(type(self).__name__)
        self.params = params

    def sentence(self) -> str:
        """The message in the current language with its parameters filled in."""
        return _(self.message).format(**{name: readable(value) for name, value in self.params.items()})


class RuleError(FamDeskError):
    """A rule that the person can satisfy; `field` names the input it belongs to (None: the whole form)."""

    def __init__(self, field: str | None = None, **params: Any) -> None:
        super().__init__(**params)
        self.field = field


class Required(RuleError):
    message = N_("This field is needed.")


class BadText(RuleError):
    """Text that cannot be stored faithfully on both database engines (NUL, lone surrogate)."""

    message = N_("This text holds a character that cannot be stored. Please type it again.")


class TextTooLong(RuleError):
    message = N_("This text is longer than {limit} characters.")


class NotFound(RuleError):
    """The record does not exist, or this person may not know that it does: the two are not told apart."""

    message = N_("This entry is no longer there.")


class Unavailable(FamDeskError):
    """The environment does not allow it now; nothing that was typed is lost and it can be tried again."""

    message = N_("The data cannot be reached at the moment.")


class Stale(FamDeskError):
    """Somebody else saved the record since it was read; `by` and `at` tell who and when, `read` and `now` which version
    was read and which is there. `over()`, where it is possible, does the same on what is there now."""

    message = N_("Changed by {by} at {at}. Your text is still here: look at the new version and save again.")

    over: Callable[[], object] | None = None


class UndoConflict(FamDeskError):
    message = N_("This cannot be undone any more: {by} changed it at {at}.")


class NothingToUndo(FamDeskError):
    message = N_("There is nothing to undo.")


class Forbidden(FamDeskError):
    """The role may not do this; `who` lists the roles that may."""

    message = N_("Your role may not do this. Ask: {who}.")


def readable(value: Any) -> str:
    """A parameter as text: dates and times in the reader's format, lists joined, anything else as it is."""
    if isinstance(value, str):
        return value
    from famdesk.i18n import formats  # Babel loads only when there is something to format

    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.date_day(value)
    if isinstance(value, time):
        return formats.time_text(value)
    if isinstance(value, (list, tuple, frozenset, set)):
        return formats.list_text([readable(item) for item in value])
    return str(value)


class Finding(FamDeskError):
    """Something that is not as it was written. Never raised past `verify`: collected."""
