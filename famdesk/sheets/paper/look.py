"""The look that sheets are being made in: it comes from the centre and goes with everything that is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeVar

from famdesk.domain.post.looks import PLAIN, Look
from famdesk.i18n import language

T = TypeVar("T")
_look: ContextVar[Look] = ContextVar("famdesk_look", default=PLAIN)


def look() -> Look:
    """The look of the sheet that is being made."""
    return _look.get()


@contextmanager
def looking(found: Look) -> Iterator[None]:
    """Sheets that are made in the block look like this."""
    token = _look.set(found)
    try:
        yield
    finally:
        _look.reset(token)


def said() -> str | None:
    """The language of the centre's own texts, None where it is that of the sheet."""
    own = look().language
    return None if own in {"", language()} else own


class Gathered(NamedTuple):
    """What a sheet says, and how it is to look."""

    content: Any
    look: Look


def gathered(tx: Any, query: Callable[..., Any], /, *args: Any, **more: Any) -> Gathered:
    """What `query(tx, …)` gives for a sheet, with the look of the centre, in one transaction.

    Raises:
        As `query`.
    """
    from famdesk.usecases.centre import looks

    return Gathered(query(tx, *args, **more), looks.look(tx).look())


def drawn(found: Look, render: Callable[..., T], /, *args: Any) -> T:
    """What `render` makes, in that look; for a thread of its own.

    Raises:
        As `render`.
    """
    with looking(found):
        return render(*args)
