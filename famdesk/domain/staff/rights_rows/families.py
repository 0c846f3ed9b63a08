"""Rights: files of persons and families (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# files of persons and families
@ families
person_search.list_persons              c          oac       oac        oac       cpr       -         -
doubles.likely_doubles                  c          oac       oac        oac       cpr       -         -
doubles.tell_apart                      c          oac       oac        oac       cpr       -         -
merging.preview                         -          -         oac        -         cpr       -         -
merging.merge                           -          -         oac        -         cpr       -         -
merging.unmerge                         -          -         oac        -         cpr       -         -
merging.take_over                       -          -         oac        -         cpr       -         -
person_file.person                      c          oac       oac        oac       cpr       -         -
person_file.file_history                c          oac       oac        oac       cpr       -         -
people.change_person                    c          oac       oac        oac       cpr       -         -
people.set_privacy                      c          oac       oac        oac       cpr       -         -
people.remove_person                    -          -         oac        -         cpr       -         -
people.set_protection                   -          -         -          -         cpr       -         -
people.assign                           -          oac       oac        oac       cpr       -         -
people.block                            -          -         -          -         cpr       -         -
people.end_tie                          -          -         -          -         cpr       -         -
contacts.add_contact_point              c          oac       oac        oac       cpr       -         -
contacts.change_contact_point           c          oac       oac        oac       cpr       -         -
contacts.remove_contact_point           c          oac       oac        oac       cpr       -         -
contacts.set_no_contact                 c          oac       oac        oac       cpr       -         -
households.households_of                c          oac       oac        oac       cpr       -         -
households.add_household                c          oac       oac        oac       cpr       -         -
households.change_household             c          oac       oac        oac       cpr       -         -
households.join_household               c          oac       oac        oac       cpr       -         -
households.leave_household              c          oac       oac        oac       cpr       -         -
households.change_membership            c          oac       oac        oac       cpr       -         -
households.remove_membership            c          oac       oac        oac       cpr       -         -
families.family                         c          oac       oac        oac       cpr       -         -
genogram.genogram                       c          oac       oac        oac       cpr       -         -
genogram.paper                          c          oac       oac        oac       cpr       -         -
referrals.send_referral                 c          oac       oac        oac       cpr       -         -
referrals.change_referral               c          oac       oac        oac       cpr       -         -
referrals.set_state                     c          oac       oac        oac       cpr       -         -
referrals.give_feedback                 c          oac       oac        oac       cpr       -         -
referrals.remove_referral               c          oac       oac        oac       cpr       -         -
referrals.referrals_of                  c          oac       oac        oac       cpr       -         -
referrals.awaited                       c          oac       oac        oac       cpr       -         -
referrals.may_refer                     c          oac       oac        oac       cpr       -         -
referral_exchange.hand_over             c          oac       oac        oac       cpr       -         -
referral_exchange.keep_digest           c          oac       oac        oac       cpr       -         -
referral_exchange.taken                 c          oac       oac        oac       cpr       -         -
referral_exchange.doubt                 c          oac       oac        oac       cpr       -         -
referral_exchange.receive               c          oac       oac        oac       cpr       -         -
referral_exchange.receipt               c          oac       oac        oac       cpr       -         -
referral_exchange.take_receipt          c          oac       oac        oac       cpr       -         -
family_file.family_file                 c          oac       oac        oac       cpr       -         -
relations.add_relation                  c          oac       oac        oac       cpr       -         -
relations.add_relative                  c          oac       oac        oac       cpr       -         -
relations.change_relation               c          oac       oac        oac       cpr       -         -
relations.end_relation                  c          oac       oac        oac       cpr       -         -
relations.remove_relation               c          oac       oac        oac       cpr       -         -
responsibilities.add_responsibility     c          oac       oac        oac       cpr       -         -
responsibilities.change_responsibility  c          oac       oac        oac       cpr       -         -
responsibilities.end_responsibility     c          oac       oac        oac       cpr       -         -
responsibilities.remove_responsibility  c          oac       oac        oac       cpr       -         -
responsibilities.confirm_parents        c          oac       oac        oac       cpr       -         -
responsibilities.expiring               c          oac       oac        oac       cpr       -         -
placements.add_placement                c          oac       oac        oac       cpr       -         -
placements.change_placement             c          oac       oac        oac       cpr       -         -
placements.end_placement                c          oac       oac        oac       cpr       -         -
placements.remove_placement             c          oac       oac        oac       cpr       -         -
delegates.add_delegate                  c          oac       oac        oac       cpr       -         -
delegates.change_delegate               c          oac       oac        oac       cpr       -         -
delegates.end_delegate                  c          oac       oac        oac       cpr       -         -
delegates.remove_delegate               c          oac       oac        oac       cpr       -         -
measures.measures                       -          -         oac        oac       cpr       -         -
measures.add_measure                    -          -         oac        oac       cpr       -         -
measures.change_measure                 -          -         oac        oac       cpr       -         -
measures.remove_measure                 -          -         oac        oac       cpr       -         -
person_history.known_on                 c          oac       oac        oac       cpr       -         -
schooling.school                        c          oac       oac        oac       cpr       -         -
schooling.add_school_year               c          oac       oac        oac       cpr       -         -
schooling.change_school_year            c          oac       oac        oac       cpr       -         -
schooling.remove_school_year            c          oac       oac        oac       cpr       -         -
flags.flags                             c          oac       oac        oac       cpr       -         -
flags.sensitive_flags                   -          oac       oac        oac       cpr       -         -
flags.reviews                           c          oac       oac        oac       cpr       -         -
flags.add_flag                          c          oac       oac        oac       cpr       -         -
flags.change_flag                       c          oac       oac        oac       cpr       -         -
flags.remove_flag                       c          oac       oac        oac       cpr       -         -
"""
