"""What follows the meetings: certificates and feedback."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Segmented
from famdesk.ui.programmes.certificates_panel import CertificatesPanel
from famdesk.ui.programmes.feedback_panel import FeedbackPanel
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail


class AfterPanel(QWidget):
    """Certificates, or feedback.

    Signals:
        sheet_requested(str, str): a sheet is wanted, by its key, of what has this id.
    """

    sheet_requested = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feedback = FeedbackPanel(runner)
        self.certificates = CertificatesPanel(runner)
        self._detail: InitiativeDetail | None = None
        self._side = Segmented(
            [("feedback", _("Feedback")), ("certificates", _("Certificates"))], _("What to show of afterwards")
        )
        self._panels = QStackedWidget()
        for panel in (self.feedback, self.certificates):
            self._panels.addWidget(panel)
            panel.sheet_requested.connect(self.sheet_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2.5))
        layout.addWidget(self._side, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._panels, 1)
        self._side.chosen.connect(self.show_side)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show what follows an initiative; of professionals the certificates come first."""
        other = self._detail is None or self._detail.row.id != detail.row.id
        self._detail = detail
        if other:
            self.show_side("certificates" if detail.row.audience == "professionals" else "feedback")
        self.feedback.show_detail(detail)
        self.certificates.show_detail(detail)

    @Slot(str)
    def show_side(self, side: str) -> None:
        """Certificates, or feedback."""
        self._side.set_current(side)
        self._panels.setCurrentWidget(self.certificates if side == "certificates" else self.feedback)
