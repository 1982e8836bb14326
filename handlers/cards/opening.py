"""Cards of the opening balances: the page of whoever enters them, a line for each member, the signatures."""

from __future__ import annotations

from collections.abc import Mapping

from conversations.loan_parts import shown_old_loan
from domain.ids import GroupId, OpeningId, OpeningLineId, PersonId
from domain.money import Rial
from domain.offices import Confirmed, who_confirms
from domain.opening import NOTHING, LineState, enters_opening, may_sign, two_officers, witnessed_from
from domain.refusals import Refused
from handlers import repaying
from handlers.concerned import hand_of
from handlers.turn import Press, Rows, Turn
from storage import deaths, groups, old_loans, openings
from storage.corrections import CorrectionRow
from storage.groups import GroupRow, MemberRow
from storage.openings import LineRow, OpeningRow

KIND = "q"


def line_name(line_id: OpeningLineId) -> str:
    """The card of whoever confirms a line."""
    return f"opening_line:{line_id}"


def witness_name(line_id: OpeningLineId) -> str:
    """The card of the officers who may witness a line."""
    return f"opening_witness:{line_id}"


def sign_name(opening_id: OpeningId) -> str:
    """The card of those who sign the whole."""
    return f"opening_sign:{opening_id}"


def opening_at(turn: Turn, part: LineRow | CorrectionRow) -> OpeningRow:
    """Return what a line, or a correction, belongs to."""
    found = openings.opening_by_id(turn.conn, part.opening_id)
    if found is None:
        raise Refused("not_found")
    return found


def way_in(turn: Turn, group: GroupRow) -> Press | None:
    """Return the button of a group's page, for as long as there is something to do or to see."""
    found = openings.opening_of(turn.conn, group.id)
    mine = turn.me == enters_opening(groups.offices_of(turn.conn, group))
    if found is None:
        shown = mine and openings.books_are_empty(turn.conn, group.id)
    else:
        shown = mine or found.state != "booked"
    return Press(KIND, group.id, "page", 0, "opening_page") if shown else None


# --- the page ---------------------------------------------------------------------------------------


def show_page(turn: Turn, found: OpeningRow) -> None:
    """Say how far it has come, with what whoever enters it can do next."""
    members = groups.members(turn.conn, found.group_id)
    lines = openings.lines_of(turn.conn, found.id)
    turn.say_with("opening.page", _page_rows(turn, found, members, lines), **facts_of(turn, found))


def show_lines(turn: Turn, group_id: GroupId) -> None:
    """Name every line that was entered, each as a button that corrects it."""
    found = openings.opening_of(turn.conn, group_id)
    if found is None or turn.me != enters_opening(groups.offices_of(turn.conn, turn.group(group_id))):
        raise Refused("not_found")
    members = groups.members(turn.conn, group_id)
    if found.state == "booked":
        members = (*members, *groups.members(turn.conn, group_id, "left"))
    names = {member.id: member.name or "" for member in members}
    lines = (one for one in openings.lines_of(turn.conn, found.id) if one.membership_id in names)
    rows = [[_line_press(one, names[one.membership_id])] for one in lines]
    turn.say_with("opening.lines", rows, group=turn.group(group_id).name)


def facts_of(turn: Turn, found: OpeningRow) -> Mapping[str, object]:
    """Return everything the texts about the whole may name; no member's own sum."""
    lines, sheet = openings.lines_of(turn.conn, found.id), openings.sheet_of(turn.conn, found)
    names = turn.names(
        p for p in (found.entered_by, found.signed_by, found.countersigned_by) if p is not None
    )
    disputed = [line for line in lines if line.state is LineState.DISPUTED]
    return {
        "group": turn.group(found.group_id).name,
        "day": found.as_of,
        "cash": found.cash,
        "bank": found.bank,
        "total": found.cash + found.bank,
        "lent": sheet.lent,
        "saved": sheet.saved,
        "aid": found.aid,
        "giver": openings.giver_name(turn.conn, found.giver_id),
        "rest": max(sheet.rest, NOTHING),
        "short": max(-sheet.rest, NOTHING),
        "lines": len(lines),
        "members": len(groups.members(turn.conn, found.group_id)),
        "asked": found.state == "asked",
        "confirmed": sum(line.state is LineState.CONFIRMED for line in lines),
        "disputed": [turn.member(line.membership_id).name or "" for line in disputed],
        "enterer": names.get(found.entered_by, ""),
        "signer": names.get(found.signed_by, "") if found.signed_by else "",
        "countersigner": names.get(found.countersigned_by, "") if found.countersigned_by else "",
    }


def _page_rows(
    turn: Turn, found: OpeningRow, members: tuple[MemberRow, ...], lines: tuple[LineRow, ...]
) -> Rows:
    if turn.me != enters_opening(groups.offices_of(turn.conn, turn.group(found.group_id))):
        return ()
    there = {line.membership_id for line in lines}
    missing = [member for member in members if member.id not in there]
    rows = correct_rows(found)
    if missing:
        named = {"name": missing[0].name or ""}
        return [[Press(KIND, missing[0].id, "line", 0, "opening_next", named)], *rows]
    if found.state == "draft" and openings.sheet_of(turn.conn, found).rest >= NOTHING:
        return [[Press(KIND, found.id, "send", found.revision, "opening_send")], *rows]
    return rows


def correct_rows(found: OpeningRow) -> list[list[Press]]:
    """Return the buttons that correct a line, or the money there was."""
    return [
        [Press(KIND, found.group_id, "lines", 0, "opening_lines")],
        [Press(KIND, found.group_id, "money", 0, "opening_money")],
    ]


def _line_press(line: LineRow, name: str) -> Press:
    named = {"name": name, "amount": line.savings}
    return Press(KIND, line.membership_id, "line", 0, "opening_line_of", named)


