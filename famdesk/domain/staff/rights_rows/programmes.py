"""Rights: programmes and calls for applications (letters: see `famdesk.domain.staff.rights`)."""

from __future__ import annotations

ROWS = """
# action                                reception  educator  social_w.  psychol.  coordin.  admin.    auditor

# initiatives, meetings, enrolments, attendance, certificates, feedback
@ programmes
programmes.participants                 c          oac       oac        oac       cpr       -         -
initiatives.add_initiative              -          c         c          c         c         -         -
initiatives.change_initiative           -          c         c          c         c         -         -
initiatives.remove_initiative           -          c         c          c         c         -         -
initiatives.set_organisers              -          c         c          c         c         -         -
initiatives.set_acts                    -          c         c          c         c         -         -
initiative_copies.add_from              -          c         c          c         c         -         -
initiative_copies.copy                  -          c         c          c         c         -         -
initiative_copies.keep_as_template      -          c         c          c         c         -         -
initiative_copies.remove_template       -          c         c          c         c         -         -
meetings.add_meeting                    -          c         c          c         c         -         -
meetings.add_meetings                   -          c         c          c         c         -         -
meetings.move_meeting                   -          c         c          c         c         -         -
meetings.change_meeting                 -          c         c          c         c         -         -
meetings.remove_meeting                 -          c         c          c         c         -         -
meetings.cancel_meeting                 c          c         c          c         c         -         -
meetings.restore_meeting                c          c         c          c         c         -         -
meetings.plan_dates                     -          c         c          c         c         -         -
meeting_dates.look                      c          oac       oac        oac       cpr       -         -
meeting_dates.by_rule                   c          oac       oac        oac       cpr       -         -
meeting_dates.of_dates                  c          oac       oac        oac       cpr       -         -
meeting_notices.reachable               c          oac       oac        oac       cpr       -         -
meeting_notices.of_initiative           c          oac       oac        oac       cpr       -         -
meeting_notices.tell                    c          oac       oac        oac       cpr       -         -
meeting_post.refresh                    c          oac       oac        oac       cpr       -         -
meeting_post.claim                      c          oac       oac        oac       cpr       -         -
meeting_post.sent                       c          oac       oac        oac       cpr       -         -
enrolment.enrol                         c          oac       oac        oac       cpr       -         -
enrolment.enrol_family                  c          oac       oac        oac       cpr       -         -
enrolment.change                        c          oac       oac        oac       cpr       -         -
enrolment.approve                       -          oac       oac        oac       cpr       -         -
enrolment.refuse                        -          oac       oac        oac       cpr       -         -
enrolment.withdraw                      c          oac       oac        oac       cpr       -         -
enrolment_preview.preview               c          oac       oac        oac       cpr       -         -
waiting_list.offers                     c          oac       oac        oac       cpr       -         -
waiting_list.due                        c          oac       oac        oac       cpr       -         -
waiting_list.script                     c          oac       oac        oac       cpr       -         -
waiting_list.admit                      c          oac       oac        oac       cpr       -         -
waiting_list.offer                      c          oac       oac        oac       cpr       -         -
waiting_list.offer_next                 c          oac       oac        oac       cpr       -         -
waiting_list.accept                     c          oac       oac        oac       cpr       -         -
waiting_list.decline                    c          oac       oac        oac       cpr       -         -
waiting_list.wait_again                 c          oac       oac        oac       cpr       -         -
waiting_list.go_on                      c          oac       oac        oac       cpr       -         -
place_news.tell                         c          oac       oac        oac       cpr       -         -
attendance.set_attendance               c          oac       oac        oac       cpr       -         -
attendance.note                         c          oac       oac        oac       cpr       -         -
attendance.walk_in                      c          oac       oac        oac       cpr       -         -
attendance.count_heads                  c          c         c          c         c         -         -
attendance.set_heads                    c          c         c          c         c         -         -
attendance.hours                        c          c         c          c         c         -         -
attendance.note_hours                   c          c         c          c         c         -         -
initiative_pictures.set_picture         -          c         c          c         c         -         -
initiative_pictures.remove_picture      -          c         c          c         c         -         -
certificates.standings                  c          oac       oac        oac       cpr       -         -
certificates.set_share                  -          c         c          c         c         -         -
certificates.issue                      c          oac       oac        oac       cpr       -         -
certificates.register                   c          oac       oac        oac       cpr       -         -
certificates.of_initiative              c          oac       oac        oac       cpr       -         -
certificates.certificates               c          oac       oac        oac       cpr       -         -
statistics.accesses                     c          c         c          c         c         -         -
feedback.feedback                       c          c         c          c         c         -         -
feedback.set_questions                  -          c         c          c         c         -         -
feedback.set_counts                     c          c         c          c         c         -         -

# calls for applications, grants and rankings
@ calls
calls.add_call                          -          -         -          -         c         -         -
calls.change_call                       -          -         -          -         c         -         -
calls.remove_call                       -          -         -          -         c         -         -
calls.set_documents                     -          -         -          -         c         -         -
calls.set_criteria                      -          -         -          -         c         -         -
applications.received                   c          c         c          c         c         -         -
applications.receive                    c          c         c          c         c         -         -
applications.change_application         c          c         c          c         c         -         -
applications.set_document               c          c         c          c         c         -         -
applications.examine                    c          c         c          c         c         -         -
applications.judge                      -          c         c          c         c         -         -
applications.check                      -          c         c          c         c         -         -
applications.withdraw_application       c          c         c          c         c         -         -
applications.score                      -          c         c          c         c         -         -
applications.grant                      -          -         -          -         c         -         -
rankings.decide                         -          -         -          -         c         -         -
rankings.reopen                         -          -         -          -         c         -         -
"""
