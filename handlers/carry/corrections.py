"""What was signed of opening balances is put right: she confirms it, two sign, the entry is booked anew."""

from __future__ import annotations

from collections.abc import Mapping

from domain.correcting import (
    AgreeToCorrection,
    CorrectingCommand,
    CorrectOpening,
    DeclineCorrection,
    MemberLine,
    Money,
    Part,
    write,
)
from domain.ids import CommandId, GiverId
from domain.opening import EnterOpening, EnterOpeningLine, witnessed_from
from domain.refusals import Refused
from handlers import correcting, leaving, repaying
from handlers.cards import correction as card
from handlers.cards.opening import opening_at
from handlers.menu import menu_of
from handlers.openers.opening import correctable
from handlers.turn import Turn
from storage import corrections, deposits, groups, notes, old_loans, openings, passbooks
from storage.corrections import CorrectionRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.openings import OpeningRow


def ask(turn: Turn, command: CorrectOpening) -> None:
    """Keep what is right; her line is put before her, the money at once before those who sign."""
    entered = command.right
    member = turn.member(entered.membership) if isinstance(entered, EnterOpeningLine) else None
    group_id = (
        entered.group if isinstance(entered, EnterOpening) else turn.member(entered.membership).group_id
    )
    groups.lock_group(turn.conn, group_id)
    found = correctable(turn, turn.group(group_id))
    was, right = _parts(turn, found, entered)
    correcting.refuse_unless_possible(turn, found, member, was, right)
    _record(turn, command, found, member)
    note = notes.add_note(turn.conn, command.reason, turn.desk.random_bytes(notes.SALT_BYTES))
    asked = corrections.add_correction(
        turn.conn,
        opening_id=found.id,
        membership_id=member.id if member else None,
        was=write(was),
        wanted=write(right),
        note_id=note.id,
        asked_by=turn.me,
        asked_at=turn.now,
        state="waiting" if member else "confirmed",
    )
    if member:
        openings.look_again(turn.conn, found.id, witnessed_from(turn.now))
    card.send_line(turn, asked)
    _ask_to_sign(turn, asked)
    turn.say("correction.sent", menu_of(turn), **card.facts_of(turn, asked))


def agree(turn: Turn, command: AgreeToCorrection) -> None:
    """She says that it is right, or an officer signs; with the second signature it is booked."""
    found = _open(turn, command)
    member = card.member_at(turn, found)
    if turn.me in card.sayers_of(turn, found):
        _record(turn, command, opening_at(turn, found), member)
        said = corrections.change_correction(turn.conn, found, state="confirmed", said_by=turn.me)
        card.redraw(turn, said)
        turn.say("correction.you_confirmed", menu_of(turn))
        _ask_to_sign(turn, said)
    elif turn.me not in card.signers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    elif not card.signs_next(turn, found):
        raise Refused("another_officer_signs")
    elif found.signed_by is None:
        _record(turn, command, opening_at(turn, found), member)
        card.redraw(turn, corrections.change_correction(turn.conn, found, signed_by=turn.me))
        turn.say("opening.you_signed", menu_of(turn))
    else:
        _book(turn, command, found, member)


def decline(turn: Turn, command: DeclineCorrection) -> None:
    """Whoever is asked does not agree, or whoever asked takes it back: what was signed stays."""
    found = _open(turn, command)
    if turn.me not in (found.asked_by, *card.sayers_of(turn, found), *card.signers_of(turn, found)):
        raise Refused("not_yours_to_confirm")
    _record(turn, command, opening_at(turn, found), card.member_at(turn, found))
    ended = corrections.change_correction(turn.conn, found, state="declined", decided_by=turn.me)
    card.redraw(turn, ended)
    facts = card.facts_of(turn, ended)
    turn.say("correction.declined", menu_of(turn), **facts)
    if turn.me != ended.asked_by:
        turn.tell(ended.asked_by, "correction.declined", (), None, **facts)


