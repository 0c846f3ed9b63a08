"""A text that cannot be printed is refused with the name of its field.

Where a sheet is too full it does not know by itself which text is too long for it: a name may stand on a page that a
remark has filled. So it is tried out: the longest text whose shortening lets the sheet be printed is the one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _
from famdesk.sheets.paper.field_names import is_code, label
from famdesk.sheets.paper.page import alone, refusing, undisturbed
from famdesk.sheets.paper.text import DoesNotFit, NotInFont, beginning, clean

Render = TypeVar("Render", bound=Callable[..., bytes])
Way = tuple[str | int, ...]
"""From a content to one of its texts: names of fields and numbers of items."""

_SHORT = "–"
_TRIED = 12
"""How many texts are tried, the longest first."""


class FieldDoesNotFit(DoesNotFit):
    """As `DoesNotFit`, with the field in which the text stands: its name, and in a list the first text of its entry."""

    message = N_("{field}: “{text}” does not fit on the sheet. Please shorten it.")

    def __init__(self, told: str, of: str, text: str) -> None:
        super().__init__(text=text)
        self.told, self.of = told, of

    def sentence(self) -> str:
        return _(self.message).format(field=_named(self.told, self.of), **self.params)


class FieldNotInFont(NotInFont):
    """As `NotInFont`, with the field in which the character stands, named in the same way."""

    message = N_("{field}: the character {character} in “{text}” cannot be printed.")

    def __init__(self, told: str, of: str, text: str, character: str) -> None:
        super().__init__(text=text, character=character)
        self.told, self.of = told, of

    def sentence(self) -> str:
        return _(self.message).format(field=_named(self.told, self.of), **self.params)


def _named(told: str, of: str) -> str:
    # Translators: a field of an entry in a list, as "Address (Consultorio)"
    return _("{field} ({entry})").format(field=_(told), entry=of) if of else _(told)


class Field(NamedTuple):
    """A text of a sheet: the way to it, the class and the name of the field that it stands in, and itself."""

    way: Way
    owner: str
    name: str
    text: str

    @property
    def told(self) -> str:
        """What people call the field, in the words of the code; "" for keys and codes, which nobody types."""
        return "" if is_code(self.owner, self.name, self.way) else label(self.owner, self.name)


def naming(render: Render) -> Render:
    """A function that makes a sheet from its content, so that its refusals name the field.

    Raises:
        FieldDoesNotFit, FieldNotInFont: instead of `DoesNotFit` and `NotInFont`, wherever a text of the content is
            to blame.
    """

    @wraps(render)
    def named(content: Any, *rest: Any, **more: Any) -> bytes:
        def made(changed: Any) -> bytes:
            return render(changed, *rest, **more)

        def told(error: RuleError) -> RuleError:
            return _told(error, content, made)

        with undisturbed(), refusing(told):
            try:
                return made(content)
            except (DoesNotFit, NotInFont) as error:
                raise told(error) from error

    return cast(Render, named)


def texts(content: Any) -> Iterator[Field]:
    """Every text that a sheet says, in the order in which the fields stand."""
    yield from _texts(content, (), "", "")


def changed(content: Any, way: Way, text: str) -> Any:
    """The same content with another text at the end of the way."""
    if not way:
        return text
    first, rest = way[0], way[1:]
    if isinstance(first, int):
        items = list(content)
        items[first] = changed(items[first], rest, text)
        return tuple(items) if isinstance(content, tuple) else items
    return replace(content, **{first: changed(getattr(content, first), rest, text)})


def _texts(value: Any, way: Way, owner: str, name: str) -> Iterator[Field]:
    if isinstance(value, str):
        yield Field(way, owner, name, value)
    elif isinstance(value, tuple | list):
        for place, one in enumerate(value):
            yield from _texts(one, (*way, place), owner, name)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), (*way, field.name), type(value).__name__, field.name)


def _told(error: RuleError, content: Any, made: Callable[[Any], bytes]) -> RuleError:
    """The error with the name of the field that is to blame; itself if none is."""
    if isinstance(error, FieldDoesNotFit | FieldNotInFont):
        return error
    known = [field for field in texts(content) if field.text and field.told]
    if isinstance(error, NotInFont):
        character = error.params["character"]
        found = next((field for field in known if character in clean(field.text)), None)
        # at the end of a text such a character is a blank; within a line of several texts it is not
        found = found or next((field for field in known if character in field.text), None)
        return FieldNotInFont(*_words(content, found), character) if found else error
    known.sort(key=lambda field: -len(field.text))
    found = next((field for field in known[:_TRIED] if _printed(made, changed(content, field.way, _SHORT))), None)
    return FieldDoesNotFit(*_words(content, found)) if found else error


def _words(content: Any, found: Field) -> tuple[str, str, str]:
    """The field's name, the first text of the entry of a list in which it stands, "" outside of one, and its text."""
    inner = max((place for place, step in enumerate(found.way) if isinstance(step, int)), default=-1)
    entry, of = content, ""
    for step in found.way[: inner + 1]:
        entry = entry[step] if isinstance(step, int) else getattr(entry, step)
    if is_dataclass(entry):
        first = next((field for field in texts(entry) if field.text and field.told), None)
        of = beginning(clean(first.text)) if first and first.way != found.way[inner + 1 :] else ""
    return found.told, of, beginning(clean(found.text))


def _printed(made: Callable[[Any], bytes], content: Any) -> bool:
    with alone():
        try:
            made(content)
        except (DoesNotFit, NotInFont):
            return False
        return True
