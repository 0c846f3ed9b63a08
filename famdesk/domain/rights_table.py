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

# profiles of centres
profiles.import_profile                 -          -         -          -         cx        cx

# care of the data
care.note_backup                        -          -         -          -         c         c
care.last_backup                        c          c         c          c         c         c

# calendar
calendar.appointments                   c          oac        oac        oac       cpr       -
calendar.appointment                    c          oac        oac        oac       cpr       -
calendar.conflicts                      c          oac        oac        oac       cpr       -
calendar.next_free                      c          oac        oac        oac       cpr       -
calendar.book                           c          oac        oac        oac       cpr       -
calendar.change                         c          oac        oac        oac       cpr       -
calendar.move                           c          oac        oac        oac       cpr       -
calendar.stretch                        c          oac        oac        oac       cpr       -
calendar.cancel                         c          oac        oac        oac       cpr       -
calendar.set_state                      c          oac        oac        oac       cpr       -
calendar_board.board                    c          oac        oac        oac       cpr       -

# journal
journal.history                         cx         oacx      oacx       oacx      cxpr      -
journal.revert                          cx         oacx      oacx       oacx      cxpr      cx
"""
