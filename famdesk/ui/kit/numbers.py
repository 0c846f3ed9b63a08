"""Values of Qt's enums for what is painted first.

To name one enum of the namespace `Qt` builds all ninety of them in Python, a tenth of the program's start. A property
takes the number as well.
"""

from __future__ import annotations

from typing import Final

NEVER_SHOWN: Final = 1
"""Qt.ScrollBarPolicy.ScrollBarAlwaysOff"""
ACROSS: Final = 1
"""Qt.Orientation.Horizontal"""
NO_FOCUS: Final = 0
"""Qt.FocusPolicy.NoFocus"""
PLAIN_TEXT: Final = 0
"""Qt.TextFormat.PlainText"""
MIDDLE: Final = 0x84
"""Qt.AlignmentFlag.AlignCenter"""
