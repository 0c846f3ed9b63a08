"""Signs of the questions of feedback forms, for those who do not read; drawn as strokes in a square of 24 units."""

from __future__ import annotations

from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.icons import MAP_PIN, USERS

HEART: Strokes = (
    ((12.0, 20.5), (5.0, 15.0, 2.0, 12.0, 2.0, 8.5), (2.0, 5.5, 4.2, 3.5, 7.0, 3.5), (9.0, 3.5, 11.0, 4.5, 12.0, 6.3),
     (13.0, 4.5, 15.0, 3.5, 17.0, 3.5), (19.8, 3.5, 22.0, 5.5, 22.0, 8.5), (22.0, 12.0, 19.0, 15.0, 12.0, 20.5)),
)  # fmt: skip
BULB: Strokes = (
    ((9.0, 17.0), (9.0, 14.5, 5.5, 13.0, 5.5, 9.0), (5.5, 5.4, 8.4, 2.5, 12.0, 2.5), (15.6, 2.5, 18.5, 5.4, 18.5, 9.0),
     (18.5, 13.0, 15.0, 14.5, 15.0, 17.0), (9.0, 17.0)),
    ((9.5, 20.0), (14.5, 20.0)), ((10.5, 22.5), (13.5, 22.5)),
)  # fmt: skip
EAR: Strokes = (
    ((7.0, 9.0), (7.0, 5.5, 9.2, 3.0, 12.5, 3.0), (15.8, 3.0, 18.0, 5.5, 18.0, 8.5),
     (18.0, 13.0, 13.5, 13.5, 13.5, 17.5),
     (13.5, 19.8, 12.0, 21.0, 10.3, 21.0), (8.5, 21.0, 7.0, 19.8, 7.0, 18.0)),
    ((10.5, 9.0), (10.5, 7.5, 11.4, 6.5, 12.6, 6.5), (13.8, 6.5, 14.6, 7.4, 14.6, 8.6),
     (14.6, 10.3, 12.0, 10.8, 12.0, 13.0)),
)  # fmt: skip
AGAIN: Strokes = (
    ((4.0, 12.0), (4.0, 7.5, 7.5, 4.0, 12.0, 4.0), (15.0, 4.0, 17.6, 5.6, 19.0, 8.0)),
    ((19.5, 3.5), (19.0, 8.0), (14.5, 7.5)),
    ((20.0, 12.0), (20.0, 16.5, 16.5, 20.0, 12.0, 20.0), (9.0, 20.0, 6.4, 18.4, 5.0, 16.0)),
    ((4.5, 20.5), (5.0, 16.0), (9.5, 16.5)),
)  # fmt: skip
SIGNS: dict[str, Strokes] = {
    "@welcome": HEART, "@useful": BULB, "@understood": EAR, "@place": MAP_PIN, "@again": AGAIN, "@tell": USERS,
}  # fmt: skip
"""The sign of each question that FamDesk knows; another one has its number."""
