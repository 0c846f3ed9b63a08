"""What can be wrong with a centre profile: each error says the line and the field, and how it should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_


class ProfileError(RuleError):
    """Something is wrong with a profile file: in `line` (from 1), at `field`, such as "access_point[2].hours[1].opens".

    `errors` holds every single error, in the order of the file; for a single error that is itself. Numbers in brackets
    count from 1.
    """

    message = N_("Line {line}: this profile cannot be used.")

    def __init__(self, line: int, field: str | None = None, **params: Any) -> None:
        super().__init__(field, line=line, path=field or "", **params)
        self.line = line

    @property
    def errors(self) -> tuple[ProfileError, ...]:
        return (self,)


class ProfileErrors(ProfileError):
    """All that is wrong with a profile; its sentence is one line for each error."""

    def __init__(self, errors: Sequence[ProfileError]) -> None:
        self._errors = tuple(sorted(errors, key=lambda error: error.line))
        super().__init__(self._errors[0].line, self._errors[0].field)

    @property
    def errors(self) -> tuple[ProfileError, ...]:
        return self._errors

    def sentence(self) -> str:
        return "\n".join(error.sentence() for error in self._errors)


class Unreadable(ProfileError):
    message = N_("The file {name} cannot be read.")


class TooLarge(ProfileError):
    message = N_("This file is too large for a profile: at most {limit} kB.")


class NotUtf8(ProfileError):
    message = N_("Line {line}: the file is not written in UTF-8.")


class NotToml(ProfileError):
    # Translators: TOML is the name of a file format; {detail} is the English message of its reader
    message = N_("Line {line}: this is not TOML. {detail}")


class UnknownFormat(ProfileError):
    message = N_("Line {line}, {path}: only format {known} can be read. A newer version of the program may be needed.")


class UnknownName(ProfileError):
    message = N_("Line {line}, {path}: this name means nothing here. Possible names: {known}.")


class Missing(ProfileError):
    message = N_("Line {line}, {path}: this is missing.")


class NotATable(ProfileError):
    message = N_("Line {line}, {path}: a [table] is needed here.")


class NotEntries(ProfileError):
    # Translators: double brackets are the notation of the file format
    message = N_("Line {line}, {path}: entries in double brackets are needed here, such as [[{name}]].")


class NotText(ProfileError):
    message = N_("Line {line}, {path}: a text in quotation marks is needed here.")


class EmptyText(ProfileError):
    message = N_("Line {line}, {path}: this text is empty. Leave the whole line out if nothing is known.")


class LongText(ProfileError):
    message = N_("Line {line}, {path}: this text is longer than {limit} characters.")


class BadCharacter(ProfileError):
    message = N_("Line {line}, {path}: this text holds a character that cannot be stored.")


class NotYesNo(ProfileError):
    # Translators: "true" and "false" stay as they are
    message = N_("Line {line}, {path}: true or false is needed here, without quotation marks.")


class NotDay(ProfileError):
    message = N_("Line {line}, {path}: a day is needed here, such as 2025-02-04.")


class NotClock(ProfileError):
    message = N_('Line {line}, {path}: a time of the day is needed here, such as "17:30".')


class NotMoment(ProfileError):
    message = N_("Line {line}, {path}: a day and time without a time zone is needed here, such as 2021-07-08T09:00:00.")


class NotWhole(ProfileError):
    message = N_("Line {line}, {path}: a whole number from {least} to {most} is needed here.")


class UnknownCode(ProfileError):
    message = N_("Line {line}, {path}: “{value}” is not possible here. Possible are: {known}.")


class NotComune(ProfileError):
    # Translators: ISTAT is the Italian institute of statistics
    message = N_('Line {line}, {path}: the six digits of an ISTAT code are needed here, such as "019036".')


class NotComuni(ProfileError):
    message = N_('Line {line}, {path}: a list of ISTAT codes is needed here, such as ["019036"].')


class BadKey(ProfileError):
    message = N_("Line {line}, {path}: a key has only small letters, digits and hyphens, and is not “all”.")


class KeyUsedTwice(ProfileError):
    message = N_("Line {line}, {path}: the key “{value}” is already used in line {first}.")


class UnknownKey(ProfileError):
    message = N_("Line {line}, {path}: no entry has the key “{value}”.")


class WrongKind(ProfileError):
    """A reference to an entry of another table than the field needs."""

    message = N_("Line {line}, {path}: “{value}” is an entry of {found}; needed is one of {wanted}.")


class ManyCopies(ProfileError):
    """A reference to an entry of which each centre gets its own copy."""

    message = N_("Line {line}, {path}: “{value}” exists once in each centre, so nothing can refer to it.")


class OneCentreOnly(ProfileError):
    # Translators: "all" stays as it is
    message = N_("Line {line}, {path}: “all” is only possible where there is a network.")


class NotHere(ProfileError):
    """`centre` on an entry that is not any centre's own: the network, a centre, an entry inside another."""

    message = N_("Line {line}, {path}: this entry cannot be given to a centre.")


class Circle(ProfileError):
    message = N_("Line {line}, {path}: “{value}” leads back to this entry.")


class ClosesTooEarly(ProfileError):
    message = N_("Line {line}, {path}: the closing time must be after the opening time.")


class HoursOverlap(ProfileError):
    message = N_("Line {line}, {path}: these hours overlap with those in line {first}.")


class LastBeforeFirst(ProfileError):
    message = N_("Line {line}, {path}: the last day must not be before the first day.")


class NumberUsedTwice(ProfileError):
    message = N_("Line {line}, {path}: the number {value} is already used in line {first}.")


class BadSource(ProfileError):
    message = N_(
        "Line {line}, {path}: a source is a document and its paragraphs, such as “004 §3, §7”, "
        "or begins with “not from the sources:”."
    )


class UnknownDocument(ProfileError):
    message = N_("Line {line}, {path}: there is no document “{value}”.")


class UnknownParagraph(ProfileError):
    message = N_("Line {line}, {path}: document “{value}” has {count} paragraphs only.")


class BadInferred(ProfileError):
    message = N_(
        "Line {line}, {path}: name a field and how its value was found, such as “starts_on: from the weekday”."
    )


class InferredNothing(ProfileError):
    message = N_("Line {line}, {path}: “{value}” is said to be inferred, but this entry does not have it.")


class NoCentre(ProfileError):
    message = N_("The profile has no centre.")


class SeveralCentres(ProfileError):
    message = N_("Line {line}, {path}: several centres need a network.")


class SeveralNetworks(ProfileError):
    message = N_("Line {line}, {path}: a profile has one network at most.")
