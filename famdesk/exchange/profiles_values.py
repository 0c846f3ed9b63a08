"""One value of a profile file, checked against the rule of its field and turned into what the entry keeps."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from famdesk.domain.centre.profile import Inferred, Istat, Key, OneOf, Plain, Rule, Source, To, Whole
from famdesk.domain.errors import BadText
from famdesk.domain.text import check_storable
from famdesk.exchange import profiles_errors as wrong

LONGEST_TEXT = 10_000
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COMUNE = re.compile(r"[0-9]{6}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


class Refused(Exception):
    """A value that does not fit: the class of the error to report and its parameters."""

    def __init__(self, error: type[wrong.ProfileError], **params: Any) -> None:
        super().__init__(error.__name__)
        self.error = error
        self.params = params


def value_of(rule: Rule, raw: object) -> Any:
    """What the entry keeps for `raw`, as TOML gave it.

    Raises:
        Refused: it does not fit the rule. References and sources are checked later, when all entries are known.
    """
    match rule:
        case Plain(kind):
            return _PLAIN[kind](raw)
        case Whole(least, most):
            return _whole(raw, least, most)
        case OneOf(codes, numbered):
            return _code(raw, codes, numbered)
        case Key() | To():
            return _key(raw, new=isinstance(rule, Key))
        case Istat(many):
            return _comuni(raw) if many else _comune(raw)
        case Source() | Inferred():
            return _text(raw)
        case _:
            raise TypeError(f"not a rule of a single value: {rule}")


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise Refused(wrong.NotText)
    if not raw.strip():
        raise Refused(wrong.EmptyText)
    if len(raw) > LONGEST_TEXT:
        raise Refused(wrong.LongText, limit=LONGEST_TEXT)
    try:
        return check_storable(raw.strip())
    except BadText:
        raise Refused(wrong.BadCharacter) from None


def _yes_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Refused(wrong.NotYesNo)
    return raw


def _day(raw: object) -> date:
    if isinstance(raw, datetime) or not isinstance(raw, date):
        raise Refused(wrong.NotDay)
    return raw


def _clock(raw: object) -> time:
    """A time to the minute, written "8:00", "08:00" or in TOML's own way, 08:00:00."""
    if isinstance(raw, str) and _CLOCK.fullmatch(raw):
        hours, minutes = raw.split(":")
        return time(int(hours), int(minutes))
    if not isinstance(raw, time) or raw.second or raw.microsecond:
        raise Refused(wrong.NotClock)
    return raw


def _moment(raw: object) -> datetime:
    if not isinstance(raw, datetime) or raw.tzinfo or raw.second or raw.microsecond:
        raise Refused(wrong.NotMoment)
    return raw


_PLAIN = {"text": _text, "yes_no": _yes_no, "day": _day, "clock": _clock, "moment": _moment}


def _whole(raw: object, least: int, most: int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        raise Refused(wrong.NotWhole, least=least, most=most)
    return raw


def _code(raw: object, codes: tuple[str, ...], numbered: bool) -> str | int:
    text = _text(raw)
    if text not in codes:
        raise Refused(wrong.UnknownCode, value=text[:40], known=", ".join(codes))
    return codes.index(text) + 1 if numbered else text


def _key(raw: object, *, new: bool) -> str:
    text = _text(raw)
    if new and (text == "all" or not _KEY.fullmatch(text)):
        raise Refused(wrong.BadKey)
    return text


def _comune(raw: object) -> str:
    if not isinstance(raw, str) or not _COMUNE.fullmatch(raw):
        raise Refused(wrong.NotComune)
    return raw


def _comuni(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise Refused(wrong.NotComuni)
    return tuple(dict.fromkeys(_comune(code) for code in raw))
