"""The rights table: a row per use-case and query, a column per role (letters: see `famdesk.domain.staff.rights`).

The rows stand by area in `famdesk.domain.staff.rights_rows`; a line such as "@ families" says to which power (see
`famdesk.domain.staff.powers`) those below it belong.
"""

from __future__ import annotations

from famdesk.domain.staff.rights_rows import (
    calendar,
    centre,
    consents,
    desk,
    families,
    notes,
    papers,
    paths,
    programmes,
    watching,
    writing,
)

AREAS = (centre, programmes, papers, calendar, desk, families, consents, notes, paths, writing, watching)

TABLE = "".join(area.ROWS for area in AREAS)
