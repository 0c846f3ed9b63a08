"""The rights table: a row per use-case and query, a column per role (letters: see `famdesk.domain.rights`)."""

from __future__ import annotations

TABLE = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.

# centre and directory
centre.me                               cx         cx        cx         cx        cx        cx
centre.overview                         cx         cx        cx         cx        cx        cx
directory.points                        cx         cx        cx         cx        cx        cx
directory.timetables                    cx         cx        cx         cx        cx        cx
directory.open_now                      cx         cx        cx         cx        cx        cx
directory.closures                      cx         cx        cx         cx        cx        cx
directory.holidays                      cx         cx        cx         cx        cx        cx
directory.rooms                         cx         cx        cx         cx        cx        cx
directory.places                        cx         cx        cx         cx        cx        cx
directory.bodies                        cx         cx        cx         cx        cx        cx
directory.services                      cx         cx        cx         cx        cx        cx
guide.point                             cx         cx        cx         cx        cx        cx
guide.service                           cx         cx        cx         cx        cx        cx
guide.body                              cx         cx        cx         cx        cx        cx
guide.place                             cx         cx        cx         cx        cx        cx
centre.change_centre                    -          -         -          -         c         c
centre.set_language                     -          -         -          -         c         c
mail.account                            c          c         c          c         c         c
mail.server_for_test                    -          -         -          -         c         c
mail.save_account                       -          -         -          -         c         c
hours.add_rules                         -          -         -          -         c         c
hours.change_rule                       -          -         -          -         c         c
hours.change_rule_from                  -          -         -          -         c         c
hours.remove_rule                       -          -         -          -         c         c
hours.add_extra                         -          -         -          -         c         c
hours.change_extra                      -          -         -          -         c         c
hours.remove_extra                      -          -         -          -         c         c
hours.add_closure                       -          -         -          -         c         c
hours.change_closure                    -          -         -          -         c         c
hours.remove_closure                    -          -         -          -         c         c
places.add_access_point                 -          -         -          -         c         c
places.change_access_point              -          -         -          -         c         c
places.remove_access_point              -          -         -          -         c         c
places.add_room                         -          -         -          -         c         c
places.change_room                      -          -         -          -         c         c
places.remove_room                      -          -         -          -         c         c
places.add_place                        c          c         c          c         c         c
places.change_place                     c          c         c          c         c         c
places.remove_place                     c          c         c          c         c         c
bodies.add_body                         c          c         c          c         c         c
bodies.change_body                      c          c         c          c         c         c
bodies.remove_body                      c          c         c          c         c         c
bodies.add_service                      c          c         c          c         c         c
bodies.change_service                   c          c         c          c         c         c
bodies.remove_service                   c          c         c          c         c         c

# staff
staff.colleagues                        c          c         c          c         c         c
staff.add_colleague                     -          -         -          -         c         c
staff.change_colleague                  -          -         -          -         c         c
staff.set_login                         -          -         -          -         c         c

# profiles of centres
profiles.import_profile                 -          -         -          -         cx        cx

# initiatives
programmes.initiatives                  cx         cx        cx         cx        cx        cx
programmes.initiative                   cx         cx        cx         cx        cx        cx
programmes.meetings                     cx         cx        cx         cx        cx        cx
programmes.hints                        cx         cx        cx         cx        cx        cx
programmes.participants                 c          oac       oac        oac       cpr       -
programmes.add_initiative               -          c         c          c         c         -
programmes.change_initiative            -          c         c          c         c         -
programmes.remove_initiative            -          c         c          c         c         -
programmes.add_meeting                  -          c         c          c         c         -
programmes.change_meeting               -          c         c          c         c         -
programmes.remove_meeting               -          c         c          c         c         -
programmes.cancel_meeting               c          c         c          c         c         -
programmes.restore_meeting              c          c         c          c         c         -
programmes.plan_dates                   -          c         c          c         c         -
programmes.enrol                        c          oac       oac        oac       cpr       -
programmes.admit                        c          oac       oac        oac       cpr       -
programmes.withdraw                     c          oac       oac        oac       cpr       -
programmes.set_attendance               c          oac       oac        oac       cpr       -

# today
today.board                             cx         oacx      oacx       oacx      cxpr      cx

# sheets and demo
prints.note                             c          c         c          c         c         c
person_export.persons                   -          oac       oac        oac       cpr       -
outgoing.permit                         c          oac       oac        oac       cpr       -
outgoing.masked                         c          oac       oac        oac       cpr       -
demo.fill                               -          -         -          -         cpr       -

