"""What the assembly can be asked: one table of the kinds of proposal, and what is decided about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.agreements import Accept
from domain.bank_loans import BankLoanCommand
from domain.bylaws import Bylaws, GroupRules, LoanRules, SavingsAgreement
from domain.elections import ElectionCommand
from domain.ids import GroupId, MembershipId, PersonId, ProposalId
from domain.meetings import Meetings
from domain.offices import Offices
from domain.rights import Standing
from domain.votes import Majority, Vote


class ProposalKind(StrEnum):
    """What a proposal is about."""

    RESOLUTION = "resolution"
    MEETINGS = "meetings"
    NAME = "name"
    BYLAWS = "bylaws"
    LOAN_TERMS = "loan_terms"
    SAVINGS = "savings"
    LOAN = "loan"
    ELECTION = "election"  # who stands for which office
    OFFICE = "office"  # the ballot for one of them
    SURPLUS = "surplus"
    LOAN_ORDER = "loan_order"
    WRITE_OFF = "write_off"
    BANK_CONSENT = "bank_consent"  # who is to receive a share of a bank loan agrees to it
    BANK_SHARES = "bank_shares"  # the vote on all shares
    RESCHEDULING = "rescheduling"
    EXPULSION = "expulsion"
    WAIVER = "waiver"  # of fines: of a loan, or of late saving


class Ballots(StrEnum):
    """What is cast, and whether it can be known who voted how."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 — a word, not a password
    NAMES = "names"  # no ballots: names are gathered


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of proposal is brought in and decided; `handlers.deeds` says what happens then."""

    proposers: frozenset[Standing]  # who brings it in by its words alone; nobody where a talk of its own does
    ballots: Ballots
    majority: Majority
    without_concerned: bool = False  # whom it is about has no ballot
    quiet: bool = False  # only those it asks hear of it


UNCOUNTED = frozenset({"no_quorum", "withdrawn"})  # states of a vote that ended without a count

ANYBODY = frozenset({Standing.MEMBER, Standing.FACILITATOR})
NOBODY: frozenset[Standing] = frozenset()

KINDS: Mapping[ProposalKind, Rule] = {
    ProposalKind.RESOLUTION: Rule(ANYBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.MEETINGS: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.NAME: Rule(ANYBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.BYLAWS: Rule(NOBODY, Ballots.OPEN, Majority.QUALIFIED),
    ProposalKind.LOAN_TERMS: Rule(NOBODY, Ballots.OPEN, Majority.QUALIFIED),
    ProposalKind.SAVINGS: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.LOAN: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.ELECTION: Rule(NOBODY, Ballots.NAMES, Majority.ORDINARY),
    ProposalKind.OFFICE: Rule(NOBODY, Ballots.SECRET, Majority.ORDINARY),
    ProposalKind.SURPLUS: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.LOAN_ORDER: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.WRITE_OFF: Rule(NOBODY, Ballots.OPEN, Majority.QUALIFIED, without_concerned=True),
    ProposalKind.BANK_CONSENT: Rule(NOBODY, Ballots.NAMES, Majority.ORDINARY, quiet=True),
    ProposalKind.BANK_SHARES: Rule(NOBODY, Ballots.OPEN, Majority.QUALIFIED),
    ProposalKind.RESCHEDULING: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY),
    ProposalKind.EXPULSION: Rule(NOBODY, Ballots.SECRET, Majority.QUALIFIED, without_concerned=True),
    ProposalKind.WAIVER: Rule(NOBODY, Ballots.OPEN, Majority.ORDINARY, without_concerned=True),
}


def ballots_by(kind: ProposalKind, rules: Bylaws) -> Ballots:
    """Return how ballots are cast under these rules: what is secret by its kind is never opened."""
    usual = KINDS[kind].ballots
    return Ballots.SECRET if rules.secret_votes and usual is Ballots.OPEN else usual


@dataclass(frozen=True, slots=True)
class Propose:
    """Put something to the vote of a group's assembly, in the group's own words."""

    group: GroupId
    kind: ProposalKind
    words: str


KIND_OF: Mapping[type, ProposalKind] = {
    Bylaws: ProposalKind.BYLAWS,
    LoanRules: ProposalKind.LOAN_TERMS,
    SavingsAgreement: ProposalKind.SAVINGS,
    Meetings: ProposalKind.MEETINGS,
}


@dataclass(frozen=True, slots=True)
class ProposeRules:
    """Put rules of the group to the vote; the words are made of them."""

    group: GroupId
    matter: GroupRules | Meetings

    @property
    def kind(self) -> ProposalKind:
        return KIND_OF[type(self.matter)]


@dataclass(frozen=True, slots=True)
class CastBallot:
    """Vote, or change one's vote; whose ballot it is, is named, as some are entered for others."""

    proposal: ProposalId
    membership: MembershipId
    vote: Vote


AssemblyCommand = Propose | ProposeRules | Accept | CastBallot | ElectionCommand | BankLoanCommand


def proposable(person: PersonId, offices: Offices, *, belongs: bool) -> tuple[ProposalKind, ...]:
    """Return what a person may propose: every member; the facilitator while the group has no chair."""
    standings = {Standing.MEMBER} if belongs else set()
    if person == offices.facilitator and offices.chair is None:
        standings.add(Standing.FACILITATOR)
    return tuple(kind for kind, rule in KINDS.items() if rule.proposers & standings)
