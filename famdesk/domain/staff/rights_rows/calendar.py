"""Rights: the calendar (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# the calendar, series, reminders
@ appointments
calendar.appointments                   c          oac       oac        oac       cpr       -         -
calendar.appointment                    c          oac       oac        oac       cpr       -         -
appointment_why.why                     -          oac       oac        oac       cpr       -         -
calendar.conflicts                      c          oac       oac        oac       cpr       -         -
calendar.next_free                      c          oac       oac        oac       cpr       -         -
calendar.book                           c          oac       oac        oac       cpr       -         -
calendar.change                         c          oac       oac        oac       cpr       -         -
calendar.move                           c          oac       oac        oac       cpr       -         -
calendar.stretch                        c          oac       oac        oac       cpr       -         -
calendar.cancel                         c          oac       oac        oac       cpr       -         -
absences.affected                       c          oac       oac        oac       cpr       -         -
absences.plan                           c          oac       oac        oac       cpr       -         -
absences.change                         c          oac       oac        oac       cpr       -         -
calendar.set_state                      c          oac       oac        oac       cpr       -         -
appointment_states.confirm              c          oac       oac        oac       cpr       -         -
appointment_states.arrive               c          oac       oac        oac       cpr       -         -
appointment_states.hold                 c          oac       oac        oac       cpr       -         -
appointment_states.miss                 c          oac       oac        oac       cpr       -         -
appointment_states.plan_again           c          oac       oac        oac       cpr       -         -
appointment_states.missed               c          oac       oac        oac       cpr       -         -
reminders.refresh                       c          oac       oac        oac       cpr       -         -
reminders.claim                         c          oac       oac        oac       cpr       -         -
reminders.sent                          c          oac       oac        oac       cpr       -         -
reminders.tell                          c          oac       oac        oac       cpr       -         -
reminders.of_appointment                c          oac       oac        oac       cpr       -         -
appointment_where.language_of           c          oac       oac        oac       cpr       -         -
appointment_where.place_of              c          oac       oac        oac       cpr       -         -
reminder_offers.offers                  c          oac       oac        oac       cpr       -         -
reminders.letters                       c          oac       oac        oac       cpr       -         -
reminders.posted                        c          oac       oac        oac       cpr       -         -
reminders.queue                         c          oac       oac        oac       cpr       -         -
calendar_board.board                    c          oac       oac        oac       cpr       -         -
parties.set_extras                      c          oac       oac        oac       cpr       -         -
parties.family                          c          oac       oac        oac       cpr       -         -
free_slots.find                         c          oac       oac        oac       cpr       -         -
calendar_board.board_around             c          oac       oac        oac       cpr       -         -
calendar_board.busy_days                c          oac       oac        oac       cpr       -         -
series.plan                             c          oac       oac        oac       cpr       -         -
series.closed_days                      cx         cx        cx         cx        cx        -         -
series.series                           c          oac       oac        oac       cpr       -         -
series.due                              c          oac       oac        oac       cpr       -         -
series.make                             c          oac       oac        oac       cpr       -         -
series_repeat.repeat                    c          oac       oac        oac       cpr       -         -
series.set_end                          c          oac       oac        oac       cpr       -         -
series.go_on                            c          oac       oac        oac       cpr       -         -
series_changes.change                   c          oac       oac        oac       cpr       -         -
series_changes.move                     c          oac       oac        oac       cpr       -         -
series_changes.stretch                  c          oac       oac        oac       cpr       -         -
series_changes.cancel                   c          oac       oac        oac       cpr       -         -
series_changes.skip                     c          oac       oac        oac       cpr       -         -
series_changes.restore                  c          oac       oac        oac       cpr       -         -
calendar_exchange.look                  c          oac       oac        oac       cpr       -         -
calendar_exchange.take                  c          oac       oac        oac       cpr       -         -
calendar_export.busy                    c          oac       oac        oac       cpr       -         -
feeds.due                               c          oac       oac        oac       cpr       -         -
feeds.content                           c          oac       oac        oac       cpr       -         -
feeds.published                         c          oac       oac        oac       cpr       -         -
"""
