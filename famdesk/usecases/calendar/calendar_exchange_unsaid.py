"""What a server does not tell who takes in a file, but knows to be as the file says: it counts as told.

Without it a file that reception takes in a second time would change everything that she took in for colleagues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Boolean, Text, Uuid, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm.attributes import set_committed_value

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar_file import FileEvent
from famdesk.usecases.calendar.calendar_exchange_rows import FEW, Known, minute, once
from famdesk.usecases.calendar.unsaid import kept_by_server

Asked = tuple[Appointment | Series, str, str | None, str | None]
"""What is there; the text to compare it with, what stands with itself of it, and the note."""


def confirm(tx: Tx, events: Iterable[FileEvent], there: Known) -> None:
    """Lets what is there hold its text and note, where they are those of the file."""
    if not kept_by_server(tx):
        return
    asked = [one for event in events for one in _asked(event, there)]
    for start in range(0, len(asked), FEW):
        some = {one[0].id: one for one in asked[start : start + FEW]}
        for row in tx.rows(_question(some)):
            record, _source, own, note = some[row.id]
            set_committed_value(record, "source_text", own)
            if row.noted and isinstance(record, Appointment):
                set_committed_value(record, "note", note)


def _asked(event: FileEvent, there: Known) -> Iterator[Asked]:
    series, single, whole = there.series.get(event.uid), there.single.get(event.uid), event.told.source
    if single is not None:
        yield single, whole, whole, event.told.description or None
    if series is None:
        return
    yield series, whole, whole, None
    dates = {minute(one.original): one for one in once(event)}
    for row in there.dates.get(event.uid, ()):
        one = dates.get(row.original or row.starts)
        if one is not None:
            own = one.told.source if one.apart else None
            yield row, own or whole, own, one.told.description or None


def _question(some: dict[str, Asked]) -> Any:
    texts = [cast([one[place] for one in some.values()], ARRAY(Text)) for place in (1, 3)]
    columns: tuple[Any, ...] = (column("id", Uuid(as_uuid=False)), column("noted", Boolean()))
    return select(func.fd_as_in_file(cast(list(some), ARRAY(Uuid)), *texts).table_valued(*columns))
