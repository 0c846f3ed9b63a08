"""Emergency access to a protected file: how long it lasts, and how often one may ask in vain."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from famdesk.domain.people.name_keys import name_words, pair_keys
from famdesk.domain.text import fold
from famdesk.i18n import _, formats

TRIES = 5
"""Questions that opened nothing, in `TRIES_IN`; then one has to wait, so that nobody tries out names."""
TRIES_IN = timedelta(hours=1)
AT_LEAST = timedelta(hours=1)
SHORTEST_REASON = 12
"""Characters: a reason that somebody else can read, not a dot."""


def ends(asked: datetime) -> datetime:
    """When an access that was asked for now ends: with the day, but not in less than an hour. Local wall time."""
    midnight = datetime.combine(asked.date() + timedelta(days=1), time())
    return max(midnight, asked + AT_LEAST)


def until(end: datetime) -> str:
    """Until when an access is open, in words; local wall time."""
    if end.time() == time():
        return _("until midnight")
    return _("until {when}").format(when=formats.moment(end))


def key_of(surname: str, given_name: str, code: str) -> str:
    """The key of the search index that a file has exactly if it bears this whole name, or this tax code; "" for
    nothing."""
    if code.strip():
        return fold(code).replace(" ", "")
    keys = pair_keys(name_words(surname, given_name))
    return keys[0] if keys else ""
