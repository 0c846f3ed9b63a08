"""What can be said about a profile only when all its entries are known: references, hours, periods, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time

from famdesk.domain.calendar import hours
from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.domain.centre import profile as values
from famdesk.domain.centre.profile import ALL_CENTRES, NOT_FROM_SOURCES, To, rules_of
from famdesk.exchange import profiles_errors as wrong
from famdesk.exchange.profiles_drafts import Draft, Report

_REFERENCE = re.compile(r"(?P<document>\S+) (?P<paragraphs>§\d{1,6}(?:, §\d{1,6})*)")
_NEXT_FIELD = re.compile(r"; (?=[a-z_]+: )")
_INFERRED = re.compile(r"([a-z_]+): \S")
_PERIODS = (("valid_from", "valid_to"), ("starts_on", "ends_on"))
Keys = dict[str, Draft]


def check(top: Iterable[Draft], report: Report) -> None:
    """Adds to the report what is wrong between the entries."""
    drafts = list(_with_inner(top))
    documents = {one.given["key"]: one.given for one in drafts if _is(one, "document") and "key" in one.given}
    keys = _keys(drafts, report)
    _centres(drafts, report)
    network = any(_is(one, "network") for one in drafts)
    for draft in drafts:
        _owner(draft, network, report)
        _references(draft, keys, report)
        _periods(draft, report)
        _source(draft, documents, report)
        _inferred(draft, report)
        _hours(draft, report)
        _numbers(draft, report)
    _circles(drafts, keys, report)


def _with_inner(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        for listed in draft.inner.values():
            yield from listed


def _is(draft: Draft, table: str) -> bool:
    return str(draft.kind.table) == table


def _keys(drafts: Iterable[Draft], report: Report) -> Keys:
    """The entries by key. Documents have a space of their own, since only sources name them."""
    found: Keys = {}
    documents: Keys = {}
    for draft in drafts:
        key = draft.given.get("key")
        space = documents if _is(draft, "document") else found
        if key is None:
            continue
        if key in space:
            first = report.lines.of((*space[key].path, "key"))
            report.add(wrong.KeyUsedTwice, (*draft.path, "key"), value=key, first=first)
        else:
            space[key] = draft
    return found


def _centres(drafts: Iterable[Draft], report: Report) -> None:
    networks = [one for one in drafts if _is(one, "network")]
    centres = [one for one in drafts if _is(one, "centre")]
    for extra in networks[1:]:
        report.add(wrong.SeveralNetworks, extra.path)
    if not centres:
        report.add(wrong.NoCentre, ("centre",))
    elif not networks:
        for extra in centres[1:]:
            report.add(wrong.SeveralCentres, extra.path)


def _owner(draft: Draft, network: bool, report: Report) -> None:
    owner = draft.given.get("centre")
    if owner is None:
        return
    if draft.holder is not None or draft.kind.table in ("network", "centre"):
        report.add(wrong.NotHere, (*draft.path, "centre"))
    elif owner == ALL_CENTRES and not network:
        report.add(wrong.OneCentreOnly, (*draft.path, "centre"))


def _references(draft: Draft, keys: Keys, report: Report) -> None:
    for name, rule in rules_of(draft.kind.table).items():
        key = draft.given.get(name)
        if not isinstance(rule, To) or key is None or (name == "centre" and key == ALL_CENTRES):
            continue
        target = keys.get(key)
        where = (*draft.path, name)
        if target is None:
            report.add(wrong.UnknownKey, where, value=key)
        elif target.kind.table not in rule.tables:
            report.add(wrong.WrongKind, where, value=key, found=target.kind.table, wanted=", ".join(rule.tables))
        elif target.given.get("centre") == ALL_CENTRES:
            report.add(wrong.ManyCopies, where, value=key)


def _circles(drafts: Iterable[Draft], keys: Keys, report: Report) -> None:
    for draft in drafts:
        for name, rule in rules_of(draft.kind.table).items():
            if isinstance(rule, To) and rule.acyclic and _leads_back(draft, name, keys):
                report.add(wrong.Circle, (*draft.path, name), value=draft.given[name])


def _leads_back(draft: Draft, name: str, keys: Keys) -> bool:
    """Whether following the field from entry to entry comes back to `draft`."""
    seen: set[str] = set()
    here = keys.get(draft.given.get(name, ""))
    while here is not None and here is not draft:
        step = here.given.get(name, "")
        if step in seen:
            return False
        seen.add(step)
        here = keys.get(step)
    return here is draft


def _periods(draft: Draft, report: Report) -> None:
    for first, last in _PERIODS:
        start, end = draft.given.get(first), draft.given.get(last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            report.add(wrong.LastBeforeFirst, (*draft.path, last))


def _hours(draft: Draft, report: Report) -> None:
    """Each slot of an access point for itself, then those that overlap."""
    slots: list[tuple[Draft, hours.WeeklySlot]] = []
    for one in draft.inner.get("hours", ()):
        slot = _slot(one, report)
        clash = next((other for other, taken in slots if slot and hours.overlaps((taken, slot))), None)
        if clash:
            report.add(wrong.HoursOverlap, one.path, first=report.lines.of(clash.path))
        if slot:
            slots.append((one, slot))


def _slot(draft: Draft, report: Report) -> hours.WeeklySlot | None:
    weekday, opens, closes = (draft.given.get(name) for name in ("weekday", "opens", "closes"))
    if not (isinstance(weekday, int) and isinstance(opens, time) and isinstance(closes, time)):
        return None
    try:
        return hours.WeeklySlot(weekday, opens, closes, draft.given.get("valid_from"), draft.given.get("valid_to"))
    except EndsBeforeStart:
        report.add(wrong.ClosesTooEarly, (*draft.path, "closes"))
    except hours.LastDayBeforeFirst:
        pass  # _periods has said it
    return None


def _numbers(draft: Draft, report: Report) -> None:
    seen: dict[int, Draft] = {}
    for one in draft.inner.get("meeting", ()):
        number = one.given.get("number")
        if number in seen:
            first = report.lines.of((*seen[number].path, "number"))
            report.add(wrong.NumberUsedTwice, (*one.path, "number"), value=number, first=first)
        elif number is not None:
            seen[number] = one


def _source(draft: Draft, documents: dict[str, dict[str, object]], report: Report) -> None:
    source = draft.given.get("source")
    if source is None or (source.startswith(NOT_FROM_SOURCES) and source != NOT_FROM_SOURCES):
        return
    where = (*draft.path, "source")
    for part in source.split("; "):
        found = _REFERENCE.fullmatch(part)
        if found is None:
            report.add(wrong.BadSource, where)
            return
        document = documents.get(found["document"])
        if document is None:
            report.add(wrong.UnknownDocument, where, value=found["document"][:40])
            continue
        count = document.get("paragraphs")
        numbers = [int(number) for number in re.findall(r"\d+", found["paragraphs"])]
        if isinstance(count, int) and not all(1 <= number <= count for number in numbers):
            report.add(wrong.UnknownParagraph, where, value=found["document"], count=count)


def _inferred(draft: Draft, report: Report) -> None:
    text = draft.given.get("inferred")
    where = (*draft.path, "inferred")
    for part in _NEXT_FIELD.split(text) if text else ():
        found = _INFERRED.match(part)
        if found is None or found[1] not in rules_of(draft.kind.table).keys() - {"key", "source", "inferred"}:
            report.add(wrong.BadInferred, where)
        elif found[1] not in draft.given:
            report.add(wrong.InferredNothing, where, value=found[1])


def inferred_fields(entry: values.Entry) -> tuple[str, ...]:
    """The fields of an entry that its `inferred` names."""
    parts = _NEXT_FIELD.split(entry.inferred) if entry.inferred else ()
    return tuple(part.partition(":")[0] for part in parts)
