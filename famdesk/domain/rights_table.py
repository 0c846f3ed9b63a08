"""The rights table: a row per use-case and query, a column per role (letters: see `famdesk.domain.rights`)."""

from __future__ import annotations

TABLE = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.

# centre and directory

# staff
staff.colleagues                        c          c         c          c         c         c
staff.add_colleague                     -          -         -          -         c         c
staff.change_colleague                  -          -         -          -         c         c
staff.set_login                         -          -         -          -         c         c

# care of the data
care.note_backup                        -          -         -          -         c         c
care.last_backup                        c          c         c          c         c         c

# journal
journal.history                         cx         oacx      oacx       oacx      cxpr      -
journal.revert                          cx         oacx      oacx       oacx      cxpr      cx
"""
