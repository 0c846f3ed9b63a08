"""Rights: who comes and calls (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# contacts and access cards, the waiting room, calls to be made
@ desk
intake.log_contact                      c          oac       oac        oac       cpr       -         -
intake.change_contact                   c          oac       oac        oac       cpr       -         -
intake.remove_contact                   c          oac       oac        oac       cpr       -         -
intake.open_card                        c          oac       oac        oac       cpr       -         -
intake.save_card                        c          oac       oac        oac       cpr       -         -
intake.remove_card                      c          oac       oac        oac       cpr       -         -
intake.accesses                         c          oac       oac        oac       cpr       -         -
intake.access_card                      c          oac       oac        oac       cpr       -         -
intake.earlier_accesses                 c          oac       oac        oac       cpr       -         -
intake.unfinished_cards                 c          oac       oac        oac       cpr       -         -
intake.needs_used                       c          oac       oac        oac       cpr       -         -
intake.answers                          c          oac       oac        oac       cpr       -         -
intake.who                              c          oac       oac        oac       cpr       -         -
waiting.arrive                          c          oac       oac        oac       cpr       -         -
waiting.change                          c          oac       oac        oac       cpr       -         -
waiting.call                            c          oac       oac        oac       cpr       -         -
waiting.call_next                       c          oac       oac        oac       cpr       -         -
waiting.take_in                         c          oac       oac        oac       cpr       -         -
waiting.done                            c          oac       oac        oac       cpr       -         -
waiting.left                            c          oac       oac        oac       cpr       -         -
waiting.wait_again                      c          oac       oac        oac       cpr       -         -
waiting.take_back                       c          oac       oac        oac       cpr       -         -
waiting.board                           c          oac       oac        oac       cpr       -         -
waiting.public                          c          oac       oac        oac       cpr       -         -
follow_ups.add                          c          oac       oac        oac       cpr       -         -
follow_ups.change                       c          oac       oac        oac       cpr       -         -
follow_ups.tried                        c          oac       oac        oac       cpr       -         -
follow_ups.done                         c          oac       oac        oac       cpr       -         -
follow_ups.drop                         c          oac       oac        oac       cpr       -         -
follow_ups.reassign                     c          oac       oac        oac       cpr       -         -
call_list.call_list                     c          oac       oac        oac       cpr       -         -
call_list.done_lately                   c          oac       oac        oac       cpr       -         -
call_list.follow_up                     c          oac       oac        oac       cpr       -         -
"""
