"""Opening balances: entered line by line, confirmed by every member, signed by two, booked as one entry."""

from __future__ import annotations

from domain.ids import GiverId, OpeningLineId
from domain.ledger import Booking
from domain.opening import (
    NOTHING,
    ConfirmOpeningLine,
    DisputeOpeningLine,
    EnterOpening,
    EnterOpeningLine,
    LineState,
    SendOpening,
    SignOpening,
    opening_lines,
    witnessed_from,
)
from domain.refusals import Refused
from handlers.cards import opening as card
from handlers.menu import menu_of
from handlers.openers.opening import enterable
from handlers.turn import Press, Turn
from storage import books, bylaws, groups, old_loans, openings, passbooks
from storage.entries import Booked
from storage.openings import LineRow, OpeningRow

CLAIMS_NOTHING = {"claimed": None, "of_loan": False}


def enter(turn: Turn, command: EnterOpening) -> None:
    """Keep what money there was; again to correct it, whatever was confirmed meanwhile."""
    groups.lock_group(turn.conn, command.group)
    found = enterable(turn, turn.group(command.group))
    turn.record(command, command.group)
    values = {
        "as_of": min(command.as_of, turn.today),
        "cash": command.cash,
        "bank": command.bank,
        "aid": command.aid,
        "giver_id": _giver(turn, command),
        "entered_by": turn.me,
    }
    if found is None:
        card.show_page(turn, openings.add_opening(turn.conn, group_id=command.group, **values))
    else:
        _altered(turn, found, **values)


def enter_line(turn: Turn, command: EnterOpeningLine) -> None:
    """Keep a member's line; once members were asked, she is asked for it anew."""
    member = turn.member(command.membership)
    groups.lock_group(turn.conn, member.group_id)
    found = enterable(turn, turn.group(member.group_id))
    if found is None or member.state != "admitted":
        raise Refused("not_found")
    turn.record(command, found.group_id, (member.person_id, member.helper_id))
    line = openings.unbooked_line(turn.conn, member.id)
    hers = not _loans_changed(turn, command, found) and _as_she_says(line, command)
    entered = {"savings": command.savings, "entered_by": turn.me, "witness_id": None}
    values = {**entered, **CLAIMS_NOTHING, **_standing(turn, found, hers=hers)}
    if line is None:
        line = openings.add_line(turn.conn, opening_id=found.id, membership_id=member.id, **values)
    else:
        line = openings.change_line(turn.conn, line, **values)
        card.redraw_line(turn, line)
    if found.state == "asked" and not hers:
        card.send_line(turn, line)
        openings.look_again(turn.conn, found.id, found.due_at or witnessed_from(turn.now))
    owed = card.owed_on(turn, line)
    turn.say(
        "opening_line.written", menu_of(turn), name=member.name or "", savings=command.savings, owed=owed
    )
    _altered(turn, found)


def send(turn: Turn, command: SendOpening) -> None:
    """Ask every member whether her line is right."""
    found = openings.opening_by_id(turn.conn, command.opening)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, found.group_id)
    found = enterable(turn, turn.group(found.group_id))
    if found is None or found.state != "draft" or found.revision != command.revision:
        raise Refused("already_decided")
    _refuse_unfinished(turn, found)
    turn.record(command, found.group_id)
    openings.ask_all(turn.conn, found.id, turn.now)
    asked = openings.change_opening(turn.conn, found, state="asked", due_at=witnessed_from(turn.now))
    for line in openings.lines_of(turn.conn, found.id):
        card.send_line(turn, line)
    card.show_page(turn, asked)


def confirm(turn: Turn, command: ConfirmOpeningLine) -> None:
    """She says that it is right; or the second of two officers does who cannot reach her."""
    found, line = _waiting(turn, command.line, command.revision)
    hers = turn.me in card.asked_of(turn, line)
    if not hers and turn.me not in card.witnesses_of(turn, line):
        raise Refused("not_yours_to_confirm")
    if not hers and line.witness_id == turn.me:
        raise Refused("second_officer_witnesses")
    _record(turn, command, line)
    if hers or line.witness_id is not None:
        _say_it(turn, found, line)
        return
    card.redraw_line(turn, openings.change_line(turn.conn, line, witness_id=turn.me))
    turn.say("opening.witnessed_once", menu_of(turn), name=turn.member(line.membership_id).name or "")


