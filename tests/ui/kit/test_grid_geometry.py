"""Minutes and pixels, lanes, gaps: the arithmetic of the calendar grid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from famdesk.ui.kit.grid.drag import Drag
from famdesk.ui.kit.grid.geometry import Geometry
from famdesk.ui.kit.grid.model import GridBox, GridColumn, Placed, Span, gaps, hours_around, lanes, place

hours = st.integers(0, 22).flatmap(lambda first: st.tuples(st.just(first * 60), st.integers(first + 1, 24)))
geometries = st.builds(
    lambda columns, width, hour, span: Geometry(columns, width, hour, span[0], span[1] * 60, 14.0, 16.0, 8.0),
    st.integers(1, 14),
    st.floats(40, 900),
    st.floats(20, 300),
    hours,
)
spans = st.lists(st.tuples(st.integers(0, 1400), st.integers(1, 300)).map(lambda s: (s[0], s[0] + s[1])), max_size=40)


@given(geometries, st.floats(0, 1))
def test_a_minute_comes_back_from_its_pixel(geometry: Geometry, share: float) -> None:
    minute = geometry.first + share * (geometry.last - geometry.first)
    assert abs(geometry.minute(geometry.y(minute)) - minute) < 1e-6


@given(geometries, st.floats(-5000, 9000), st.sampled_from((5, 10, 15, 30)))
def test_slots_lie_inside_the_hours_and_on_the_step(geometry: Geometry, y: float, step: int) -> None:
    slot = geometry.slot(y, step)
    assert geometry.first <= slot <= geometry.last - step
    assert slot % step == 0


@given(geometries, st.floats(-5000, 20000))
def test_every_x_belongs_to_a_column(geometry: Geometry, x: float) -> None:
    column = geometry.column(x)
    assert 0 <= column < geometry.columns
    if 0 <= x < geometry.width - 1:
        assert geometry.x(column) <= x + 1e-6 <= geometry.x(column + 1) + 2e-6


@given(spans)
def test_boxes_at_the_same_time_never_share_a_lane(times: list[tuple[int, int]]) -> None:
    found = lanes(times)
    for one, (lane, count, wide) in zip(times, found, strict=True):
        assert 0 <= lane < lane + wide <= count
        for other, (lane2, count2, wide2) in zip(times, found, strict=True):
            if one is not other and one[0] < other[1] and other[0] < one[1] and times.index(one) != times.index(other):
                assert count == count2
                assert lane + wide <= lane2 or lane2 + wide2 <= lane


def test_lanes_grow_into_free_room() -> None:
    # 9–12 | 9–10 then free | 9–10: the one from 10 to 11 may take both free lanes
    assert lanes([(540, 720), (540, 600), (540, 600), (600, 660)]) == [(0, 3, 1), (1, 3, 1), (2, 3, 1), (1, 3, 2)]


@given(st.integers(0, 700), st.integers(1, 700), spans)
def test_gaps_are_what_nothing_covers(start: int, length: int, taken: list[tuple[int, int]]) -> None:
    free = {minute for a, b in gaps(start, start + length, taken) for minute in range(a, b)}
    covered = {minute for a, b in taken for minute in range(a, b)}
    assert free == set(range(start, start + length)) - covered


def test_hours_grow_around_early_and_late_boxes() -> None:
    assert hours_around(480, 1200, [(465, 500), (1190, 1201)]) == (420, 1260)
    assert hours_around(480, 480, []) == (480, 540)
    assert hours_around(0, 1440, [(0, 1500)]) == (0, 1440)


@given(geometries, st.integers(0, 1439), st.integers(1, 600))
def test_a_box_is_never_lower_than_a_line(geometry: Geometry, start: int, length: int) -> None:
    box = GridBox("1", "c", start, start + length, "Talk")
    rect = geometry.box_rect(Placed(box, 0, 0, 1, 1))
    assert rect.height() >= geometry.least
    assert rect.right() <= geometry.column_width


def test_short_boxes_one_after_the_other_stand_side_by_side() -> None:
    columns = (GridColumn("c", "lun 10"),)
    boxes = [GridBox("a", "c", 540, 550, "A"), GridBox("b", "c", 550, 560, "B"), GridBox("x", "gone", 0, 60, "X")]
    assert [(one.box.id, one.lane, one.lanes) for one in place(columns, boxes, 20)] == [("a", 0, 2), ("b", 1, 2)]
    assert [(one.lane, one.lanes) for one in place(columns, boxes, 10)] == [(0, 1), (0, 1)]


@given(
    geometries,
    st.sampled_from(("move", "stretch", "create")),
    st.floats(-3000, 9000),
    st.floats(-3000, 9000),
    st.sampled_from((5, 15, 30)),
)
def test_a_drag_ends_inside_the_grid(geometry: Geometry, kind: str, x: float, y: float, step: int) -> None:
    origin = Span(0, geometry.first, geometry.first + 45)
    drag = Drag(kind, origin, 10.0)  # type: ignore[arg-type]
    span = drag.span(geometry, QPointF(x, y), step)
    assert geometry.first <= span.start < span.end <= geometry.last
    assert 0 <= span.column < geometry.columns
    if kind == "move":
        assert span.minutes == origin.minutes
    else:
        assert span.column == origin.column
        assert span.minutes >= step
