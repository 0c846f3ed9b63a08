"""Rights: paths of care, how long notes stay, talks about cases (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# paths of care: known to whom all their persons are known
@ families
paths.of_person                         -          oac       oac        oac       ocpr      -         -
paths.open_paths                        -          oac       oac        oac       ocpr      -         -
paths.path                              -          oac       oac        oac       ocpr      -         -
paths.by_code                           -          oac       oac        oac       ocpr      -         -
paths.choices                           -          oac       oac        oac       ocpr      -         -
paths.appointments                      -          oac       oac        oac       ocpr      -         -
paths.open_path                         -          oac       oac        oac       ocpr      -         -
paths.change_path                       -          oac       oac        oac       ocpr      -         -
paths.close_path                        -          oac       oac        oac       ocpr      -         -
paths.reopen_path                       -          oac       oac        oac       ocpr      -         -
paths.set_appointment                   -          oac       oac        oac       ocpr      -         -

# how long session notes stay, legal holds, destruction by two people
@ notes
retention.set_rule                      -          -         -          -         c         -         -
holds.of_person                         -          oac       oac        oac       ocpr      -         -
holds.lasting                           -          oac       oac        oac       ocpr      -         -
holds.set_hold                          -          oac       oac        oac       ocpr      -         -
holds.lift_hold                         -          -         -          -         ocpr      -         -
retention_due.due                       -          oac       oac        oac       ocpr      -         -
retention_due.january                   -          -         -          -         ocpr      -         -
retention_due.propose                   -          oac       oac        oac       ocpr      -         -
retention_due.withdraw                  -          oac       oac        oac       ocpr      -         -
retention_due.destroy                   -          oac       oac        oac       ocpr      -         -
retention_due.note_cleaned              -          oac       oac        oac       ocpr      -         -
retention_due.register                  -          oac       oac        oac       ocpr      -         -
retention_due.record                    -          oac       oac        oac       ocpr      -         -

# the team's talks about cases, by code
@ families
case_agenda.meetings                    -          oac       oac        oac       ocpr      -         -
case_agenda.meeting                     -          oac       oac        oac       ocpr      -         -
case_agenda.sheet                       -          oac       oac        oac       ocpr      -         -
case_agenda.add_meeting                 -          oac       oac        oac       ocpr      -         -
case_agenda.change_meeting              -          oac       oac        oac       ocpr      -         -
case_agenda.remove_meeting              -          oac       oac        oac       ocpr      -         -
case_agenda.add_case                    -          oac       oac        oac       ocpr      -         -
case_agenda.change_case                 -          oac       oac        oac       ocpr      -         -
case_agenda.move_case                   -          oac       oac        oac       ocpr      -         -
case_agenda.remove_case                 -          oac       oac        oac       ocpr      -         -

# for how long notes stay, which everybody may know
@ basics
retention.rule                          -          c         c          c         c         c         c
"""
