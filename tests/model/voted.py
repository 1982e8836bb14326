"""A ballot is its elector's, and what the assembly decides is what was cast."""

from __future__ import annotations

from domain import matters
from domain.bank_loans import BankSharing
from domain.elections import Contest
from tests.model.entitled import board, office, owners
from tests.model.rows import Proposal
from tests.model.seen import Seen
from tests.model.step import Step, changes

ABOUT_LOANS = ("rescheduling", "waiver", "write_off")
WITHOUT_CONCERNED = ("waiver", "write_off", "expulsion")
WEIGHTY = ("bylaws", "loan_terms", "write_off", "expulsion", "bank_shares")
VOTES = ("yes", "no", "abstain")


def votes(step: Step) -> None:
    """A ballot is its elector's, or entered by an officer; the outcome is what was cast."""
    for (vote, member), said in step.after.ballots.items():
        asked = step.after.proposals[vote]
        assert asked.kind not in WITHOUT_CONCERNED or asked.concerns != member
        was = step.before.ballots.get((vote, member), (None, None))
        if was == said:
            continue
        entered_by = said[1]
        if asked.kind != "bank_consent":  # who has left may decline; that she agrees counts no more
            assert step.after.members[member].state == "admitted"
        if entered_by is None:
            assert step.after.members[member].person_id in step.actors
        else:
            assert entered_by in step.actors
            assert entered_by != step.after.members[member].person_id
            assert not any(entered_by in _hers(step, one) for one in _concerned(asked)), "has a hand in it"
    for number, old, new in changes(step.before.proposals, step.after.proposals):
        if old is None and new.call == 1:
            _opened(step, number, new)
        if old is not None and (old.state, new.state) == ("open", "accepted"):
            _carried(step.after, number, new)


def _concerned(asked: Proposal) -> set[int]:
    """Whom a vote is about, or who can be elected by it."""
    standing = matters.carried(asked.matter, Contest).candidates if asked.kind == "office" else ()
    return {*standing, *(() if asked.concerns is None else (asked.concerns,))}


def _hers(step: Step, member: int) -> frozenset[int]:
    """She, and who helped her before and after."""
    return owners(step.before, member) & owners(step.after, member)


def _carried(seen: Seen, number: int, vote: Proposal) -> None:
    """Enough took part, and enough of them agreed."""
    if vote.kind in ("election", "office"):
        return  # names, not yes or no
    said = [cast for (of, _), (cast, _) in seen.ballots.items() if of == number]
    electors, yes, no, abstained = seen.counted[number]
    assert (electors, yes + no + abstained) == (len(said), len([of for of, _ in seen.voted if of == number]))
    assert vote.kind == "expulsion" or [said.count(one) for one in VOTES] == [yes, no, abstained]
    rules = seen.rules.get(vote.group_id, {}).get(vote.bylaws)
    assert rules is None or rules.voting.days == 3
    cast = yes + no + abstained
    assert cast * 3 >= electors * 2 if vote.call == 1 else cast * 2 > electors
    assert yes * 3 >= (yes + no) * 2 if vote.kind in WEIGHTY else yes > no
    assert yes


def _opened(step: Step, number: int, new: Proposal) -> None:
    """By whoever may; a bank loan's shares only once everybody who gets one has agreed to hers."""
    before, group = step.before, new.group_id
    if new.kind in ABOUT_LOANS:
        assert new.concerns is not None
        hers, leads = owners(before, new.concerns), board(before, group)
        assert step.did(new.proposed_by, hers if new.kind == "rescheduling" else leads - hers)
    elif new.kind == "bank_consent":
        assert new.proposed_by in step.actors
        assert new.proposed_by in {office(before, group, held) for held in ("chair", "treasurer")}
        _adds_up(step.after, number, matters.carried(new.matter, BankSharing))
    elif new.kind == "bank_shares":
        (asked,) = (of for of, vote in step.after.proposals.items() if vote in step.ended("bank_consent"))
        assert step.after.proposals[asked].matter == new.matter
        assert {said for (of, _), (said, _) in step.after.ballots.items() if of == asked} == {"yes"}


def _adds_up(seen: Seen, asked: int, sharing: BankSharing) -> None:
    """Each gets something, once, and has agreed or is asked; together it is what there is."""
    shares = {share.membership: share.amount.rials for share in sharing.shares}
    kept_back = sharing.fee.rials if sharing.borne_by.value == "receivers" else 0
    assert sum(shares.values()) == sharing.received.rials + kept_back
    assert min(shares.values()) > 0
    assert len(shares) == len(sharing.shares)
    assert shares.keys() == {member for of, member in seen.ballots if of == asked}
