"""Rights: what leaves the centre, and who did what (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# sheets with names: on paper, as letters, by mail
@ sheets
prints.named                            c          oac       oac        oac       cpr       -         -
letters.case                            c          oac       oac        oac       cpr       -         -
letters.addressed                       c          oac       oac        oac       cpr       -         -
letters.instead                         c          oac       oac        oac       cpr       -         -
sheet_mails.offer                       c          oac       oac        oac       cpr       -         -
sheet_mails.bodies                      c          c         c          c         c         -         -
sheet_mails.text_for_bodies             c          c         c          c         c         -         -
sheet_mails.to_person                   c          oac       oac        oac       cpr       -         -
sheet_mails.to_body                     c          c         c          c         c         -         -
sheet_mails.withdraw                    c          oac       oac        oac       cpr       -         -
sheet_mails.claim                       c          oac       oac        oac       cpr       -         -
sheet_mails.sent                        c          oac       oac        oac       cpr       -         -
sheet_mails.recent                      c          oac       oac        oac       cpr       -         -

# lists of persons and copies of data as files
@ export
person_export.persons                   -          oac       oac        oac       cpr       -         -
calendar_export.named                   -          oac       oac        oac       cpr       -         -
data_copy.copy_of_data                  -          -         oac        -         cpr       -         -

# numbers of the centre
@ statistics
auditing.numbers                        -          -         -          -         c         c         c

# who did what, who opened what, what was printed
@ journal
prints.register                         o          o         o          o         c         o         -
prints.of_person                        -          -         -          -         cpr       -         -
journal.history                         cx         oacx      oacx       oacx      cxpr      -         -
"""
