"""About me: what is stored about a person, and what she can change of it."""

from __future__ import annotations

from domain.calendar import local_day
from domain.identity import Phone
from domain.ids import LoanId
from domain.refusals import Refused
from handlers import repaying
from handlers.carry.accounts import show_code
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Press, Rows, Turn
from handlers.views import other_groups, repayments
from storage import assembly, former, leads, objections, people
from storage.groups import MemberRow
from storage.people import PersonRow

KIND = "me"


def page(turn: Turn) -> None:
    """Say who she is here, with what she can do about it."""
    me, here = _known(turn), position(turn)
    turn.say_with(
        "me.page",
        _rows(turn),
        name=me.name or "",
        group=here.group.name if here.group else "",
        several=len(other_groups.admitted(turn)) > 1,
    )


def stored(turn: Turn) -> None:
    """Tell everything that is stored about her, apart from what the books say of her money."""
    me = _known(turn)
    phone = Phone(me.phone) if me.phone else None
    accounts = people.accounts_of(turn.conn, me.id)
    turn.say(
        "me.stored",
        name=me.name or "",
        phone=phone,
        proven=me.phone_proven,
        platforms=[account.platform for account in accounts],
        interested=[local_day(row.created_at) for row in leads.leads_of(turn.conn, [a.id for a in accounts])],
        consent=local_day(me.consent_at) if me.consent_at else None,
        roles=[row.role for row in position(turn).roles],
    )
    for member in position(turn).memberships:
        turn.say("me.stored_membership", **_membership(turn, member))
    turn.say("me.stored_money", menu_of(turn))


def press(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Show, switch, or name the talk to begin."""
    match choice:
        case "stored":
            stored(turn)
        case "connect":
            show_code(turn)
        case "rename" | "leave":
            return choice
        case "owed":
            _owed(turn, LoanId(number))
        case _:
            raise Refused("not_found")
    return None


def _rows(turn: Turn) -> Rows:
    rows = [
        [Press(KIND, 0, "stored", 0, "my_data"), Press(KIND, 0, "rename", 0, "my_name")],
        [Press(KIND, 0, "connect", 0, "connect_messenger")],
    ]
    here = position(turn)
    others = [m for m in other_groups.admitted(turn) if here.member and m.id != here.member.id]
    rows += [[other_groups.button(turn, m)] for m in others]
    rows += [
        [Press(KIND, m.id, "leave", 0, _leaving(m), {"name": turn.group(m.group_id).name})]
        for m in here.memberships
    ]
    rows += [[Press(KIND, m.id, "leave", 0, _leaving_for(m), {"name": m.name or ""})] for m in here.served]
    owed = (repaying.loan_of(turn, loan_id) for loan_id in former.unpaid_loans(turn.conn, turn.me))
    facts = ((row, {"name": turn.group(row.group_id).name}) for row in owed)
    return [*rows, *([Press(KIND, row.id, "owed", 0, "owed_loan", of)] for row, of in facts)]


def _owed(turn: Turn, loan_id: LoanId) -> None:
    """Show what is left of a loan to who took it as a member and has left."""
    if loan_id not in former.unpaid_loans(turn.conn, turn.me):
        raise Refused("loan_not_running")
    found = repaying.loan_of(turn, loan_id)
    (repayments.show if found.state == "running" else repayments.show_lost)(turn, found)


def _leaving(member: MemberRow) -> str:
    if member.state == "applied":
        return "withdraw_application"
    return "leave_group" if member.leave_wished_at is None else "leave_or_stay"


def _leaving_for(member: MemberRow) -> str:
    return "leave_for" if member.leave_wished_at is None else "leave_or_stay_for"


def _membership(turn: Turn, member: MemberRow) -> dict[str, object]:
    group = turn.group(member.group_id)
    proposed, voted = assembly.part_taken(turn.conn, member)
    return {
        "group": group.name,
        "village": group.village,
        "applied": member.state == "applied",
        "since": local_day(member.decided_at or member.applied_at),
        "purpose": member.purpose or "",
        "helper": turn.names([member.helper_id]).get(member.helper_id, "") if member.helper_id else "",
        "wished": member.leave_wished_at is not None,
        "proposed": proposed,
        "voted": voted,
        "objected": objections.times_objected(turn.conn, member.id),
    }


def _known(turn: Turn) -> PersonRow:
    if turn.person is None:
        raise Refused("join_first")
    return turn.person
