"""A vote from its opening to its result: reminded of once, closed at its end, called a second time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from domain import matters
from domain.ids import GroupId, MembershipId, NoteId, PersonId, ProposalId
from domain.matters import Matter
from domain.proposals import KINDS, ProposalKind, ballots_by
from domain.votes import FIRST, SECOND, Outcome, closes_at, reminds_at
from handlers import bank_loans, elections
from handlers.cards import bank_share, vote
from handlers.counting import counted
from handlers.deeds import DEEDS
from handlers.openers.groups import can_act
from handlers.turn import Desk, Turn
from storage import assembly, bylaws, groups, notes
from storage import elections as nominations
from storage.assembly import ProposalRow

AT_ONCE = 5  # votes a unit: units stay short


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Remind of some votes that are due, or close them; the next tick takes the next ones."""
    for proposal_id in assembly.proposals_due(conn, now, AT_ONCE):
        turn = Turn(desk, conn, now)
        _fall_due(turn, proposal_id)
        turn.finish()


def open_vote(  # noqa: PLR0913 — what is put to the vote
    turn: Turn,
    group_id: GroupId,
    kind: ProposalKind,
    words: NoteId,
    proposed_by: PersonId,
    *,
    matter: str | None = None,
    concerns: MembershipId | None = None,
    among: Collection[MembershipId] | None = None,
    follows: ProposalId | None = None,
) -> ProposalRow:
    """Fix who votes and by which rules, and put it before them; `matter` is as `matters.write` gives it."""
    adopted = bylaws.bylaws_of(turn.conn, group_id)
    closing = closes_at(turn.now, adopted.rules.voting.days)
    about = {"group_id": group_id, "kind": kind.value, "note_id": words, "matter": matter}
    who = {"proposed_by": proposed_by, "concerns": concerns}
    how = {"bylaws": adopted.version, "ballots": ballots_by(kind, adopted.rules).value}
    calls = {"call": FIRST if follows is None else SECOND, "follows": follows}
    times = {"opened_at": turn.now, "closes_at": closing, "due_at": reminds_at(closing)}
    without = concerns if KINDS[kind].without_concerned else None
    found = assembly.add_proposal(turn.conn, {**about, **who, **how, **calls, **times}, without, among)
    if not KINDS[kind].quiet:
        vote.send_cards(turn, found)
    return found


def matter_of(found: ProposalRow) -> Matter:
    """Return what a proposal would carry out; LookupError where it is words only."""
    if found.matter is None:
        raise LookupError(f"proposal {found.id} carries no matter")
    return matters.read(found.matter)


def close_vote(turn: Turn, found: ProposalRow) -> None:
    """Count, carry out what follows, tell everybody; call once more where too few have voted."""
    count = counted(turn, found)
    result, learnt = count.outcome, count.learnt
    closed = assembly.update_proposal(turn.conn, found, state=result.value, closed_at=turn.now, **learnt)
    if result is Outcome.ACCEPTED:
        printed = notes.note_hash(turn.conn, closed.note_id)
        assembly.add_resolution(turn.conn, closed, count.tally, printed, turn.now)
    if not KINDS[closed.kind].quiet:
        vote.redraw(turn, closed)
        _tell(turn, closed)
    again = result is Outcome.NO_QUORUM and found.call == FIRST
    if not again and found.kind in DEEDS:
        DEEDS[found.kind](turn, closed, result)
    if again:
        put = (closed.group_id, closed.kind, closed.note_id, closed.proposed_by)
        open_vote(turn, *put, matter=closed.matter, concerns=closed.concerns, follows=closed.id)
    elif (contest := elections.next_contest(turn, closed, result)) is not None:
        matter, words = matters.write(contest), elections.words_of(turn, contest)
        open_vote(turn, closed.group_id, ProposalKind.OFFICE, words, closed.proposed_by, matter=matter)
    elif closed.kind is ProposalKind.BANK_CONSENT and bank_loans.all_agree(turn, closed):
        put = (closed.group_id, ProposalKind.BANK_SHARES, closed.note_id, closed.proposed_by)
        open_vote(turn, *put, matter=closed.matter)


def _tell(turn: Turn, closed: ProposalRow) -> None:
    """Tell the result to all members, and to the facilitator."""
    text, facts, rows = vote.text_of(closed), vote.facts_of(turn, closed), vote.rows_of(turn, closed)
    for member in groups.members(turn.conn, closed.group_id):
        turn.tell_member(member, text, rows, f"result:{closed.id}:{member.id}", **facts)
    facilitator = turn.group(closed.group_id).facilitator_id
    turn.tell(facilitator, text, (), f"result:{closed.id}:facilitator", **facts)


def all_have_spoken(turn: Turn, found: ProposalRow) -> bool:
    """Tell whether all who can still vote have voted; of names, also whether nobody is still being asked."""
    awaited = [one for one in assembly.ballots_of(turn.conn, found.id) if one.awaited]
    if found.kind is not ProposalKind.ELECTION:
        return not awaited
    named = nominations.nominations_of(turn.conn, found.id)
    asked = any(one.state == "asked" and one.member_state == "admitted" for one in named)
    return not asked and not any(can_act(turn, turn.member(one.membership_id)) for one in awaited)


def _fall_due(turn: Turn, proposal_id: ProposalId) -> None:
    """Ballots that reached us in time and wait to be worked off are waited for."""
    found = assembly.locked_proposal(turn.conn, proposal_id)
    if found is None or found.state != "open" or found.due_at > turn.now:
        return
    if turn.now >= found.closes_at:
        if assembly.all_read_before(turn.conn, found.closes_at):
            close_vote(turn, found)
    elif all_have_spoken(turn, found):  # whoever was awaited last is no member any more
        close_vote(turn, found)
    else:
        reminder = reminds_at(found.closes_at)
        if turn.now >= reminder:
            _remind(turn, found)
        due_at = found.closes_at if turn.now >= reminder else reminder
        assembly.update_proposal(turn.conn, found, due_at=due_at)


def _remind(turn: Turn, found: ProposalRow) -> None:
    """Once, whoever has not voted, and whoever has not entered what others vote."""
    if found.kind is ProposalKind.BANK_CONSENT:
        bank_share.remind(turn, found)
        return
    facts, rows = vote.facts_of(turn, found), vote.rows_of(turn, found)
    awaited = {one.membership_id: one for one in assembly.ballots_of(turn.conn, found.id) if one.awaited}
    for one in awaited.values():
        key = f"vote_reminder:{found.id}:{one.membership_id}"
        turn.remind(one.person_id, vote.reminder_of(found), rows, key, **facts)
    served = [m.name or "" for m in vote.without_account(turn, found) if m.id in awaited]
    if served:
        key, who = f"entry_reminder:{found.id}", vote.enterer_of(turn, found)
        turn.remind(who, vote.entry_text_of(found), vote.entry_rows(found), key, names=served, **facts)