def dispute(turn: Turn, command: DisputeOpeningLine) -> None:
    """She names another sum: whoever entered it looks again."""
    found, line = _waiting(turn, command.line, command.revision)
    if turn.me not in card.asked_of(turn, line):
        raise Refused("not_yours_to_confirm")
    _record(turn, command, line)
    if command.amount == line.savings and not command.of_loan:
        _say_it(turn, found, line)
        return
    claim = {"claimed": command.amount, "of_loan": command.of_loan, "said_by": turn.me}
    changed = openings.change_line(turn.conn, line, state=LineState.DISPUTED.value, **claim)
    card.redraw_line(turn, changed)
    again = Press(card.KIND, line.membership_id, "line", 0, "opening_look_again")
    turn.tell(line.entered_by, "opening.disputed", [[again]], None, **card.line_facts(turn, changed))
    turn.say("opening.you_disputed", menu_of(turn), amount=command.amount)


def sign(turn: Turn, command: SignOpening) -> None:
    """The first signature is kept, the second books it."""
    found = openings.opening_by_id(turn.conn, command.opening)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, found.group_id)
    found = openings.opening_of(turn.conn, found.group_id) or found
    if found.revision != command.revision or not card.ready(turn, found):
        raise Refused("already_decided")
    if not card.signs_next(turn, found):
        raise Refused("another_officer_signs")
    if found.signed_by is not None:
        _book(turn, command, found)
        return
    turn.record(command, found.group_id)
    signed = openings.change_opening(turn.conn, found, signed_by=turn.me)
    facts = card.facts_of(turn, signed)
    turn.redraw(card.sign_name(found.id), "opening.sign", card.sign_rows(signed), **facts)
    turn.say("opening.you_signed", menu_of(turn))


def _book(turn: Turn, command: SignOpening, found: OpeningRow) -> None:
    """Post it as one entry, from which old loans run on, and give every member her slip."""
    sheet = openings.sheet_of(turn.conn, found)
    (booked,) = books.book(
        turn.conn,
        found.group_id,
        turn.record(command, found.group_id),
        [Booking("opening", found.as_of, opening_lines(sheet))],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=found.entered_by,
        confirmed_by=turn.me,
    )
    end = {"state": "booked", "countersigned_by": turn.me, "due_at": None, "entry_id": booked.id}
    done = openings.change_opening(turn.conn, found, **end)
    old_loans.run_old_loans(turn.conn, found.group_id, booked.id)
    facts = card.facts_of(turn, done)
    turn.redraw(card.sign_name(found.id), "opening.booked", **facts)
    turn.say("opening.booked", menu_of(turn), **facts)
    turn.tell(found.entered_by, "opening.booked", (), None, **facts)
    for line in openings.lines_of(turn.conn, found.id):
        _slip(turn, done, line, booked)


def _slip(turn: Turn, found: OpeningRow, line: LineRow, booked: Booked) -> None:
    member = turn.member(line.membership_id)
    turn.tell_member(
        member,
        "opening.slip",
        key=f"receipt:{booked.id}:{member.id}",
        group=turn.group(found.group_id).name,
        day=found.as_of,
        balance=passbooks.member_balance(turn.conn, member.id),
        number=booked.sequence,
        print=booked.print,
    )
    for one in old_loans.old_loans_of(turn.conn, member.id):
        turn.tell_member(
            member,
            "opening.loan_slip",
            key=f"receipt:{booked.id}:loan:{one.id}",
            group=turn.group(found.group_id).name,
            left=one.principal,
            plan=one.plan(),
            number=booked.sequence,
            print=booked.print,
        )


