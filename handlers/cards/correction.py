"""Cards of a correction of what was signed: for whose line it is, and for those who sign it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from conversations.loan_parts import shown_old_loan
from domain.correcting import MemberLine, Money
from domain.ids import CorrectionId, PersonId
from domain.loan_account import Agreed, opened
from domain.opening import enters_opening, may_sign, two_officers, witnessed_from
from handlers.cards import opening as opening_card
from handlers.cards.opening import opening_at
from handlers.turn import Press, Rows, Turn
from storage import bylaws, corrections, deaths, groups, notes, openings, years
from storage.corrections import CorrectionRow
from storage.groups import MemberRow
from storage.openings import OpeningRow

KIND = opening_card.KIND


def her_name(correction_id: CorrectionId) -> str:
    """The card of whoever says that the line is right."""
    return f"correction:{correction_id}"


def sign_name(correction_id: CorrectionId) -> str:
    """The card of those who sign."""
    return f"correction_sign:{correction_id}"


def member_at(turn: Turn, found: CorrectionRow) -> MemberRow | None:
    """Return whose line it is, None where it is the money."""
    return turn.member(found.membership_id) if found.membership_id else None


def sayers_of(turn: Turn, found: CorrectionRow) -> tuple[PersonId, ...]:
    """Return whose word is waited for."""
    member = member_at(turn, found)
    if member is None or found.state != "waiting":
        return ()
    return opening_card.sayers_of(turn, member, found.asked_by)


def signers_of(turn: Turn, found: CorrectionRow) -> tuple[PersonId, ...]:
    """Return of whom two sign: once she has said her word, or has had her days; nobody whose line it is."""
    unanswered = found.state == "waiting" and turn.now >= witnessed_from(found.asked_at)
    if found.state != "confirmed" and not unanswered:
        return ()
    offices = groups.offices_of(turn.conn, turn.group(opening_at(turn, found).group_id))
    return two_officers(offices, turn.parties(member_at(turn, found), found.asked_by))


def signs_next(turn: Turn, found: CorrectionRow) -> bool:
    """Tell whether the signature of whoever acts is the next one."""
    chair = groups.offices_of(turn.conn, turn.group(opening_at(turn, found).group_id)).chair
    return may_sign(turn.me, signers_of(turn, found), chair, found.signed_by)


def show_page(turn: Turn, there: OpeningRow) -> None:
    """Show what was signed, with what whoever enters it can do: put it right, or take that back."""
    facts = opening_card.facts_of(turn, there)
    mine = turn.me == enters_opening(groups.offices_of(turn.conn, turn.group(there.group_id)))
    found = corrections.open_correction(turn.conn, there.id) if mine else None
    turn.say_with("opening.booked", opening_card.correct_rows(there) if mine and not found else (), **facts)
    if found is not None:
        withdraw = Press(KIND, found.id, "fix_no", found.revision, "correction_withdraw")
        turn.say_with(text_of(found), [[withdraw]], **facts_of(turn, found))


def send_line(turn: Turn, found: CorrectionRow) -> None:
    """Put it before whose line it is, after the loans that are other than they were."""
    for person in sayers_of(turn, found):
        _tell_loans(turn, found, person)
        facts = facts_of(turn, found)
        turn.card(person, her_name(found.id), text_of(found), _her_rows(found), None, None, **facts)


def send_sign(turn: Turn, found: CorrectionRow, person: PersonId) -> None:
    """Put it before somebody who signs."""
    _tell_loans(turn, found, person)
    facts = facts_of(turn, found)
    turn.card(person, sign_name(found.id), _sign_text(found), _sign_rows(found), None, None, **facts)


def redraw(turn: Turn, found: CorrectionRow) -> None:
    """Show on every card how it stands now."""
    facts = facts_of(turn, found)
    turn.redraw(her_name(found.id), text_of(found), _her_rows(found), **facts)
    turn.redraw(sign_name(found.id), _sign_text(found), _sign_rows(found), **facts)


def text_of(found: CorrectionRow) -> str:
    """Return the text that says how it stands."""
    return f"correction.{found.state}"


def facts_of(turn: Turn, found: CorrectionRow) -> Mapping[str, object]:
    """Return everything the texts may name."""
    there, member = opening_at(turn, found), member_at(turn, found)
    hands = (found.asked_by, found.said_by, found.signed_by, found.decided_by)
    names = turn.names(person for person in hands if person is not None)
    asker, sayer, signer, decider = (names.get(one, "") if one else "" for one in hands)
    return {
        "group": turn.group(there.group_id).name,
        "name": (member.name or "") if member else "",
        "day": there.as_of,
        "reason": notes.note_text(turn.conn, found.note_id) or "",
        "asker": asker,
        "sayer": sayer,
        "signer": signer,
        "decider": decider,
        "withdrawn": found.decided_by == found.asked_by,
        "died": member is not None and deaths.has_died(turn.conn, member),
        "left": member is not None and member.state != "admitted",
        "year_closed": years.years_of(turn.conn, there.group_id).last_closed is not None,
        **_sums(turn, found),
    }


def _sums(turn: Turn, found: CorrectionRow) -> Mapping[str, object]:
    was, right = found.before, found.right
    if isinstance(was, MemberLine) and isinstance(right, MemberLine):
        loans = {"owed_before": was.owed, "owed": right.owed, "loans_differ": was.loans != right.loans}
        return {"before": was.savings, "amount": right.savings, **loans}
    if isinstance(was, Money) and isinstance(right, Money):
        giver = openings.giver_name(turn.conn, right.giver)
        before = {"cash_before": was.cash, "bank_before": was.bank, "aid_before": was.aid}
        return {**before, "cash": right.cash, "bank": right.bank, "aid": right.aid, "giver": giver}
    raise TypeError(f"correction {found.id} puts something else in the place of what was signed")


def _tell_loans(turn: Turn, found: CorrectionRow, person: PersonId) -> None:
    """Say of each loan that is new, or other than it was, what is left and due when, by the paper book."""
    was, right, member = found.before, found.right, member_at(turn, found)
    if not isinstance(was, MemberLine) or not isinstance(right, MemberLine) or member is None:
        return
    rules = bylaws.bylaws_of(turn.conn, member.group_id).rules
    for terms in right.loans:
        if terms not in was.loans:
            account = opened(Agreed(terms, rules.payment_order, rules.instalment_fine))
            shown = shown_old_loan(account, date.min)
            turn.tell(person, "opening.loan", (), None, name=member.name or "", **shown)


def _sign_text(found: CorrectionRow) -> str:
    return "correction.confirmed" if found.state == "waiting" else text_of(found)


def _her_rows(found: CorrectionRow) -> Rows:
    if found.state != "waiting":
        return ()
    return [
        [Press(KIND, found.id, "fix_yes", found.revision, "opening_right")],
        [Press(KIND, found.id, "fix_no", found.revision, "opening_wrong")],
    ]


def _sign_rows(found: CorrectionRow) -> Rows:
    if found.state not in corrections.OPEN:
        return ()
    return [
        [Press(KIND, found.id, "fix_yes", found.revision, "opening_sign")],
        [Press(KIND, found.id, "fix_no", found.revision, "correction_decline")],
    ]
