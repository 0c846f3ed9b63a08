"""The body of a referral file: plain values to JSON and back, each with its type and limit checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.intake import referrals as rules
from famdesk.domain.intake.referral_content import Receipt, ReferralContent, SafeContact, Sender, Someone
from famdesk.i18n import N_, _
from famdesk.usecases.intake.referral_exchange import RECEIPT_STATES

T = TypeVar("T")

LINE = rules.LONGEST_NAME
CONTACTS = 30


class TooMuch(RuleError):
    """`item` is a code of `referrals.ITEMS`."""

    message = N_("This does not fit into a file: {what}. Shorten it, or do not pass it on.")

    def sentence(self) -> str:
        return _(self.message).format(what=codes.label(rules.ITEMS, self.params["item"]))


class TooMuchInAll(RuleError):
    message = N_("Something of this referral is too long for a file. Shorten it, or pass on less.")


def check_fits(content: ReferralContent) -> None:
    """Whether the other side can read the file.

    Raises:
        TooMuch, TooMuchInAll.
    """
    if len(content.needs) > rules.LONGEST_WHY:
        raise TooMuch(item="needs")
    if len(content.household) > rules.LONGEST_WHY:
        raise TooMuch(item="household")
    if len(content.person.contacts) > CONTACTS or not all(_readable(one) for one in content.person.contacts):
        raise TooMuch(item="contact")
    try:
        referral(of_referral(content))
    except (KeyError, TypeError, ValueError) as error:
        raise TooMuchInAll from error


def _readable(one: SafeContact) -> bool:
    try:
        return _read_contact(_contact(one)) == one
    except (KeyError, TypeError, ValueError):
        return False


def of_referral(content: ReferralContent) -> dict[str, Any]:
    """The body of a referral; what is empty is left out."""
    person = content.person
    return _filled({
        "reference": content.reference, "sent_on": content.sent_on.isoformat(), "sender": _sender(content.sender),
        "to": content.to, "why": content.why, "items": list(content.items), "needs": content.needs,
        "household": content.household,
        "answer_due": content.answer_due.isoformat() if content.answer_due else "",
        "person": _filled({
            "surname": person.surname, "given_name": person.given_name, "alias": person.alias,
            "birth_date": person.birth_date.isoformat() if person.birth_date else "", "birth_text": person.birth_text,
            "sex": person.sex, "tax_code": person.tax_code, "language": person.language,
            "needs_mediator": person.needs_mediator, "never_contact": person.never_contact,
            "contacts": [_contact(one) for one in person.contacts],
        }),
    })  # fmt: skip


def of_receipt(answer: Receipt) -> dict[str, Any]:
    """The body of an answer."""
    return _filled({
        "reference": answer.reference, "digest": answer.digest, "state": answer.state, "on": answer.on.isoformat(),
        "sender": _sender(answer.sender), "answer": answer.answer,
    })  # fmt: skip


def referral(body: dict[str, Any]) -> ReferralContent:
    """What `of_referral` made.

    Raises:
        ValueError, KeyError, TypeError: something is missing, too long or of another kind.
    """
    items = tuple(_text(one, 40) for one in _list(body, "items", len(rules.ITEMS)))
    rules_known = {code.code for code in rules.ITEMS}
    if not set(items) <= rules_known or len(set(items)) != len(items):
        raise ValueError("items")
    return ReferralContent(
        _text(body["reference"], 60), date.fromisoformat(body["sent_on"]), _read_sender(body["sender"]),
        _line(body, "to"), _needed(_text(body["why"], rules.LONGEST_WHY)), items, _person(body.get("person", {})),
        _maybe(body, "answer_due", date.fromisoformat), _line(body, "needs", rules.LONGEST_WHY),
        _line(body, "household", rules.LONGEST_WHY),
    )  # fmt: skip


def receipt(body: dict[str, Any]) -> Receipt:
    """What `of_receipt` made.

    Raises:
        ValueError, KeyError, TypeError: something is missing, too long or of another kind.
    """
    state, digest = _text(body["state"], 20), _text(body["digest"], 64)
    if state not in RECEIPT_STATES or len(digest) != 64:
        raise ValueError("state")
    return Receipt(_text(body["reference"], 60), digest, state, date.fromisoformat(body["on"]),
                   _read_sender(body["sender"]), _line(body, "answer", rules.LONGEST_WHY))  # fmt: skip


def _sender(sender: Sender) -> dict[str, Any]:
    return _filled({"centre": sender.centre, "staff": sender.staff, "phone": sender.phone, "mail": sender.mail})


def _read_sender(found: Any) -> Sender:
    held = _dict(found)
    return Sender(_text(held["centre"], LINE), _line(held, "staff"), _line(held, "phone"), _line(held, "mail"))


def _contact(one: SafeContact) -> dict[str, Any]:
    """With the whole rule, also where it forbids nothing: silence could be read as no rule."""
    return {
        "kind": one.kind, "value": one.value, "owner": one.owner, "may_call": one.may_call,
        "may_leave_message": one.may_leave_message, "may_write": one.may_write,
        "safe_from": one.safe_from.isoformat("minutes") if one.safe_from else "",
        "safe_to": one.safe_to.isoformat("minutes") if one.safe_to else "", "neutral_name": one.neutral_name,
    }  # fmt: skip


def _person(found: Any) -> Someone:
    held = _dict(found)
    contacts = tuple(_read_contact(one) for one in _list(held, "contacts", CONTACTS))
    return Someone(
        _line(held, "surname"), _line(held, "given_name"), _line(held, "alias"),
        _maybe(held, "birth_date", date.fromisoformat), _line(held, "birth_text"), _line(held, "sex", 1),
        _line(held, "tax_code", 30), _line(held, "language"), _flag(held, "needs_mediator", other=False),
        _flag(held, "never_contact", other=False), contacts,
    )  # fmt: skip


def _read_contact(found: Any) -> SafeContact:
    """A rule that is missing is one that forbids: nobody is called because a file was made badly."""
    held = _dict(found)
    return SafeContact(
        _text(held["kind"], 20), _text(held["value"], 500), _line(held, "owner"),
        _flag(held, "may_call", other=False), _flag(held, "may_leave_message", other=False),
        _flag(held, "may_write", other=False), _maybe(held, "safe_from", _hour),
        _maybe(held, "safe_to", _hour), _line(held, "neutral_name"),
    )  # fmt: skip


def _hour(text: str) -> time:
    """Local wall time; with a zone it could not be compared with the clock of the centre."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("zone")
    return found


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], False)}


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("object")
    return value


def _list(held: dict[str, Any], name: str, most: int) -> list[Any]:
    value = held.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise TypeError(name)
    return value


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise TypeError("text")
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("text")
    return value


def _needed(text: str) -> str:
    if not text.strip():
        raise ValueError("empty")
    return text


def _line(held: dict[str, Any], name: str, longest: int = LINE) -> str:
    return _text(held.get(name, ""), longest)


def _flag(held: dict[str, Any], name: str, *, other: bool) -> bool:
    value = held.get(name, other)
    if not isinstance(value, bool):
        raise TypeError(name)
    return value


def _maybe(held: dict[str, Any], name: str, read: Callable[[str], T]) -> T | None:
    value = held.get(name, "")
    return read(_text(value, 20)) if value else None
