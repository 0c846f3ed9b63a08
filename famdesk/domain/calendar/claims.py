"""What is told when a colleague, a room or anything else would be taken twice."""

from __future__ import annotations

from typing import ClassVar

from famdesk.domain.errors import FamDeskError, RuleError, UndoConflict
from famdesk.i18n import N_


class Overlap(RuleError):
    """Somebody or something is taken at that time; with a reason it can be booked all the same.

    Attributes:
        hint: only told, nothing has to be given for it.
        allowed: whether a reason makes a double booking possible.
        way: what would be possible instead, as an error whose sentence tells it; None: not looked for, or nothing.
    """

    hint: ClassVar[bool] = False
    allowed: ClassVar[bool] = True
    message = N_("This time is already taken.")
    way: FamDeskError | None = None

    def sentence(self) -> str:
        """What is taken, and the way out if there is one."""
        told = super().sentence()
        return told if self.way is None else f"{told} {self.way.sentence()}"


class TakenMeanwhile(Overlap):
    """The database found it when the change was to be saved: another desk was faster, or two rows of one change clash.

    `who` is the name of a colleague, a room or a resource, `at` when the other appointment starts.
    """

    message = N_("{who} is already taken at that time, since {at}. Nothing was saved.")


class TakenSince(UndoConflict):
    """A step cannot be turned back, since the time that it freed was given to somebody else."""

    message = N_("This cannot be brought back: {who} has been booked for another appointment since ({at}).")
