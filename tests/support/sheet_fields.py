"""What the samples of sheets say, and the texts in it: a new sheet, or a new field, is found without being named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from famdesk.domain.post.looks import Look
from famdesk.sheets.paper.look import look, looking
from famdesk.sheets.paper.naming import Field, texts
from tests.support.sheet_modules import sheet_module
from tests.support.sheet_samples import SAMPLES


@dataclass(frozen=True, slots=True)
class Told:
    """What a sheet was asked to print: the function that makes it, what it says, how, and in which look."""

    render: Callable[..., bytes]
    content: Any
    rest: tuple[Any, ...]
    named: dict[str, Any]
    look: Look

    def printed(self, content: Any) -> bytes:
        with looking(self.look):
            return self.render(content, *self.rest, **self.named)


def told(sample: str) -> Told:
    """What the sample of that name gives to its sheet."""
    module = sheet_module(sample.split(" ")[0])
    found: list[Told] = []

    def noting(real: Callable[..., bytes]) -> Callable[..., bytes]:
        def render(content: Any, *rest: Any, **named: Any) -> bytes:
            found.append(Told(real, content, rest, named, look()))
            return b""

        return render

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in vars(module) if name.startswith("render")]:
            patch.setattr(module, name, noting(getattr(module, name)))
        SAMPLES[sample]()
    [one] = found
    return one


def one_of_each(content: Any) -> list[Field]:
    """One text of each field of each class, in the order in which they stand: the first in a list for all others."""
    found: dict[tuple[str, str], Field] = {}
    for field in texts(content):
        if field.told:
            found.setdefault((field.owner, field.name), field)
    return list(found.values())
