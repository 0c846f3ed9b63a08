"""What must be seen at once in a file: words with an icon, a tuple of them from each feature.

A feature adds its own by a function `(tx, person) -> Iterable[FileBadge]` in `sources`; the order there is the order on
the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.usecases.people.person_rows import FileBadge

Source = Callable[[Tx, Person], Iterable[FileBadge]]


def sources() -> tuple[Source, ...]:
    """What each feature has to say, in order; imported when first asked, since features read persons themselves."""
    from famdesk.usecases.consent import consents
    from famdesk.usecases.family import responsibilities
    from famdesk.usecases.people import flags

    return (responsibilities.file_badges, consents.file_badges, flags.file_badges)


def badges(tx: Tx, person: Person) -> tuple[FileBadge, ...]:
    """The badges of a person's file."""
    return tuple(badge for source in sources() for badge in source(tx, person))
