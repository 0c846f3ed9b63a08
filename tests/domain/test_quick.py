"""What the quick way makes is what the class makes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields

import pytest

from famdesk.domain.quick import maker
from famdesk.usecases.calendar.appointment_rows import AppointmentRow


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    count: int = 3
    others: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.id} {self.count}"


def test_it_is_one_of_the_class_and_as_frozen() -> None:
    made = maker(Row)("a", 4, ["b"])
    assert type(made) is Row
    assert made == Row("a", 4, ["b"])
    assert repr(made) == repr(Row("a", 4, ["b"]))
    assert made.title == "a 4"
    with pytest.raises(FrozenInstanceError):
        made.count = 5  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        made.more = 5  # type: ignore[attr-defined]


def test_what_is_not_given_is_as_the_class_has_it() -> None:
    one, other = maker(Row)("a"), maker(Row)("a")
    assert one == Row("a")
    assert one.others is not other.others
    with pytest.raises(TypeError):
        maker(Row)()


def test_every_field_of_an_appointment_is_in_its_place() -> None:
    values = tuple(f"value {number}" for number in range(len(fields(AppointmentRow))))
    assert maker(AppointmentRow)(*values) == AppointmentRow(*values)  # type: ignore[arg-type]
