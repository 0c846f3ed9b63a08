"""The few icons that sheets need, as strokes, drawn after the outlines of Lucide (ISC licence, see resources/icons)."""

from __future__ import annotations

from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import PRIMARY, WHITE

PHONE: Strokes = (
    (
        (22.0, 16.92), (22.0, 19.92), (22.0, 21.1, 21.02, 22.02, 19.82, 21.92),
        (16.74, 21.58, 13.79, 20.54, 11.19, 18.85),
        (8.77, 17.31, 6.73, 15.27, 5.19, 12.85), (3.49, 10.24, 2.45, 7.27, 2.12, 4.18),
        (2.02, 2.99, 2.94, 2.0, 4.11, 2.0),
        (7.11, 2.0), (8.11, 1.99, 8.97, 2.73, 9.11, 3.72), (9.24, 4.68, 9.47, 5.62, 9.81, 6.53),
        (10.08, 7.26, 9.9, 8.09, 9.36, 8.64), (8.09, 9.91), (9.51, 12.41, 11.58, 14.48, 14.09, 15.91), (15.36, 14.64),
        (15.91, 14.1, 16.74, 13.92, 17.47, 14.19), (18.38, 14.53, 19.32, 14.76, 20.28, 14.89),
        (21.29, 15.03, 22.03, 15.9, 22.0, 16.92),
    ),
)  # fmt: skip
"""A telephone receiver, as strokes in a square of 24 units."""

MAIL: Strokes = (
    ((4.0, 4.0), (20.0, 4.0), (21.1, 4.0, 22.0, 4.9, 22.0, 6.0), (22.0, 18.0), (22.0, 19.1, 21.1, 20.0, 20.0, 20.0),
     (4.0, 20.0), (2.9, 20.0, 2.0, 19.1, 2.0, 18.0), (2.0, 6.0), (2.0, 4.9, 2.9, 4.0, 4.0, 4.0)),
    ((22.0, 7.0), (13.03, 12.7), (12.4, 13.1, 11.6, 13.1, 10.97, 12.7), (2.0, 7.0)),
)  # fmt: skip
"""An envelope, as strokes in a square of 24 units."""

GLOBE: Strokes = (
    ((2.0, 12.0), (2.0, 6.48, 6.48, 2.0, 12.0, 2.0), (17.52, 2.0, 22.0, 6.48, 22.0, 12.0),
     (22.0, 17.52, 17.52, 22.0, 12.0, 22.0), (6.48, 22.0, 2.0, 17.52, 2.0, 12.0), (22.0, 12.0)),
    ((12.0, 2.0), (6.7, 7.6, 6.7, 16.4, 12.0, 22.0), (17.3, 16.4, 17.3, 7.6, 12.0, 2.0)),
)  # fmt: skip
"""A globe, as strokes in a square of 24 units."""


CLOCK: Strokes = (
    ((2.0, 12.0), (2.0, 6.48, 6.48, 2.0, 12.0, 2.0), (17.52, 2.0, 22.0, 6.48, 22.0, 12.0),
     (22.0, 17.52, 17.52, 22.0, 12.0, 22.0), (6.48, 22.0, 2.0, 17.52, 2.0, 12.0)),
    ((12.0, 6.0), (12.0, 12.0), (16.0, 14.0)),
)  # fmt: skip
"""A clock, as strokes in a square of 24 units."""

MAP_PIN: Strokes = (
    ((12.0, 22.0), (12.0, 22.0, 4.0, 16.0, 4.0, 10.0), (4.0, 5.58, 7.58, 2.0, 12.0, 2.0),
     (16.42, 2.0, 20.0, 5.58, 20.0, 10.0), (20.0, 16.0, 12.0, 22.0, 12.0, 22.0)),
    ((9.0, 10.0), (9.0, 8.34, 10.34, 7.0, 12.0, 7.0), (13.66, 7.0, 15.0, 8.34, 15.0, 10.0),
     (15.0, 11.66, 13.66, 13.0, 12.0, 13.0), (10.34, 13.0, 9.0, 11.66, 9.0, 10.0)),
)  # fmt: skip
"""A place on a map, as strokes in a square of 24 units."""

ROUTE: Strokes = (
    ((3.0, 12.0), (21.0, 12.0)),
    ((14.0, 5.0), (21.0, 12.0), (14.0, 19.0)),
)
"""An arrow that shows the way, as strokes in a square of 24 units."""

USERS: Strokes = (
    ((2.0, 21.0), (2.0, 17.1, 5.1, 15.0, 9.0, 15.0), (12.9, 15.0, 16.0, 17.1, 16.0, 21.0)),
    ((5.0, 7.0), (5.0, 4.8, 6.8, 3.0, 9.0, 3.0), (11.2, 3.0, 13.0, 4.8, 13.0, 7.0),
     (13.0, 9.2, 11.2, 11.0, 9.0, 11.0), (6.8, 11.0, 5.0, 9.2, 5.0, 7.0)),
    ((16.0, 3.1), (17.8, 3.6, 19.0, 5.1, 19.0, 7.0), (19.0, 8.9, 17.8, 10.4, 16.0, 10.9)),
    ((19.0, 15.5), (21.0, 16.4, 22.0, 18.3, 22.0, 21.0)),
)  # fmt: skip
"""People, as strokes in a square of 24 units."""

ALERT: Strokes = (
    ((12.0, 3.0), (22.5, 21.0), (1.5, 21.0), (12.0, 3.0)),
    ((12.0, 9.5), (12.0, 14.5)),
    ((12.0, 17.4), (12.0, 17.9)),
)
"""A triangle with an exclamation mark, as strokes in a square of 24 units."""

NO_CAMERA: Strokes = (
    ((2.0, 8.0), (7.0, 8.0), (9.0, 5.0), (15.0, 5.0), (17.0, 8.0), (22.0, 8.0), (22.0, 20.0), (2.0, 20.0), (2.0, 8.0)),
    ((2.0, 2.5), (22.0, 22.5)),
)
"""A camera that is struck out, as strokes in a square of 24 units."""

HOUSE: Strokes = (
    ((2.5, 11.5), (12.0, 3.0), (21.5, 11.5)),
    ((5.0, 9.5), (5.0, 21.0), (19.0, 21.0), (19.0, 9.5)),
)
"""A house, as strokes in a square of 24 units."""


def icon(pen: Pen, strokes: Strokes, x: float, y: float, size: float) -> None:
    """A white icon on a disc of the main colour, `size` points across with its top left corner at `x`, `y`."""
    pen.disc(x + size / 2, y + size / 2, size / 2, PRIMARY)
    inner = size * 0.52
    edge = (size - inner) / 2
    pen.outline(strokes, x + edge, y + edge, inner, WHITE, size * 0.045)
