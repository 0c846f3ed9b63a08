"""A use-case that came too late, done once more on what another desk saved meanwhile."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from famdesk.domain.errors import Stale

Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
"""A use-case with its arguments."""


def on_what_is_there(error: Stale, call: Call) -> dict[str, Any] | None:
    """The arguments with which the same call saves over what stands there now; None where that is not possible: it
    has no version, or it is another record that somebody else saved."""
    usecase, args, kw = call
    read, now = error.params.get("read"), error.params.get("now")
    signature = inspect.signature(getattr(usecase, "function", usecase))
    named = [one for one in signature.parameters.values() if one.kind is one.POSITIONAL_OR_KEYWORD][1:]
    given = {**dict(zip((one.name for one in named), args, strict=False)), **kw}
    if None in (read, now) or len(args) > len(named) or given.get("version") != read:
        return None
    return {**given, "version": now}
