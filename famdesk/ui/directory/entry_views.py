"""The card columns of services, bodies and places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import BODY_KINDS, FUNCTIONS, PLACE_KINDS, label
from famdesk.domain.people.municipalities import municipality
from famdesk.i18n import _, ngettext
from famdesk.ui.directory.entries import STATE_MEANINGS, body_line, key_of, place_line, service_line
from famdesk.ui.directory.facts import (
    FUNCTION_MEANINGS,
    Facts,
    Heading,
    LinkedLines,
    range_text,
    selectable,
    source_note,
)
from famdesk.ui.directory.point_view import partner_line
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.widgets import Card
from famdesk.usecases.directory.directory_rows import (
    BodyDetail,
    HolderRow,
    LinkRow,
    PlaceDetail,
    RoomRow,
    ServiceDetail,
    TieRow,
)


class EntryView(QWidget):
    """Base: a heading, cards below each other, small print.

    Signals:
        opened(str): show another record, by its key.
        edit_requested(), removal_requested(): of the record shown.
        room_requested(str): enter ("") or change (id) a room of the place shown.
    """

    opened = Signal(str)
    edit_requested = Signal()
    removal_requested = Signal()
    room_requested = Signal(str)

    def __init__(self, name: str, badges: Sequence[tuple[str, Meaning]], *, may_change: bool,
                 more: Sequence[ActionButton] = ()) -> None:  # fmt: skip
        super().__init__()
        buttons = list(more)
        if may_change:
            change, remove = ActionButton(_("Change"), "pencil"), ActionButton(_("Remove"), "trash-2")
            change.clicked.connect(self.edit_requested)
            remove.clicked.connect(self.removal_requested)
            buttons += [change, remove]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.unit(3.5))
        self._column.addWidget(Heading(name, badges, buttons))

    def text(self, text: str | None) -> None:
        """Adds a paragraph."""
        if text:
            self._column.addWidget(selectable(text))

    def facts(self, title: str, icon: str, rows: Sequence[tuple[str, str | None]]) -> None:
        """Adds a card of labelled rows, unless nothing is known."""
        facts = Facts(rows)
        if facts.empty:
            facts.deleteLater()
            return
        card = Card(title, icon)
        card.body.addWidget(facts)
        self._column.addWidget(card)

    def lines(self, title: str, icon: str, lines: Sequence[Line]) -> LinkedLines | None:
        """Adds a card of records, unless there are none."""
        if not lines:
            return None
        card = LinkedLines(title, icon, lines)
        card.opened.connect(self.opened)
        self._column.addWidget(card)
        return card

    def finish(self, source: str | None, inferred: str | None) -> None:
        """Adds the small print and the space below."""
        note = source_note(source, inferred)
        if note is not None:
            self._column.addWidget(note)
        self._column.addStretch(1)


class ServiceView(EntryView):
    """A service: function, who runs it, what came before and after it.

    Signals:
        slip_requested(str): the orientation slip of the service, by its id.
    """

    slip_requested = Signal(str)

    def __init__(self, detail: ServiceDetail, *, may_change: bool) -> None:
        row = detail.row
        badges = [(label(profile_codes.SERVICE_STATES, row.state), STATE_MEANINGS.get(row.state, Meaning.BUSY))]
        if row.function:
            function = _("{code} · {function}").format(code=row.function, function=label(FUNCTIONS, row.function))
            badges.insert(0, (function, FUNCTION_MEANINGS[row.function]))
        self.slip = slip = ActionButton(_("Print"), "printer")
        slip.setToolTip(_("Orientation slip"))
        super().__init__(row.name, badges, may_change=may_change, more=[slip])
        self._id = row.id
        slip.clicked.connect(self._on_slip)
        self.text(row.description)
        self.facts(_("Where and how"), "map-pin", [
            (_("Also called"), row.alias), (_("Kind"), label(profile_codes.SERVICE_KINDS, row.kind)),
            (_("For whom"), row.audience), (_("From where"), "; ".join(detail.catchments)), (_("Phone"), row.phone),
            (_("E-mail"), row.mail),
        ])  # fmt: skip
        where = []
        if row.access_point_id and row.access_point:
            where.append(Line(key_of("access_point", row.access_point_id), row.access_point, icon="map-pin"))
        if row.place_id and row.place:
            where.append(Line(key_of("place", row.place_id), row.place, icon="map-pin"))
        self.lines(_("Where it is held"), "map-pinned", where)
        self.lines(_("Before, after and beside"), "history", [_link_line(link) for link in detail.links])
        bodies = [partner_line(partner) for partner in detail.partners]
        if row.body_id and row.body:
            bodies.insert(0, Line(key_of("body", row.body_id), row.body, badge=_("Run by"), meaning=Meaning.BUSY,
                                  icon="building-2"))  # fmt: skip
        self.lines(_("Who is behind it"), "building-2", bodies)
        said = [(label(profile_codes.STATEMENT_KINDS, one.kind), one.text) for one in detail.statements]
        self.facts(_("In the words of the source"), "file-text", said)
        self.finish(row.source, row.inferred)

    @Slot()
    def _on_slip(self) -> None:
        self.slip_requested.emit(self._id)


class BodyView(EntryView):
    """A body: what it is, who speaks for it, what it does."""

    def __init__(self, detail: BodyDetail, *, may_change: bool) -> None:
        row = detail.row
        super().__init__(row.name, [(label(BODY_KINDS, row.kind), Meaning.BUSY)], may_change=may_change)
        self.text(row.note)
        comune = municipality(row.municipality)
        self.facts(_("Contacts"), "phone", [
            (_("Short name"), row.short_name), (_("Comune"), comune.name if comune else None),
            (_("Phone"), row.phone), (_("E-mail"), row.mail),
        ])  # fmt: skip
        if row.parent_id and row.parent:
            self.lines(_("Part of"), "building-2", [Line(key_of("body", row.parent_id), row.parent, icon="building-2")])
        self.lines(_("Offices and who holds them"), "user-round", [_holder_line(one) for one in detail.holders])
        self.lines(_("Parts"), "building-2", [body_line(part) for part in detail.parts])
        points = [Line(key_of("access_point", one), name, icon="map-pin") for one, name in detail.points]
        self.lines(_("Access points"), "map-pin", points)
        self.lines(_("Services"), "heart-handshake", [service_line(one) for one in detail.services])
        self.lines(_("Roles"), "list-checks", [_tie_line(tie) for tie in detail.ties])
        self.finish(row.source, row.inferred)


class PlaceView(EntryView):
    """A place: address, rooms, what happens there."""

    def __init__(self, detail: PlaceDetail, *, may_change: bool, may_rooms: bool) -> None:
        row = detail.row
        super().__init__(row.name, [(label(PLACE_KINDS, row.kind), Meaning.BUSY)], may_change=may_change)
        comune = municipality(row.municipality)
        town = ", ".join(dict.fromkeys(part for part in (row.town, comune.name if comune else None) if part))
        self.facts(_("Where it is"), "map-pin", [
            (_("Address"), row.address), (_("Building"), row.building if row.building != row.name else None),
            (_("Floor"), row.floor), (_("Postcode"), row.postcode), (_("Town"), town), (_("Part of"), row.part_of),
            (_("Owner"), row.owner), (_("Run by"), row.manager), (_("How to get there"), row.directions),
        ])  # fmt: skip
        self._rooms_card(detail.rooms, may_rooms)
        points = [Line(key_of("access_point", one), name, icon="map-pin") for one, name in detail.points]
        self.lines(_("Access points"), "map-pin", points)
        self.lines(_("Services"), "heart-handshake", [service_line(one) for one in detail.services])
        self.lines(_("Parts"), "map-pinned", [place_line(part) for part in detail.parts])
        self.finish(row.source, row.inferred)

    def _rooms_card(self, rooms: Sequence[RoomRow], may_rooms: bool) -> None:
        card: Card | None = self.lines(_("Rooms"), "door-open", [_room_line(room) for room in rooms])
        if card is None and may_rooms:
            card = Card(_("Rooms"), "door-open")
            self._column.addWidget(card)
        if card is not None and may_rooms:
            add = ActionButton(_("Add room"), "plus")
            add.clicked.connect(self._on_add_room)
            card.tools.addWidget(add)
        if isinstance(card, LinkedLines) and may_rooms:
            card.opened.disconnect(self.opened)
            card.opened.connect(self.room_requested)

    @Slot()
    def _on_add_room(self) -> None:
        self.room_requested.emit("")


def _room_line(room: RoomRow) -> Line:
    seats = ""
    if room.seats:
        seats = ngettext("{n} seat", "{n} seats", room.seats).format(n=room.seats)
    return Line(room.id, room.name, trail=seats, icon="door-open")


def _holder_line(holder: HolderRow) -> Line:
    dates = range_text(holder.valid_from, holder.valid_to)
    return Line(f"holder:{holder.id}", holder.name or _("Not known"), detail=holder.title, trail=dates,
                icon="user-round")  # fmt: skip


def _tie_line(tie: TieRow) -> Line:
    role = label(profile_codes.PARTNERSHIP_ROLES, tie.role)
    return Line(key_of(tie.subject_kind, tie.subject_id), tie.subject, detail=tie.note or "", badge=role,
                meaning=Meaning.ACCENT if tie.role == "lead" else Meaning.BUSY)  # fmt: skip


def _link_line(link: LinkRow) -> Line:
    words = label(profile_codes.SERVICE_LINKS, link.kind)
    if link.reverse:
        words = {
            # Translators: the other service came after this one and continues it
            "builds_on": _("Continued by"),
            "part_of": _("Consists of"),
            "held_at": _("Here takes place"),
            "works_with": _("Works with"),
        }.get(link.kind, words)
    state = label(profile_codes.SERVICE_STATES, link.state) if link.state and link.state != "active" else ""
    return Line(key_of(link.target_kind, link.target_id), link.target, lead=words, badge=state,
                meaning=STATE_MEANINGS.get(link.state or ""))  # fmt: skip
