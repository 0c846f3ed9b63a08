"""After letters were printed: once they are in the post, they are done, and so is what was to be done for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from famdesk.i18n import _, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.messages import Message, Offer
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.post import reminders


def printed(content: Any, runner: Runner) -> Message:
    """What is said when a sheet has gone to the printer; of letters, with the offer to note that they are posted."""
    letters = getattr(content, "letters", ())
    ids = [letter_id for one in letters for letter_id in (one.id, *one.others)]
    if not ids:
        return Message(_("Sent to the printer"), Meaning.OPEN)
    told = ngettext("{n} letter sent to the printer.", "{n} letters sent to the printer.", len(letters))
    post: Callable[[], object] = partial(runner.run, reminders.posted, ids)
    # Translators: a button: the letters that were printed are on their way
    return Message(told.format(n=len(letters)), Meaning.ACCENT, Offer(_("They are in the post"), post))
