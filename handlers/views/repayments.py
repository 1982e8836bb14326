"""How loans stand that are being repaid: each to its borrower, all to the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.money import Rial
from handlers import repaying
from handlers.turn import Press, Rows, Turn
from storage import loans, passbooks, repayments
from storage.groups import GroupRow, MemberRow
from storage.loans import LoanRow
from storage.repayments import Paid

KIND = "rp"
ANY = 0  # instead of a loan: whoever takes payments in chooses
MOST_SHOWN = 36
PAYMENTS_SHOWN = 4
PROPOSED = ("write_off", "waive_fine", "reschedule")  # talks that put a loan to the vote


def show(turn: Turn, found: LoanRow) -> None:
    """Say to a borrower what is left, when what is due, and what settling costs today."""
    name, facts = turn.member(found.membership_id).name or "", _facts(turn, found)
    anew = [[Press(KIND, found.id, "reschedule", 0, "reschedule")]] if facts["left"] else []
    turn.say_with("repayment.page", [*_pay(found), *anew], name=name, **facts)


def show_lost(turn: Turn, found: LoanRow) -> None:
    """Say to a borrower what was written off and what of it is left; she may still pay."""
    name, left = turn.member(found.membership_id).name or "", repaying.account_of(turn, found).left
    said = {"principal": found.principal, "from_paper": found.from_paper, "left": left}
    turn.say_with("repayment.lost", _pay(found), name=name, **said)


def left_of(turn: Turn, member: MemberRow) -> list[Mapping[str, object]]:
    """Return what is left of each of a member's running loans, what is due next, and her last payments."""
    running = [row for row in loans.open_loans_of(turn.conn, member.id) if row.state == "running"]
    found = [repayments.paid_on(turn.conn, row) for row in running]
    return [{**repaying.left_facts(turn, one.account), "paid": _last_of(one)} for one in found]


def _last_of(paid: Paid) -> list[tuple[date, Rial]]:
    return [(row.value_on, row.amount) for row in reversed(paid.rows[-PAYMENTS_SHOWN:])]


def show_advance(turn: Turn, member: MemberRow) -> None:
    """Say what she has paid beyond what her loans cost, where there is any."""
    if advance := passbooks.loan_advance(turn.conn, member.id):
        turn.say("repayment.advance", name=member.name or "", advance=advance)


def show_all(turn: Turn, group: GroupRow) -> None:
    """Say to the board of each loan that runs what is left and due, and how late it is."""
    running = [(row, turn.member(row.membership_id)) for row in loans.running_of_group(turn.conn, group.id)]
    lost = [(row, turn.member(row.membership_id)) for row in loans.lost_of_group(turn.conn, group.id)]
    taking_in = any(turn.me in repaying.collectors_of(turn, member) for _, member in (*running, *lost))
    rows: Rows = [[Press(KIND, ANY, "take_in", 0, "took_instalment")]] if taking_in else []
    lines = [{"name": member.name or "", **_facts(turn, row)} for row, member in running]
    others = [one for one, (_, who) in zip(lines, running, strict=True) if turn.me not in turn.parties(who)]
    proposed = [("write_off", bool(others)), ("waive_fine", any(one["fines"] for one in others))]
    rows = [*rows, *([propose_button(group, word)] for word, possible in proposed if possible)]
    gone = [(member.name or "", repaying.account_of(turn, row).left) for row, member in lost]
    text = "repayment.board" if lines or gone else "repayment.none"
    turn.say_with(text, rows, group=group.name, loans=lines, lost=gone)


def propose_button(group: GroupRow, word: str) -> Press:
    """Return the button with which one of the board puts what others owe to the vote."""
    return Press(KIND, group.id, word, 0, word)


def press(turn: Turn, number: int, choice: str, revision: int) -> str:  # noqa: ARG001 — every press is called alike
    """Begin the talk in which a payment is reported, or a loan put to the vote; its opening looks at who."""
    return choice if choice in PROPOSED else "repay"


def _pay(found: LoanRow) -> Rows:
    return [[Press(KIND, found.id, "pay", 0, "pay_instalment")]]


def _facts(turn: Turn, row: LoanRow) -> Mapping[str, object]:
    account = repaying.account_of(turn, row).on(turn.today)
    return {
        "principal": row.principal,
        "from_paper": row.from_paper,
        "arrears": account.due(turn.today).total,
        "late": account.late_days(turn.today),
        "fines": account.fines(turn.today),
        "settling": account.settling(turn.today).total,
        "instalments": [(one.due, one.left.total) for one in account.owed[:MOST_SHOWN]],
        **repaying.left_facts(turn, account),
    }
