"""Rights: the centre, its directory, staff and settings (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# what everybody at the desk has
@ basics
centre.me                               cx         cx        cx         cx        cx        cx        cx
centre.overview                         cx         cx        cx         cx        cx        cx        cx
small_numbers.least_told                c          c         c          c         c         c         c
directory.points                        cx         cx        cx         cx        cx        cx        cx
directory.timetables                    cx         cx        cx         cx        cx        cx        cx
directory.open_now                      cx         cx        cx         cx        cx        cx        cx
directory.closures                      cx         cx        cx         cx        cx        cx        cx
directory.holidays                      cx         cx        cx         cx        cx        cx        cx
directory.rooms                         cx         cx        cx         cx        cx        cx        cx
directory.places                        cx         cx        cx         cx        cx        cx        cx
directory.bodies                        cx         cx        cx         cx        cx        cx        cx
directory.services                      cx         cx        cx         cx        cx        cx        cx
guide.point                             cx         cx        cx         cx        cx        cx        cx
guide.service                           cx         cx        cx         cx        cx        cx        cx
guide.body                              cx         cx        cx         cx        cx        cx        cx
guide.place                             cx         cx        cx         cx        cx        cx        cx
mail.account                            c          c         c          c         c         c         -
staff.colleagues                        c          c         c          c         c         c         c
initiative_copies.templates             c          c         c          c         c         c         -
today.board                             cx         oacx      oacx       oacx      cxpr      cx        cx
prints.note                             c          c         c          c         c         c         -
prints.done                             c          c         c          c         c         c         -
notices.unread                          o          o         o          o         o         o         o
notices.mark_read                       o          o         o          o         o         o         o
prints.paper                            o          o         o          o         c         o         -
letters.texts                           c          c         c          c         c         c         -
care.last_backup                        c          c         c          c         c         c         c
looks.look                              c          c         c          c         c         c         c
resources.resources                     c          c         c          c         c         c         -
feeds.feeds                             c          c         c          c         c         c         -
consent_texts.texts                     cx         cx        cx         cx        cx        cx        cx
consent_texts.text_of                   cx         cx        cx         cx        cx        cx        cx
custom_fields.fields                    c          c         c          c         c         c         -
processing.entries                      c          c         c          c         c         c         c
search.search                           cx         cx        cx         cx        cx        cx        cx
public_search.public_hits               cx         cx        cx         cx        cx        cx        cx
journal.revert                          cx         oacx      oacx       oacx      cxpr      cx        -
roles.roles                             c          c         c          c         c         c         c

# what the network offers
programmes.initiatives                  cx         cx        cx         cx        cx        cx        cx
programmes.initiative                   cx         cx        cx         cx        cx        cx        cx
programmes.meetings                     cx         cx        cx         cx        cx        cx        cx
programmes.moved_away                   cx         cx        cx         cx        cx        cx        cx
initiative_pictures.picture             cx         cx        cx         cx        cx        cx        cx
calls.calls                             cx         cx        cx         cx        cx        cx        cx
calls.call                              cx         cx        cx         cx        cx        cx        cx

# who somebody is: whoever has anything to do with families
@ names
person_search.find_persons              c          oac       oac        oac       cpr       -         -
person_search.person_hits               c          oac       oac        oac       cpr       -         -
people.add_person                       c          oac       oac        oac       cpr       -         -
calendar.person_named                   c          oac       oac        oac       cpr       -         -
consents.interview_state                c          oac       oac        oac       cpr       -         -
consents.consents_of                    c          oac       oac        oac       cpr       -         -
outgoing.permit                         c          oac       oac        oac       cpr       -         -
outgoing.masked                         c          oac       oac        oac       cpr       -         -
drafts.keep                             o          o         o          o         o         -         -
drafts.drop                             o          o         o          o         o         -         -
drafts.read                             o          o         o          o         o         -         -
drafts.mine                             o          o         o          o         o         -         -
saved_searches.keep                     o          o         o          o         o         -         -
saved_searches.remove                   o          o         o          o         o         -         -
saved_searches.mine                     o          o         o          o         o         -         -

# opening hours, places, bodies and services of the network
@ directory
hours.add_rules                         -          -         -          -         c         c         -
hours.change_rule                       -          -         -          -         c         c         -
hours.change_rule_from                  -          -         -          -         c         c         -
hours.remove_rule                       -          -         -          -         c         c         -
hours.add_extra                         -          -         -          -         c         c         -
hours.change_extra                      -          -         -          -         c         c         -
hours.remove_extra                      -          -         -          -         c         c         -
hours.add_closure                       -          -         -          -         c         c         -
hours.change_closure                    -          -         -          -         c         c         -
hours.remove_closure                    -          -         -          -         c         c         -
places.add_access_point                 -          -         -          -         c         c         -
places.change_access_point              -          -         -          -         c         c         -
places.remove_access_point              -          -         -          -         c         c         -
places.add_room                         -          -         -          -         c         c         -
places.change_room                      -          -         -          -         c         c         -
places.remove_room                      -          -         -          -         c         c         -
places.add_place                        c          c         c          c         c         c         -
places.change_place                     c          c         c          c         c         c         -
places.remove_place                     c          c         c          c         c         c         -
bodies.add_body                         c          c         c          c         c         c         -
bodies.change_body                      c          c         c          c         c         c         -
bodies.remove_body                      c          c         c          c         c         c         -
bodies.add_service                      c          c         c          c         c         c         -
bodies.change_service                   c          c         c          c         c         c         -
bodies.remove_service                   c          c         c          c         c         c         -
resources.add_resource                  -          -         -          -         c         c         -
resources.change_resource               -          -         -          -         c         c         -
resources.retire_resource               -          -         -          -         c         c         -

# colleagues, their logins and what each role may do
@ staff
roles.set_power                         -          -         -          -         c         c         -
staff.add_colleague                     -          -         -          -         c         c         -
staff.change_colleague                  -          -         -          -         c         c         -
staff.set_login                         -          -         -          -         c         c         -
staff.note_new_password                 -          -         -          -         c         c         -
leaving.open_work                       -          -         -          -         cpr       -         -
leaving.hand_over                       -          -         -          -         cpr       -         -
leaving.note_left                       -          -         -          -         c         c         -

# the centre's settings, texts and look
@ settings
profiles.import_profile                 -          -         -          -         cx        cx        -
centre.change_centre                    -          -         -          -         c         c         -
centre.set_language                     -          -         -          -         c         c         -
small_numbers.set_least_told            -          -         -          -         c         c         -
mail.server_for_test                    -          -         -          -         c         c         -
mail.save_account                       -          -         -          -         c         c         -
letters.save_text                       -          -         -          -         c         c         -
letters.forget_text                     -          -         -          -         c         c         -
demo.fill                               -          -         -          -         cpr       -         -
care.note_backup                        -          -         -          -         c         c         -
looks.save_look                         -          -         -          -         c         c         -
looks.add_logo                          -          -         -          -         c         c         -
looks.change_logo                       -          -         -          -         c         c         -
looks.move_logo                         -          -         -          -         c         c         -
looks.remove_logo                       -          -         -          -         c         c         -
feeds.add_feed                          -          -         -          -         c         c         -
feeds.change_feed                       -          -         -          -         c         c         -
feeds.remove_feed                       -          -         -          -         c         c         -
consent_texts.write_draft               -          -         -          -         c         c         -
consent_texts.change_draft              -          -         -          -         c         c         -
consent_texts.remove_draft              -          -         -          -         c         c         -
consent_texts.put_in_use                -          -         -          -         c         c         -
consent_texts.place_proposals           -          -         -          -         c         c         -
custom_fields.add_field                 -          -         -          -         c         c         -
custom_fields.change_field              -          -         -          -         c         c         -
custom_fields.move_field                -          -         -          -         c         c         -
custom_fields.retire_field              -          -         -          -         c         c         -
processing.propose                      -          -         -          -         c         c         -
processing.add_entry                    -          -         -          -         c         c         -
processing.change_entry                 -          -         -          -         c         c         -
processing.remove_entry                 -          -         -          -         c         c         -
processing.breaches                     -          -         -          -         c         c         -
processing.add_breach                   -          -         -          -         c         c         -
processing.change_breach                -          -         -          -         c         c         -
escrow.note_made                        -          -         -          -         c         -         -
escrow_consents.consents                -          -         -          -         c         -         -
"""