# care of the data
care.note_backup                        -          -         -          -         c         c
care.last_backup                        c          c         c          c         c         c

# calendar
calendar.appointments                   c          oac        oac        oac       cpr       -
calendar.appointment                    c          oac        oac        oac       cpr       -
calendar.conflicts                      c          oac        oac        oac       cpr       -
calendar.next_free                      c          oac        oac        oac       cpr       -
calendar.person_named                   c          oac        oac        oac       cpr       -
calendar.book                           c          oac        oac        oac       cpr       -
calendar.change                         c          oac        oac        oac       cpr       -
calendar.move                           c          oac        oac        oac       cpr       -
calendar.stretch                        c          oac        oac        oac       cpr       -
calendar.cancel                         c          oac        oac        oac       cpr       -
calendar.set_state                      c          oac        oac        oac       cpr       -
appointment_states.confirm              c          oac        oac        oac       cpr       -
appointment_states.arrive               c          oac        oac        oac       cpr       -
appointment_states.hold                 c          oac        oac        oac       cpr       -
appointment_states.miss                 c          oac        oac        oac       cpr       -
appointment_states.plan_again           c          oac        oac        oac       cpr       -
appointment_states.missed               c          oac        oac        oac       cpr       -
reminders.refresh                       c          oac        oac        oac       cpr       -
reminders.claim                         c          oac        oac        oac       cpr       -
reminders.sent                          c          oac        oac        oac       cpr       -
reminders.tell                          c          oac        oac        oac       cpr       -
reminders.of_appointment                c          oac        oac        oac       cpr       -
reminders.letters                       c          oac        oac        oac       cpr       -
reminders.posted                        c          oac        oac        oac       cpr       -
reminders.queue                         c          oac        oac        oac       cpr       -
calendar_board.board                    c          oac        oac        oac       cpr       -
calendar_board.board_around             c          oac        oac        oac       cpr       -
calendar_board.busy_days                c          oac        oac        oac       cpr       -
series.plan                             c          oac        oac        oac       cpr       -
series.series                           c          oac        oac        oac       cpr       -
series.due                              c          oac        oac        oac       cpr       -
series.make                             c          oac        oac        oac       cpr       -
series.set_end                          c          oac        oac        oac       cpr       -
series.go_on                            c          oac        oac        oac       cpr       -
series_changes.change                   c          oac        oac        oac       cpr       -
series_changes.move                     c          oac        oac        oac       cpr       -
series_changes.stretch                  c          oac        oac        oac       cpr       -
series_changes.cancel                   c          oac        oac        oac       cpr       -
series_changes.skip                     c          oac        oac        oac       cpr       -
series_changes.restore                  c          oac        oac        oac       cpr       -
calendar_exchange.look                  c          oac        oac        oac       cpr       -
calendar_exchange.take                  c          oac        oac        oac       cpr       -

# intake
intake.log_contact                      c          oac        oac        oac       cpr       -
intake.change_contact                   c          oac        oac        oac       cpr       -
intake.remove_contact                   c          oac        oac        oac       cpr       -
intake.open_card                        c          oac        oac        oac       cpr       -
intake.save_card                        c          oac        oac        oac       cpr       -
intake.remove_card                      c          oac        oac        oac       cpr       -
intake.accesses                         c          oac        oac        oac       cpr       -
intake.access_card                      c          oac        oac        oac       cpr       -
intake.earlier_accesses                 c          oac        oac        oac       cpr       -
intake.unfinished_cards                 c          oac        oac        oac       cpr       -
intake.needs_used                       c          oac        oac        oac       cpr       -
intake.answers                          c          oac        oac        oac       cpr       -
intake.who                              c          oac        oac        oac       cpr       -
waiting.arrive                          c          oac        oac        oac       cpr       -
waiting.change                          c          oac        oac        oac       cpr       -
waiting.call                            c          oac        oac        oac       cpr       -
waiting.call_next                       c          oac        oac        oac       cpr       -
waiting.take_in                         c          oac        oac        oac       cpr       -
waiting.done                            c          oac        oac        oac       cpr       -
waiting.left                            c          oac        oac        oac       cpr       -
waiting.wait_again                      c          oac        oac        oac       cpr       -
waiting.take_back                       c          oac        oac        oac       cpr       -
waiting.board                           c          oac        oac        oac       cpr       -
waiting.public                          c          oac        oac        oac       cpr       -
follow_ups.add                          c          oac        oac        oac       cpr       -
follow_ups.change                       c          oac        oac        oac       cpr       -
follow_ups.tried                        c          oac        oac        oac       cpr       -
follow_ups.done                         c          oac        oac        oac       cpr       -
follow_ups.drop                         c          oac        oac        oac       cpr       -
follow_ups.reassign                     c          oac        oac        oac       cpr       -
call_list.call_list                     c          oac        oac        oac       cpr       -
call_list.done_lately                   c          oac        oac        oac       cpr       -
call_list.follow_up                     c          oac        oac        oac       cpr       -
drafts.keep                             o          o          o          o         o         -
drafts.drop                             o          o          o          o         o         -
drafts.read                             o          o          o          o         o         -
drafts.mine                             o          o          o          o         o         -

