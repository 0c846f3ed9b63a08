"""The words of persons' names and addresses, counted: the vocabulary that the search keeps in memory.

A word of a guarded person (protected, restricted, or barred to somebody) is kept in a row of its own that names the
person, so that a server shows it only to those who may see that person; all others are counted together.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Index, Select, String, Text, Uuid, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from famdesk.data.base import Base
from famdesk.data.journal import AuditHead
from famdesk.data.prepared import fetched
from famdesk.data.tables.people import Person
from famdesk.domain.people.phonetics import sound
from famdesk.domain.people.vocabulary import Vocabulary

LONGEST_WORD = 40
NOBODY = "00000000-0000-0000-0000-000000000000"
"""Stands for all persons who are not guarded."""


class SearchWord(Base):
    """A word and how many persons bear it; `record_id` is `NOBODY` or a guarded person.

    `seq` is the number of the journal entry that changed the row last: what is newer has to be learnt.
    """

    __tablename__ = "search_word"
    __table_args__ = (
        Index("ix_search_word_seq", "centre_id", "seq"),
        Index("ix_search_word_record", "record_id"),
        {"sqlite_with_rowid": False},
    )
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    word: Mapped[str] = mapped_column(String(LONGEST_WORD), primary_key=True)
    record_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    sound: Mapped[str] = mapped_column(Text)
    bearers: Mapped[int]
    seq: Mapped[int]


WORDS: Any = SearchWord.__table__


class WordBook:
    """The vocabularies of those who work on this computer; each is brought up to date when it is asked for.

    A word that nobody bears any more stays known until the program ends: it finds nobody.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], tuple[Vocabulary, int]] = {}

    def vocabulary(
        self, session: Session, centre_id: str, staff_id: str, visible: Callable[[], ColumnElement[bool]]
    ) -> Vocabulary:  # fmt: skip
        """The words of a centre that a colleague may know of; `visible` gives the condition on `Person` for that."""
        with self._lock:
            known, seq = self._known.get((centre_id, staff_id)) or (Vocabulary(), -1)
            connection = session.connection()
            if _any_news(connection, centre_id, seq):
                rows = connection.execute(_news(centre_id, seq, visible())).all()
                known.learn((row.word, max(row.bearers, known.bearers(row.word)) if row.record_id != NOBODY else
                             row.bearers, row.sound) for row in rows)  # fmt: skip
                seq = max((row.seq for row in rows), default=seq)
            self._known[centre_id, staff_id] = known, seq
            return known


_ANY_NEWS_FILE = "SELECT 1 FROM search_word WHERE centre_id = ? AND seq > ? LIMIT 1"
_ANY_NEWS_SERVER = "SELECT 1 FROM search_word WHERE centre_id = CAST(%s AS uuid) AND seq > %s LIMIT 1"


def _any_news(connection: Connection, centre_id: str, seq: int) -> bool:
    """Asked at every key, so in the driver's own words."""
    if connection.dialect.name == "sqlite":
        return bool(fetched(connection, _ANY_NEWS_FILE, (centre_id.replace("-", ""), seq)))
    return bool(fetched(connection, _ANY_NEWS_SERVER, (centre_id, seq)))


def _news(centre_id: str, seq: int, visible: ColumnElement[bool]) -> Select[Any]:
    column = WORDS.c
    known = column.record_id.in_(select(Person.id).where(visible, Person.id == column.record_id))
    return select(column.word, column.bearers, column.sound, column.record_id, column.seq).where(
        column.centre_id == centre_id, column.seq > seq, or_(column.record_id == NOBODY, known)
    )


def counted_alone(session: Session, person_id: str) -> bool:
    """Whether the words of a person are counted in rows of their own."""
    own = select(WORDS.c.word).where(WORDS.c.record_id == person_id).limit(1)
    return session.connection().execute(own).first() is not None


def count_words(session: Session, centre_id: str, person_id: str, before: set[str], after: set[str], *,
                guarded: bool) -> None:  # fmt: skip
    """Counts the words of a changed person anew; before and after are the words, `guarded` is so from now on."""
    connection = session.connection()
    alone = counted_alone(session, person_id)
    if alone:
        connection.execute(delete(WORDS).where(WORDS.c.centre_id == centre_id, WORDS.c.record_id == person_id))
    gone = set() if alone else before
    words, news = after, set() if guarded else after
    gone, news = gone - news, news - gone
    rows = [(word, NOBODY, 1) for word in news] + [(word, NOBODY, -1) for word in gone]
    rows += [(word, person_id, 1) for word in words] if guarded else []
    if not rows:
        return
    seq = connection.execute(select(AuditHead.seq).where(AuditHead.centre_id == centre_id)).scalar() or 0
    new = sqlite.insert(WORDS) if connection.dialect.name == "sqlite" else postgresql.insert(WORDS)
    adding = new.on_conflict_do_update(
        index_elements=["centre_id", "word", "record_id"],
        set_={"bearers": WORDS.c.bearers + new.excluded.bearers, "seq": new.excluded.seq},
    )
    connection.execute(adding, [
        {"centre_id": centre_id, "word": word, "record_id": whose, "sound": sound(word), "bearers": count, "seq": seq}
        for word, whose, count in sorted(rows)
    ])  # fmt: skip
    if gone:
        empty = (WORDS.c.centre_id == centre_id, WORDS.c.record_id == NOBODY, WORDS.c.word.in_(gone))
        connection.execute(delete(WORDS).where(*empty, WORDS.c.bearers <= 0))