def _say_it(turn: Turn, found: OpeningRow, line: LineRow) -> None:
    """The line is right; with the last one, two are asked to sign."""
    said = {"state": LineState.CONFIRMED.value, "said_by": turn.me, **CLAIMS_NOTHING}
    card.redraw_line(turn, openings.change_line(turn.conn, line, **said))
    owed = card.owed_on(turn, line)
    turn.say("opening.you_confirmed", menu_of(turn), amount=line.savings, owed=owed)
    _ask_to_sign(turn, found)


def _altered(turn: Turn, found: OpeningRow, **values: object) -> None:
    """What was signed is no longer what stands there; show it as it is now."""
    changed = openings.change_opening(turn.conn, found, signed_by=None, **values)
    turn.redraw(card.sign_name(found.id), "opening.altered", **card.facts_of(turn, changed))
    card.show_page(turn, changed)
    _ask_to_sign(turn, changed)


def _ask_to_sign(turn: Turn, found: OpeningRow) -> None:
    """Once every line is confirmed: put it before those who sign, or say what is short."""
    if card.ready(turn, found):
        for person in card.signers_of(turn, found):
            card.send_sign(turn, found, person)
    elif all(one.state is LineState.CONFIRMED for one in openings.lines_of(turn.conn, found.id)):
        turn.tell(found.entered_by, "opening.falls_short", (), None, **card.facts_of(turn, found))


def _as_she_says(line: LineRow | None, command: EnterOpeningLine) -> bool:
    """Tell whether a disputed line now has the savings she named."""
    if line is None or line.state is not LineState.DISPUTED or line.of_loan:
        return False
    return line.claimed == command.savings


def _loans_changed(turn: Turn, command: EnterOpeningLine, found: OpeningRow) -> bool:
    """Keep what is left of her loans where it is other than before, under the bylaws that hold by now."""
    before = old_loans.old_loans_of(turn.conn, command.membership)
    if command.loans == tuple(one.fixed for one in before):
        return False
    old_loans.enter_old_loans(
        turn.conn,
        command.membership,
        command.loans,
        group_id=found.group_id,
        bylaws=bylaws.bylaws_of(turn.conn, found.group_id).version,
        asked_at=turn.now,
        asked_by=turn.me,
    )
    return True


def _standing(turn: Turn, found: OpeningRow, *, hers: bool) -> dict[str, object]:
    """Before she was asked it is only entered; the sum she named herself is confirmed by that."""
    if found.state == "draft":
        return {"state": LineState.ENTERED.value}
    if hers:
        return {"state": LineState.CONFIRMED.value}
    return {"state": LineState.WAITING.value, "asked_at": turn.now, "said_by": None}


def _refuse_unfinished(turn: Turn, found: OpeningRow) -> None:
    lines, sheet = openings.lines_of(turn.conn, found.id), openings.sheet_of(turn.conn, found)
    there = {line.membership_id for line in lines}
    missing = [member for member in groups.members(turn.conn, found.group_id) if member.id not in there]
    if missing:
        raise Refused("opening_lines_missing", count=len(missing))
    if sheet.rest < NOTHING:
        raise Refused("opening_falls_short", short=-sheet.rest)
    if not (sheet.cash or sheet.bank or sheet.lent):
        raise Refused("opening_is_empty")


def _waiting(turn: Turn, line_id: OpeningLineId, revision: int) -> tuple[OpeningRow, LineRow]:
    """Return a line that waits for somebody's word, as it was when the button was made, its group locked."""
    line = openings.line_by_id(turn.conn, line_id)
    if line is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, card.opening_at(turn, line).group_id)
    line = openings.line_by_id(turn.conn, line_id)
    if line is None or line.state is not LineState.WAITING or line.revision != revision:
        raise Refused("already_decided")
    return card.opening_at(turn, line), line


def _record(turn: Turn, command: ConfirmOpeningLine | DisputeOpeningLine, line: LineRow) -> None:
    member = turn.member(line.membership_id)
    turn.record(command, member.group_id, (member.person_id, member.helper_id))


def _giver(turn: Turn, command: EnterOpening) -> GiverId | None:
    if not command.aid or not command.giver:
        return None
    return openings.add_giver(turn.conn, command.group, command.giver)
