"""The visible text: what the code says, what translations/ has, and what is missing between them.

`python3 dev.py messages` runs this as a program and brings the catalogues up to date; a test only looks.
Message ids are collected with the files they stand in but without line numbers and dates, so that two people who
change different views do not meet in the catalogues.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "famdesk.pot"
LANGUAGES = ("it", "de")
FAMILY_LANGUAGES = ("fr", "es", "ro", "sq", "uk", "ar", "pa", "bn")
"""Languages of sheets that families get: their catalogues have what stands on sheets, and nothing of the window."""
ON_SHEETS = (
    "sheets/",
    "domain/intake/access_card.py",
    "domain/people/birth.py",
    "domain/codes.py",
    "domain/consent/consents.py",
    "domain/people/contact.py",
    "domain/people/families.py",
    "domain/programmes/feedback.py",
    "domain/people/genogram/words.py",
    "domain/calendar/holidays.py",
    "domain/programmes/initiatives.py",
    "domain/post/letter_words.py",
    "domain/text.py",
    "usecases/family/families.py",
    "usecases/post/reminder_text.py",
)
"""Where the words of sheets stand, below famdesk/."""
NOT_FOR_FAMILIES = (
    "sheets/registers/processing.py",
    "sheets/registers/recovery.py",
    "sheets/people/data_copy.py",
    "sheets/collecting/collect_look.py",
    "sheets/paper/field_names.py",  # of a text that is refused: who reads it sits at the desk
    "sheets/paper/naming.py",
    "sheets/engine/pictures.py",
    "sheets/names.py",
    "sheets/registers/print_register.py",
    "sheets/hours/all_posters.py",
    "sheets/programmes/application_list.py",
    "sheets/collecting/collect_calls.py",
    "sheets/collecting/collect_after.py",
    "sheets/paper/columns.py",
    "sheets/programmes/cycle_summary.py",
    "sheets/registers/statistics.py",
    "sheets/programmes/certificate_register.py",
    "sheets/people/case_agenda.py",
    "sheets/registers/destruction_record.py",
)
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_HEADER = """\
# {title} of FamDesk.
# This file is distributed under the licence of FamDesk, EUPL-1.2.
#"""

_VOLATILE = tuple(
    f'"{field}'
    for field in (
        "Project-Id",
        "POT-Creation",
        "PO-Revision",
        "Last-Translator",
        "Language-Team",
        "Report-",
        "Generated",
    )
)

Key = tuple[str | None, tuple[str, ...]]
"""The context of a message and its forms: one, or singular and plural."""


def spoken() -> list[Any]:
    """Every message of the code with its file: file, line, message, comments, context."""
    found = extract_from_dir(
        ROOT / "famdesk",
        method_map=[("**.py", "python")],
        options_map={"**.py": {"encoding": "utf-8"}},
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    return sorted(found, key=lambda row: (row[0], row[1]))


def extract(found: list[Any], language: str | None = None) -> Catalog:
    """What is `spoken` in the code, as a template; for a language of families only what stands on their sheets."""
    template = _catalog(None)
    for file, _line, message, comments, context in found:
        if language in FAMILY_LANGUAGES and not _on_sheets(Path(file).as_posix()):
            continue
        where = [(f"famdesk/{Path(file).as_posix()}", 0)]
        template.add(message, None, where, auto_comments=comments, context=context)
    return template


def _on_sheets(file: str) -> bool:
    return file.startswith(ON_SHEETS) and file not in NOT_FOR_FAMILIES


def problems() -> list[str]:
    """What keeps the visible text from being complete in every language, one short line each."""
    found = spoken()
    wanted = _keys(extract(found))
    lines = [f"famdesk.pot: {line}" for line in _differences(wanted, _keys(_read(TEMPLATE, None)))]
    lines += [f"code: placeholder without a name: {_short(forms[0])}" for _, forms in wanted if not _named(forms)]
    for language in (*LANGUAGES, *FAMILY_LANGUAGES):
        wanted = _keys(extract(found, language))
        catalogue = _read(po_file(language), language)
        lines += [f"{language}: {line}" for line in _differences(wanted, _keys(catalogue))]
        lines += [f"{language}: {line}" for message in catalogue if message.id for line in _faults(message, catalogue)]
    return lines


def update() -> None:
    """Write the template and merge it into each language; translations whose message is gone are dropped."""
    found = spoken()
    template = extract(found)
    _write(TEMPLATE, template)
    for language in (*LANGUAGES, *FAMILY_LANGUAGES):
        catalogue = _read(po_file(language), language)
        catalogue.update(extract(found, language), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(po_file(language), catalogue)


def po_file(language: str) -> Path:
    """Where the translation into a language is."""
    return FOLDER / language / "LC_MESSAGES" / "famdesk.po"


def mo_bytes(language: str) -> bytes:
    """The compiled catalogue of a language."""
    buffer = io.BytesIO()
    write_mo(buffer, _read(po_file(language), language))
    return buffer.getvalue()


def _catalog(language: str | None) -> Catalog:
    title = f"Translation ({language})" if language else "Visible text"
    catalogue = Catalog(locale=language, domain="famdesk", project="FamDesk", fuzzy=False, charset="utf-8")
    catalogue.header_comment = _HEADER.format(title=title)
    return catalogue


def _read(path: Path, language: str | None) -> Catalog:
    if not path.is_file():
        return _catalog(language)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain="famdesk", abort_invalid=True)
    catalogue.header_comment = _catalog(language).header_comment
    return catalogue


def _write(path: Path, catalogue: Catalog) -> None:
    """Without the lines of the header that change with every run: dates, names, versions of tools."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, include_lineno=False, sort_by_file=True, include_previous=False)
    lines = [line for line in buffer.getvalue().decode("utf-8").splitlines() if not line.startswith(_VOLATILE)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8", newline="\n")


def _keys(catalogue: Catalog) -> set[Key]:
    return {(message.context, _forms(message.id)) for message in catalogue if message.id}


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def _differences(wanted: set[Key], present: set[Key]) -> Iterator[str]:
    for _context, forms in sorted(wanted - present, key=str):
        yield f"missing: {_short(forms[0])}"
    for _context, forms in sorted(present - wanted, key=str):
        yield f"no longer in the code: {_short(forms[0])}"


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    """Not translated, only guessed, or with other placeholders than the English message."""
    sources, targets = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {_short(sources[0])}"
    if not all(targets) or len(targets) != (catalogue.num_plurals if message.pluralizable else 1):
        yield f"not translated: {_short(sources[0])}"
        return
    wanted = _placeholders(sources[-1])
    for form, target in enumerate(targets):
        found = _placeholders(target)
        one_thing = message.pluralizable and form == 0  # "one person": the number may be left out
        if found != wanted and not (one_thing and found < wanted):
            yield f"placeholders differ: {_short(sources[0])}"


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"(brace without partner)"}


def _named(forms: tuple[str, ...]) -> bool:
    return all(name.isidentifier() for form in forms for name in _placeholders(form))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def main() -> int:
    """Update the catalogues; 1 if something is not translated."""
    update()
    lines = problems()
    print("\n".join([*lines, f"{len(_keys(extract(spoken())))} messages, {len(lines)} problems"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
