"""What follows a cycle, through the window: flyer in every size, certificates, feedback as counts and as a form."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.domain.programmes.feedback import FIRST
from famdesk.sheets import papers
from famdesk.sheets.programmes import flyer
from famdesk.ui.kit.papers.print_dialog import PrintDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.programmes.feedback_panel import CountsDialog, QuestionsDialog
from famdesk.ui.programmes.flyer_panel import PictureDialog
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.ui.sheets.page import SheetsPage
from famdesk.usecases.enrolling import attendance, enrolment
from famdesk.usecases.enrolling.attendance import Mark
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiative_pictures, initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support import logos
from tests.support.offices import Desk
from tests.ui.programmes.conftest import settle, show

SLOW = 20_000
POINTS = {"A3": (842, 1191), "A4": (595, 842), "A5": (420, 595), flyer.FOUR: (595, 842)}


@pytest.fixture
def cycle(office: Office, file_desk: Desk) -> str:
    """Three evenings that are over: Anna came to all, Bea to one, Cora, who has not signed the notice, to all."""
    values = InitiativeValues("A.Pe", function="B", state="running", description="Incontri leggeri e conviviali.")
    made = office.run(initiatives.add_initiative, values)
    dates = [office.run(meetings.add_meeting, made, MeetingValues(date(2025, 2, 13) + timedelta(weeks=week), time(18),
                                                                  90)) for week in range(3)]  # fmt: skip
    known = [office.run(people.add_person, surname=name) for name in ("Anna", "Bea", "Cora")]
    for one in known[:2]:
        office.run(people.set_privacy, one, 1, "signed", date(2025, 2, 11))
    enrolled = [office.run(enrolment.enrol, made, one) for one in known]
    marks = [Mark(day, enrolled[one], True) for day in dates for one in (0, 2)]
    marks.append(Mark(dates[0], enrolled[1], True))
    office.run(attendance.note, marks)
    file_desk.clock.forward(days=60)
    return made


class Afterwards:
    """The view of the initiatives, and that of the sheets to which it leads."""

    def __init__(self, qtbot: QtBot, runner: Runner, page: ProgrammesPage, cycle: str) -> None:
        self.qtbot, self.page, self.cycle = qtbot, page, cycle
        self.sheets = SheetsPage(runner)
        qtbot.addWidget(self.sheets)
        self.sheets.resize(1100, 720)
        self.asked: list[tuple[str, str]] = []
        page.item_opened.connect(self._on_asked)
        show(qtbot, page)
        page.open_item("initiative", cycle)
        settle(qtbot, page)

    def _on_asked(self, sheet: str, item: str) -> None:
        self.asked.append((sheet, item))
        self.sheets.show()
        self.sheets.open_item(sheet, item)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.sheets.live.pending and self.sheets.runner.idle(), timeout=SLOW)

    def text(self) -> str:
        self.settle()
        document = self.sheets.preview.document
        pages = range(document.pageCount())
        return " ".join(" ".join(str(document.getAllText(page).text()) for page in pages).split())

    def refused(self) -> str:
        """What is said instead of the sheet; "" if it is shown."""
        self.settle()
        preview = self.sheets.preview
        return "" if preview.data else preview._words._label.text()

    def paper(self, paper: str) -> None:
        chosen = self.sheets.options.papers.programmes._paper
        chosen._buttons[paper].click()
        self.settle()

    def dialog(self, kind: type[Any]) -> Any:
        settle(self.qtbot, self.page)
        return next(one for one in self.page.window().findChildren(kind) if one.isVisible())

    def save(self, dialog: Any) -> None:
        closed: list[int] = []
        dialog.finished.connect(closed.append)
        dialog.try_save()
        settle(self.qtbot, self.page)
        assert closed == [int(QDialog.DialogCode.Accepted)]


@pytest.fixture
def after(qtbot: QtBot, runner: Runner, page: ProgrammesPage, cycle: str) -> Afterwards:
    return Afterwards(qtbot, runner, page, cycle)


def test_the_flyer_in_every_size(after: Afterwards) -> None:
    after.page.flyer.show_flyer.trigger()
    for paper, size in POINTS.items():
        after.paper(paper)
        shown = after.sheets.preview.document
        assert shown.pageCount() == 1
        assert (round(shown.pagePointSize(0).width()), round(shown.pagePointSize(0).height())) == size
        assert "Incontri leggeri e conviviali." in after.text()
    assert after.asked == [(papers.FLYER, after.cycle)]


def test_a_text_that_does_not_fit_is_told_before_anything_is_printed(after: Afterwards, office: Office) -> None:
    shown = office.fetch(programmes.initiative, after.cycle)
    text = "Cinque incontri in cui parlare di temi educativi in modo leggero. " * 40
    office.run(initiatives.change_initiative, after.cycle, shown.row.version, InitiativeValues("A.Pe", flyer_text=text))
    after.page.flyer.show_flyer.trigger()
    after.paper("A4")
    assert "modo leggero" in after.text()
    told = []
    for paper in POINTS:
        after.paper(paper)
        told.append((paper, after.refused()))
    assert [paper for paper, words in told if words] == [flyer.FOUR]
    assert all("Text on the flyer" in words for _paper, words in told if words)
    after.sheets.print_now()
    after.settle()
    assert after.sheets.findChild(PrintDialog) is None, "nothing can be printed that is not whole"


def test_a_picture_needs_words_for_who_does_not_see_it(after: Afterwards, office: Office, tmp_path: Path) -> None:
    panel = after.page.flyer
    picture = tmp_path / "disegno.png"
    picture.write_bytes(logos.logo(size=(600, 300), colour="#e0a030").image)
    panel.take_file(str(picture))
    dialog = after.dialog(PictureDialog)
    dialog.try_save()
    settle(after.qtbot, after.page)
    assert dialog.isVisible()
    dialog.form.set_values({"alt": "Un sole disegnato", "credit": "Classe 3A"})
    after.save(dialog)
    row = office.fetch(initiative_pictures.picture, after.cycle)
    assert row is not None
    assert (row.picture.alt, row.credit) == ("Un sole disegnato", "Classe 3A")
    assert panel.picture.accessibleName() == "Un sole disegnato"
    panel.show_flyer.trigger()
    assert "Classe 3A" in after.text()
    panel.remove.trigger()
    settle(after.qtbot, after.page)
    assert office.fetch(initiative_pictures.picture, after.cycle) is None


def test_certificates_go_to_who_was_there_long_enough(after: Afterwards) -> None:
    panel = after.page.after.certificates
    shown = [[panel.model.cell(row, column).text for column in range(5)] for row in range(3)]
    assert shown == [
        ["Anna", "3/3", "4 h 30", "100 %", ""], ["Bea", "1/3", "1 h 30", "33 %", ""],
        ["Cora", "3/3", "4 h 30", "100 %", ""],
    ]  # fmt: skip
    panel.issue.trigger()
    settle(after.qtbot, after.page)
    sheet, item = after.asked[-1]
    assert sheet == papers.CERTIFICATE
    assert len(item.split()) == 3, "the cycle, and the two that were issued"
    assert "Anna" in after.text()
    assert not {"Bea", "Cora"} & set(after.text().split())
    assert after.sheets.preview.document.pageCount() == 1
    assert [panel.model.cell(row, 4).text for row in range(2)] == ["1/2025", ""]
    assert not panel.issue.isEnabled()
    panel.share.trigger()
    dialog = next(one for one in after.page.window().children() if type(one).__name__ == "_ShareDialog")
    dialog.form.field("share").set_value(30)
    after.save(dialog)
    panel._on_activated(panel.model.rows[1].enrolment_id)
    settle(after.qtbot, after.page)
    assert "Bea" in after.text()
    assert "Anna" not in after.text()
    assert [panel.model.cell(row, 4).text for row in range(2)] == ["1/2025", "3/2025"]


def test_feedback_is_kept_as_counts_and_small_numbers_are_not_told(after: Afterwards) -> None:
    panel = after.page.after.feedback
    assert not panel.enter.isEnabled()
    panel.questions.trigger()
    after.save(after.dialog(QuestionsDialog))
    settle(after.qtbot, after.page)
    questions = panel._found.questions  # type: ignore[union-attr]
    assert [row.text for row in questions] == [text for text, _scale in FIRST]
    smileys = next(row for row in questions if row.scale == "smiley3")
    for counts, told in (((2, 1, 0), False), ((9, 6, 0), True)):
        panel.enter.trigger()
        dialog = after.dialog(CountsDialog)
        dialog.form.set_values({f"{smileys.id}:{place}": count for place, count in enumerate(counts)})
        after.save(dialog)
        settle(after.qtbot, after.page)
        spoken = panel.chart.accessibleName()
        assert ("9" in spoken) is told
    [answers] = [one for one in panel._found.answers if one.question.id == smileys.id]  # type: ignore[union-attr]
    assert (answers.cells, answers.sheets) == ((9, 6, 0), 15)


def test_the_form_with_faces_can_be_filled_in_without_reading(after: Afterwards) -> None:
    after.page.after.feedback.form.trigger()
    assert "A.Pe" in after.text()
    words = after.text()
    after.sheets.options.papers.programmes._pictures.click()
    after.settle()
    assert after.sheets.preview.document.pageCount() >= 1
    assert len(after.text()) < len(words), "the questions are pictures now"
    assert after.asked == [(papers.FEEDBACK, after.cycle)]
