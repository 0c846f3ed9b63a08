"""Small calendar files of every class: the lines of the event, and what has to come of them."""

from __future__ import annotations

from dataclasses import dataclass

NEW_YORK = """BEGIN:VTIMEZONE
TZID:Das Amt
BEGIN:STANDARD
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""
EVIL_ZONE = NEW_YORK.replace("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=SECONDLY")


@dataclass(frozen=True, slots=True)
class Text:
    """`lines` stand inside a VEVENT, unless they begin with BEGIN; `dates` are "start/end" in Rome from 2024 to 2027;
    `refused` the classes of what is refused or remarked, in order."""

    lines: str
    dates: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    before: str = ""


WEEKLY = "DTSTART;TZID=Europe/Rome:20250320T180000\nDTEND;TZID=Europe/Rome:20250320T193000\nRRULE:FREQ=WEEKLY;COUNT=3"
WEEKS = ("2025-03-20T18:00/19:30", "2025-03-27T18:00/19:30", "2025-04-03T18:00/19:30")
OF_A_SERIES = "BEGIN:VEVENT\nUID:a\n" + WEEKLY + "\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n"

TEXTS: dict[str, Text] = {
    "in the centre's zone": Text("DTSTART;TZID=Europe/Rome:20250212T100000\nDTEND;TZID=Europe/Rome:20250212T110000",
                                 ("2025-02-12T10:00/11:00",)),
    "in UTC, winter": Text("DTSTART:20250212T100000Z\nDTEND:20250212T110000Z", ("2025-02-12T11:00/12:00",)),
    "in UTC, summer": Text("DTSTART:20250712T100000Z\nDTEND:20250712T110000Z", ("2025-07-12T12:00/13:00",)),
    "floating": Text("DTSTART:20250212T100000\nDTEND:20250212T110000", ("2025-02-12T10:00/11:00",)),
    "a duration": Text("DTSTART:20250212T100000\nDURATION:PT1H30M", ("2025-02-12T10:00/11:30",)),
    "a duration of weeks": Text("DTSTART;VALUE=DATE:20250212\nDURATION:P1W", ("2025-02-12T00:00/2025-02-19T00:00",)),
    "no end": Text("DTSTART:20250212T100000", ("2025-02-12T10:00/10:00",)),
    "a whole day": Text("DTSTART;VALUE=DATE:20250212", ("2025-02-12T00:00/2025-02-13T00:00",)),
    "three whole days": Text("DTSTART;VALUE=DATE:20250212\nDTEND;VALUE=DATE:20250215",
                             ("2025-02-12T00:00/2025-02-15T00:00",)),
    "past midnight": Text("DTSTART:20250212T230000\nDTEND:20250213T010000", ("2025-02-12T23:00/2025-02-13T01:00",)),
    "end before start": Text("DTSTART:20250212T110000\nDTEND:20250212T100000", ("2025-02-12T10:00/11:00",)),
    "a Windows name": Text("DTSTART;TZID=W. Europe Standard Time:20250212T100000", ("2025-02-12T10:00/10:00",)),
    "another zone": Text("DTSTART;TZID=America/New_York:20250212T100000", ("2025-02-12T16:00/16:00",)),
    "a zone of the file's own": Text("DTSTART;TZID=Das Amt:20250212T100000\nDURATION:PT1H", ("2025-02-12T16:00/17:00",),
                                     before=NEW_YORK),
    "a zone of the file's own that comes later": Text(
        "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Das Amt:20250712T100000\nEND:VEVENT\n" + NEW_YORK,
        ("2025-07-12T16:00/16:00",)),
    "a zone that nobody knows": Text("DTSTART;TZID=Nowhere/Land:20250212T100000", ("2025-02-12T10:00/10:00",),
                                     ("UnknownZone",)),
    "a zone that changes every second": Text("DTSTART;TZID=Das Amt:20250212T100000", ("2025-02-12T10:00/10:00",),
                                             ("BadZone", "UnknownZone"), before=EVIL_ZONE),
    "a zone with a maker's name": Text("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Rome:20250212T100000",
                                       ("2025-02-12T10:00/10:00",)),
    "the calendar's zone": Text("DTSTART:20250212T100000", ("2025-02-12T11:00/11:00",),
                                before="X-WR-TIMEZONE:Europe/London\n"),
    "the night the clocks go back": Text("DTSTART:20251026T003000Z\nDTEND:20251026T011000Z",
                                         ("2025-10-26T02:30/03:10",)),
    "every week over the change": Text(WEEKLY, WEEKS),
    "every week until": Text(
        WEEKLY.replace("COUNT=3", "UNTIL=20250327T180000"), WEEKS[:2]),
    "until, in UTC": Text(WEEKLY.replace("COUNT=3", "UNTIL=20250403T160000Z"), WEEKS),
    "a date left out": Text(WEEKLY + "\nEXDATE;TZID=Europe/Rome:20250327T180000", (WEEKS[0], WEEKS[2])),
    "two dates left out in two lines": Text(
        WEEKLY + "\nEXDATE;TZID=Europe/Rome:20250327T180000\nEXDATE:20250403T160000Z", WEEKS[:1]),
    "a date left out as a day": Text(WEEKLY + "\nEXDATE;VALUE=DATE:20250327", (WEEKS[0], WEEKS[2])),
    "an empty EXDATE": Text(WEEKLY + "\nEXDATE:", WEEKS),
    "a date on top": Text(WEEKLY + "\nRDATE;TZID=Europe/Rome:20250401T090000", (*WEEKS[:2], "2025-04-01T09:00/10:30",
                                                                                WEEKS[2])),
    "a period on top": Text("DTSTART:20250212T100000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20250213T100000Z/PT2H,"
                            "20250214T100000Z/20250214T133000Z",
                            ("2025-02-12T11:00/12:00", "2025-02-13T11:00/13:00", "2025-02-14T11:00/14:30")),
    "one date moved": Text(
        OF_A_SERIES + "RECURRENCE-ID;TZID=Europe/Rome:20250327T180000\nDTSTART;TZID=Europe/Rome:20250328T090000\n"
        "DURATION:PT1H\nEND:VEVENT", (WEEKS[0], "2025-03-28T09:00/10:00", WEEKS[2])),
    "this one and all after it moved": Text(
        OF_A_SERIES + "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Rome:20250327T180000\n"
        "DTSTART;TZID=Europe/Rome:20250327T190000\nDURATION:PT1H\nEND:VEVENT",
        (WEEKS[0], "2025-03-27T19:00/20:00", "2025-04-03T19:00/20:00")),
    "one date alone of a series": Text("RECURRENCE-ID:20250212T100000\nDTSTART:20250213T100000",
                                       ("2025-02-13T10:00/10:00",)),
    "the higher number counts": Text(
        "BEGIN:VEVENT\nUID:a\nSEQUENCE:1\nDTSTART:20250212T100000\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSEQUENCE:2\n"
        "DTSTART:20250212T120000\nEND:VEVENT", ("2025-02-12T12:00/12:00",)),
    "29 February": Text("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY",
                        ("2024-02-29T00:00/2024-03-01T00:00",)),
    "the fifth Thursday": Text("DTSTART:20250130T100000\nRRULE:FREQ=MONTHLY;BYDAY=5TH;COUNT=3",
                               ("2025-01-30T10:00/10:00", "2025-05-29T10:00/10:00", "2025-07-31T10:00/10:00")),
    "the last weekday": Text("DTSTART:20250131T100000\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
                             ("2025-01-31T10:00/10:00", "2025-02-28T10:00/10:00")),
    "thirty times a February the 30th": Text("DTSTART:20250131T100000\nRRULE:FREQ=DAILY;COUNT=30;BYMONTH=2;"
                                             "BYMONTHDAY=30", ("2025-01-31T10:00/10:00",)),
    "a count below nothing": Text(WEEKLY.replace("COUNT=3", "COUNT=-1;UNTIL=20250403T160000Z"), WEEKS),
    "every second for ever": Text("DTSTART:20250212T100000\nRRULE:FREQ=SECONDLY", (), ("TooManyDates",)),
    "every second of a day": Text("DTSTART:20250212T100000\nRRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))
                                  + ";BYMINUTE=" + ",".join(map(str, range(60)))
                                  + ";BYSECOND=" + ",".join(map(str, range(60))), (), ("TooManyDates",)),
    "every minute of two years": Text("DTSTART:20250212T100000\nRRULE:FREQ=MINUTELY", (), ("TooManyDates",)),
    "a word for a rule": Text("DTSTART:20250212T100000\nRRULE:FREQ=SOMETIMES", (), ("NotUnderstood",)),
    "a word for a start": Text("DTSTART:tomorrow", (), ("NotUnderstood",)),
    "no start": Text("SUMMARY:a", (), ("NoStart",)),
    "two starts": Text("DTSTART:20250212T100000\nDTSTART:20250213T100000", (), ("SaidTwice",)),
    "a year before all": Text("DTSTART:00010212T100000", (), ("OutOfRange",)),
    "a month too many": Text("DTSTART:20251312T100000", (), ("NotUnderstood",)),
    "a duration without end": Text("DTSTART:20250212T100000\nDURATION:P999999999999999W", (), ("NotUnderstood",)),
    "a task": Text("BEGIN:VTODO\nSUMMARY:a\nEND:VTODO", (), ("NotAnEvent",)),
    "never closed": Text("BEGIN:VEVENT\nDTSTART:20250212T100000", (), ("NotClosed",)),
    "never closed, another follows": Text(
        "BEGIN:VEVENT\nDTSTART:20250212T100000\nBEGIN:VEVENT\nUID:b\nDTSTART:20250213T100000\nEND:VEVENT",
        ("2025-02-13T10:00/10:00",), ("NotClosed",)),
    "a broken line": Text("DTSTART:20250212T100000\nnonsense", ("2025-02-12T10:00/10:00",), ("LineLeftOut",)),
    "an alarm with times of its own": Text(
        "DTSTART:20250212T100000\nBEGIN:VALARM\nDTSTART:20200101T000000\nTRIGGER:-PT15M\nEND:VALARM",
        ("2025-02-12T10:00/10:00",)),
    "small letters, blanks and folds": Text("dtstart :2025021\n 2T1000\n\t00\nSummary:a\n  b",
                                            ("2025-02-12T10:00/10:00",)),
    "every minute, picked by position": Text("DTSTART:20250131T100000\nRRULE:FREQ=MINUTELY;BYSETPOS=2", (),
                                             ("TooManyDates",)),
    "every no days": Text("DTSTART:20250131T100000\nRRULE:FREQ=DAILY;INTERVAL=0", (), ("BadDates",)),
    "backwards": Text("DTSTART:20250131T100000\nRRULE:FREQ=WEEKLY;INTERVAL=-1", (), ("BadDates",)),
    "a part that nobody knows": Text("DTSTART:20250131T100000\nRRULE:FREQ=DAILY;BYEASTER=1", (), ("BadDates",)),
    "no such day in a year": Text("DTSTART:20250131T100000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
                                  ("2025-01-31T10:00/10:00",)),
    "folded over empty lines": Text("DTSTART\n\n ;VALUE=DATE\n :20250212", ("2025-02-12T00:00/2025-02-13T00:00",)),
    "folded within a number": Text("DTSTART:2025021\n 2T1000\n\t00", ("2025-02-12T10:00/10:00",)),
}  # fmt: skip


def whole(text: Text) -> str:
    """The file."""
    inside = text.lines if text.lines.startswith("BEGIN") else f"BEGIN:VEVENT\nUID:a\n{text.lines}\nEND:VEVENT"
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\n{text.before}{inside}\nEND:VCALENDAR\n".replace("\n", "\r\n")