# --- a member's line --------------------------------------------------------------------------------


def asked_of(turn: Turn, line: LineRow) -> tuple[PersonId, ...]:
    """Return who says whether a line is right."""
    return sayers_of(turn, turn.member(line.membership_id), line.entered_by)


def sayers_of(turn: Turn, member: MemberRow, entered_by: PersonId) -> tuple[PersonId, ...]:
    """Return who says what is right: she or her helper; the chair where they entered it, or she has died."""
    offices = groups.offices_of(turn.conn, turn.group(member.group_id))
    hers = None if deaths.has_died(turn.conn, member) else hand_of(member)
    return who_confirms(Confirmed.RECEIPT, offices, frozenset({entered_by}), hers)


def witnesses_of(turn: Turn, line: LineRow) -> tuple[PersonId, ...]:
    """Return of whom two may say it for her, once she has had her days."""
    if line.asked_at is None or turn.now < witnessed_from(line.asked_at):
        return ()
    member = turn.member(line.membership_id)
    offices = groups.offices_of(turn.conn, turn.group(member.group_id))
    return two_officers(offices, frozenset({member.person_id, line.entered_by}))


def owed_on(turn: Turn, line: LineRow) -> Rial:
    """Return what is left of a member's loans by the paper book."""
    return sum((one.principal for one in old_loans.old_loans_of(turn.conn, line.membership_id)), NOTHING)


def _tell_loans(turn: Turn, line: LineRow, person: PersonId) -> None:
    """Say of each of her loans what is left, and what is due when."""
    name = turn.member(line.membership_id).name or ""
    for one in old_loans.old_loans_of(turn.conn, line.membership_id):
        shown = shown_old_loan(repaying.account_of(turn, one), turn.today)
        turn.tell(person, "opening.loan", (), None, name=name, **shown)


def send_line(turn: Turn, line: LineRow) -> None:
    """Put a line before whoever confirms it, after the loans that are part of it."""
    for person in asked_of(turn, line):
        _tell_loans(turn, line, person)
        facts = line_facts(turn, line)
        turn.card(person, line_name(line.id), line_text(line), _line_rows(line), None, None, **facts)


def send_witness(turn: Turn, line: LineRow, person: PersonId) -> None:
    """Put a line that nobody has answered before an officer."""
    facts = line_facts(turn, line)
    _tell_loans(turn, line, person)
    turn.card(person, witness_name(line.id), "opening.witness", _witness_rows(line), None, None, **facts)


def redraw_line(turn: Turn, line: LineRow) -> None:
    """Show on every card of a line how it stands now."""
    facts, waits = line_facts(turn, line), line.state is LineState.WAITING
    turn.redraw(line_name(line.id), line_text(line), _line_rows(line), **facts)
    text = "opening.witness" if waits else line_text(line)
    turn.redraw(witness_name(line.id), text, _witness_rows(line), **facts)


def line_text(line: LineRow) -> str:
    """Return the text that says how a line stands."""
    return f"opening.{line.state}_line"


def line_facts(turn: Turn, line: LineRow) -> Mapping[str, object]:
    """Return everything the texts about a line may name."""
    found, member = opening_at(turn, line), turn.member(line.membership_id)
    names = turn.names(p for p in (line.said_by, line.witness_id) if p is not None)
    return {
        "group": turn.group(found.group_id).name,
        "name": member.name or "",
        "day": found.as_of,
        "amount": line.savings,
        "owed": owed_on(turn, line),
        "claimed": line.claimed,
        "of_loan": line.of_loan,
        "sayer": names.get(line.said_by, "") if line.said_by else "",
        "witness": names.get(line.witness_id, "") if line.witness_id else "",
    }


def _line_rows(line: LineRow) -> Rows:
    if line.state is not LineState.WAITING:
        return ()
    return [
        [Press(KIND, line.id, "right", line.revision, "opening_right")],
        [Press(KIND, line.id, "wrong", line.revision, "opening_wrong")],
    ]


def _witness_rows(line: LineRow) -> Rows:
    if line.state is not LineState.WAITING:
        return ()
    return [[Press(KIND, line.id, "right", line.revision, "opening_witness")]]


# --- the signatures ---------------------------------------------------------------------------------


def signers_of(turn: Turn, found: OpeningRow) -> tuple[PersonId, ...]:
    """Return of whom two sign: nobody who entered any of it."""
    hands = {found.entered_by, *(line.entered_by for line in openings.lines_of(turn.conn, found.id))}
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    return two_officers(offices, frozenset(hands))


def signs_next(turn: Turn, found: OpeningRow) -> bool:
    """Tell whether the signature of whoever acts is the next one."""
    chair = groups.offices_of(turn.conn, turn.group(found.group_id)).chair
    return may_sign(turn.me, signers_of(turn, found), chair, found.signed_by)


def ready(turn: Turn, found: OpeningRow) -> bool:
    """Tell whether nothing but signatures is missing."""
    lines = openings.lines_of(turn.conn, found.id)
    settled = all(line.state is LineState.CONFIRMED for line in lines)
    return found.state == "asked" and settled and openings.sheet_of(turn.conn, found).rest >= NOTHING


def send_sign(turn: Turn, found: OpeningRow, person: PersonId) -> None:
    """Put the whole before somebody who signs."""
    name = sign_name(found.id)
    turn.card(person, name, "opening.sign", sign_rows(found), None, None, **facts_of(turn, found))


def sign_rows(found: OpeningRow) -> Rows:
    """Return the button that signs, for as long as a signature is missing."""
    if found.state != "asked":
        return ()
    return [[Press(KIND, found.id, "sign", found.revision, "opening_sign")]]