def _book(turn: Turn, command: AgreeToCorrection, found: CorrectionRow, member: MemberRow | None) -> None:
    """Book it anew, looking once more whether that is possible, and tell everybody it touches."""
    there = opening_at(turn, found)
    was = found.before
    correcting.refuse_unless_possible(turn, there, member, was, found.right)
    command_id = _record(turn, command, there, member)
    booked = correcting.put_right(turn, command_id, found, there, member)
    end = {"state": "booked", "decided_by": turn.me, "entry_id": booked.id}
    done = corrections.change_correction(turn.conn, found, **end)
    card.redraw(turn, done)
    facts = card.facts_of(turn, done)
    turn.say("correction.booked", menu_of(turn), **facts)
    turn.tell(done.asked_by, "correction.booked", (), None, **facts)
    if member is not None and isinstance(was, MemberLine):
        if member.state != "admitted":
            leaving.put_before_payer(turn, member, sets_off=False)
        _slip(turn, member, booked, facts)
        _tell_loans(turn, member, booked, was)


def _slip(turn: Turn, member: MemberRow, booked: Booked, facts: Mapping[str, object]) -> None:
    balance = passbooks.member_balance(turn.conn, member.id)
    printed = {"number": booked.sequence, "print": booked.print}
    key = f"receipt:{booked.id}:{member.id}"
    turn.tell_member(member, "correction.slip", (), key, balance=balance, **facts, **printed)


def _tell_loans(turn: Turn, member: MemberRow, booked: Booked, was: MemberLine) -> None:
    """Tell her of each loan that is new, or other than it was, what is due from now on."""
    advance = passbooks.loan_advance(turn.conn, member.id)
    for one in old_loans.old_loans_of(turn.conn, member.id):
        about: dict[str, object] = {"group": turn.group(member.group_id).name}
        if one.fixed in was.loans:
            continue
        key = f"receipt:{booked.id}:loan:{one.id}"
        if deposits.repayments_of(turn.conn, one.id):
            left = repaying.left_facts(turn, repaying.account_of(turn, one))
            turn.tell_member(member, "correction.recounted", (), key, advance=advance, **about, **left)
        else:
            about |= {"number": booked.sequence, "print": booked.print}
            plan = {"left": one.principal, "plan": one.plan()}
            turn.tell_member(member, "opening.loan_slip", (), key, **about, **plan)


def _parts(turn: Turn, found: OpeningRow, entered: EnterOpening | EnterOpeningLine) -> tuple[Part, Part]:
    """Return what was signed, and what is right."""
    if isinstance(entered, EnterOpening):
        money = Money(entered.cash, entered.bank, entered.aid, _giver(turn, found, entered))
        return correcting.money_of(found), money
    was = correcting.line_of(turn, found, turn.member(entered.membership))
    return was, MemberLine(entered.savings, entered.loans)


def _giver(turn: Turn, found: OpeningRow, entered: EnterOpening) -> GiverId | None:
    """The giver who was signed, where it is the same name; else another."""
    if not entered.aid or not entered.giver:
        return None
    if entered.giver == openings.giver_name(turn.conn, found.giver_id):
        return found.giver_id
    return openings.add_giver(turn.conn, found.group_id, entered.giver)


def _ask_to_sign(turn: Turn, found: CorrectionRow) -> None:
    for person in card.signers_of(turn, found):
        card.send_sign(turn, found, person)


def _open(turn: Turn, command: AgreeToCorrection | DeclineCorrection) -> CorrectionRow:
    """Return a correction that is under way, as it was when the button was made, its group locked."""
    found = corrections.correction_by_id(turn.conn, command.correction)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, opening_at(turn, found).group_id)
    found = corrections.correction_by_id(turn.conn, command.correction)
    if found is None or found.state not in corrections.OPEN or found.revision != command.revision:
        raise Refused("already_decided")
    return found


def _record(turn: Turn, command: CorrectingCommand, found: OpeningRow, member: MemberRow | None) -> CommandId:
    return turn.record(command, found.group_id, (member.person_id, member.helper_id) if member else ())