# people and search
person_search.find_persons              c          oac        oac        oac       cpr       -
person_search.list_persons              c          oac        oac        oac       cpr       -
person_search.person_hits               c          oac        oac        oac       cpr       -
saved_searches.keep                     o          o          o          o         o         -
saved_searches.remove                   o          o          o          o         o         -
saved_searches.mine                     o          o          o          o         o         -
doubles.likely_doubles                  c          oac        oac        oac       cpr       -
doubles.tell_apart                      c          oac        oac        oac       cpr       -
merging.preview                         -          -          oac        -         cpr       -
merging.merge                           -          -          oac        -         cpr       -
merging.unmerge                         -          -          oac        -         cpr       -
merging.take_over                       -          -          oac        -         cpr       -
person_file.person                      c          oac        oac        oac       cpr       -
person_file.file_history                c          oac        oac        oac       cpr       -
people.add_person                       c          oac        oac        oac       cpr       -
people.change_person                    c          oac        oac        oac       cpr       -
people.set_privacy                      c          oac        oac        oac       cpr       -
people.remove_person                    -          -          oac        -         cpr       -
people.set_protection                   -          -          -          -         cpr       -
people.assign                           -          oac        oac        oac       cpr       -
people.block                            -          -          -          -         cpr       -
people.end_tie                          -          -          -          -         cpr       -
contacts.add_contact_point              c          oac        oac        oac       cpr       -
contacts.change_contact_point           c          oac        oac        oac       cpr       -
contacts.remove_contact_point           c          oac        oac        oac       cpr       -
contacts.set_no_contact                 c          oac        oac        oac       cpr       -
households.households_of                c          oac        oac        oac       cpr       -
households.add_household                c          oac        oac        oac       cpr       -
households.change_household             c          oac        oac        oac       cpr       -
households.join_household               c          oac        oac        oac       cpr       -
households.leave_household              c          oac        oac        oac       cpr       -
households.change_membership            c          oac        oac        oac       cpr       -
households.remove_membership            c          oac        oac        oac       cpr       -
families.family                         c          oac       oac        oac       cpr       -
genogram.genogram                       c          oac       oac        oac       cpr       -
genogram.paper                          c          oac       oac        oac       cpr       -
referrals.send_referral                 c          oac       oac        oac       cpr       -
referrals.change_referral               c          oac       oac        oac       cpr       -
referrals.set_state                     c          oac       oac        oac       cpr       -
referrals.give_feedback                 c          oac       oac        oac       cpr       -
referrals.remove_referral               c          oac       oac        oac       cpr       -
referrals.referrals_of                  c          oac       oac        oac       cpr       -
referrals.awaited                       c          oac       oac        oac       cpr       -
referrals.may_refer                     c          oac       oac        oac       cpr       -
referral_exchange.hand_over             c          oac       oac        oac       cpr       -
referral_exchange.keep_digest           c          oac       oac        oac       cpr       -
referral_exchange.taken                 c          oac       oac        oac       cpr       -
referral_exchange.receive               c          oac       oac        oac       cpr       -
referral_exchange.receipt               c          oac       oac        oac       cpr       -
referral_exchange.take_receipt          c          oac       oac        oac       cpr       -
family_file.family_file                 c          oac       oac        oac       cpr       -
relations.add_relation                  c          oac       oac        oac       cpr       -
relations.add_relative                  c          oac       oac        oac       cpr       -
relations.change_relation               c          oac       oac        oac       cpr       -
relations.end_relation                  c          oac       oac        oac       cpr       -
relations.remove_relation               c          oac       oac        oac       cpr       -
responsibilities.add_responsibility     c          oac       oac        oac       cpr       -
responsibilities.change_responsibility  c          oac       oac        oac       cpr       -
responsibilities.end_responsibility     c          oac       oac        oac       cpr       -
responsibilities.remove_responsibility  c          oac       oac        oac       cpr       -
responsibilities.confirm_parents        c          oac       oac        oac       cpr       -
responsibilities.expiring               c          oac       oac        oac       cpr       -
placements.add_placement                c          oac       oac        oac       cpr       -
placements.change_placement             c          oac       oac        oac       cpr       -
placements.end_placement                c          oac       oac        oac       cpr       -
placements.remove_placement             c          oac       oac        oac       cpr       -
delegates.add_delegate                  c          oac       oac        oac       cpr       -
delegates.change_delegate               c          oac       oac        oac       cpr       -
delegates.end_delegate                  c          oac       oac        oac       cpr       -
delegates.remove_delegate               c          oac       oac        oac       cpr       -
measures.measures                       -          -         oac        oac       cpr       -
measures.add_measure                    -          -         oac        oac       cpr       -
measures.change_measure                 -          -         oac        oac       cpr       -
measures.remove_measure                 -          -         oac        oac       cpr       -

# consents
consents.incomplete                     c          oac        oac        oac       cpr       -
consents.consents_of                    c          oac        oac        oac       cpr       -
consents.consent_state                  c          oac        oac        oac       cpr       -
consents.interview_state                c          oac        oac        oac       cpr       -
consent_sheet.facts                     c          oac        oac        oac       cpr       -
consenting.ask                          c          oac        oac        oac       cpr       -
consenting.sign                         c          oac        oac        oac       cpr       -
consenting.give                         c          oac        oac        oac       cpr       -
consenting.remove_signature             c          oac        oac        oac       cpr       -
consenting.refuse                       c          oac        oac        oac       cpr       -
consenting.withdraw                     c          oac        oac        oac       cpr       -
consenting.set_ground                   c          oac        oac        oac       cpr       -
consenting.ground_for                   c          oac        oac        oac       cpr       -
consenting.hear                         c          oac        oac        oac       cpr       -
consenting.remove                       c          oac        oac        oac       cpr       -
consent_texts.texts                     cx         cx         cx         cx        cx        cx
consent_texts.text_of                   cx         cx         cx         cx        cx        cx
consent_texts.write_draft               -          -          -          -         c         c
consent_texts.change_draft              -          -          -          -         c         c
consent_texts.remove_draft              -          -          -          -         c         c
consent_texts.put_in_use                -          -          -          -         c         c
consent_texts.place_proposals           -          -          -          -         c         c

person_history.known_on                 c          oac        oac        oac       cpr       -
schooling.school                        c          oac        oac        oac       cpr       -
schooling.add_school_year               c          oac        oac        oac       cpr       -
schooling.change_school_year            c          oac        oac        oac       cpr       -
schooling.remove_school_year            c          oac        oac        oac       cpr       -
flags.flags                             c          oac        oac        oac       cpr       -
flags.sensitive_flags                   -          oac        oac        oac       cpr       -
flags.add_flag                          c          oac        oac        oac       cpr       -
flags.change_flag                       c          oac        oac        oac       cpr       -
flags.remove_flag                       c          oac        oac        oac       cpr       -
custom_fields.fields                    c          c          c          c         c         c
custom_fields.add_field                 -          -          -          -         c         c
custom_fields.change_field              -          -          -          -         c         c
custom_fields.move_field                -          -          -          -         c         c
custom_fields.retire_field              -          -          -          -         c         c
custom_fields.values                    c          oac        oac        oac       cpr       -
custom_fields.set_values                c          oac        oac        oac       cpr       -
privacy_rights.requests                 c          oac        oac        oac       cpr       -
privacy_rights.open_requests            c          oac        oac        oac       cpr       -
privacy_rights.note_request             c          oac        oac        oac       cpr       -
privacy_rights.answer_request           -          -          oac        -         cpr       -
processing.entries                      c          c          c          c         c         c
processing.propose                      -          -          -          -         c         c
processing.add_entry                    -          -          -          -         c         c
processing.change_entry                 -          -          -          -         c         c
processing.remove_entry                 -          -          -          -         c         c
processing.breaches                     -          -          -          -         c         c
processing.add_breach                   -          -          -          -         c         c
processing.change_breach                -          -          -          -         c         c
data_copy.copy_of_data                  -          -         oac        -         cpr       -
privacy_rights.erasure_plan             -          -          -          -         cpr       -
privacy_rights.erase                    -          -          -          -         cpr       -
search.search                           cx         cx         cx         cx        cx        cx
public_search.public_hits               cx         cx         cx         cx        cx        cx

# journal
journal.history                         cx         oacx      oacx       oacx      cxpr      -
journal.revert                          cx         oacx      oacx       oacx      cxpr      cx
"""
