"""Who may do what in an election, tried in the other group, whose members are all in office but one."""

from __future__ import annotations

from domain.commands import AppointOfficer, Command
from domain.elections import (
    AnswerNomination,
    CallElection,
    CastSecretBallot,
    EnterPapers,
    NameNobodyElse,
    Nominate,
)
from domain.ids import MembershipId, NominationId, ProposalId
from domain.offices import KANOON, Office
from domain.proposals import CastBallot
from domain.votes import Vote
from storage import schema
from tests.elections import called
from tests.handlers.test_secret_ballots import papers as papers_entered
from tests.rights import Prepare, Village

OTHERS = {"other member", "other chair", "other secretary", "other treasurer"}


async def calling(here: Village) -> Command:
    return CallElection(here.other.id, (Office.SECRETARY,))


async def calling_representatives(here: Village) -> Command:
    return CallElection(here.other.id, KANOON)


async def appointed_representative(here: Village) -> Command:
    return AppointOfficer(here.other.id, Office.REPRESENTATIVE, here["other member"].membership)


async def naming(here: Village) -> Command:
    await called(here["other chair"], "office_secretary")
    return Nominate(await _newest(here), Office.SECRETARY, here["other member"].membership)


async def ballot_while_names_are_gathered(here: Village) -> Command:
    return CastBallot(await _newest(here), here["other member"].membership, Vote.YES)


async def silence(here: Village) -> Command:
    return NameNobodyElse(await _newest(here))


async def consent(here: Village) -> Command:
    chair = here["other chair"]
    await chair.tap("name_somebody")
    await chair.tap(str(here["other member"].membership))
    await chair.tap("confirm")
    return AnswerNomination(NominationId(await here.newest(schema.nomination)), accepted=True)


async def secret_ballot(here: Village) -> Command:
    await here.stage.phoneless(here.other.id, here["other member"])
    await here["other member"].tap("accept")
    for name in sorted(OTHERS):
        await here[name].tap("nobody_else")
    return CastSecretBallot(await _newest(here), here["other member"].membership, "yes")


async def papers(here: Village) -> Command:
    return EnterPapers(await _newest(here), (), ())


async def papers_where_the_secretary_stands(here: Village) -> Command:
    secretary, served = here["other secretary"], MembershipId(await here.newest(schema.membership))
    await papers_entered(secretary, [(served, True)], ["vote_no"])
    for name in sorted(OTHERS):
        await here[name].tap("no", here[name].newest("contest.open"))
    await called(here["other chair"], "office_secretary")
    await secretary.tap("stand_secretary", secretary.newest("election.open"))
    for name in sorted(OTHERS - {"other secretary"}):
        await here[name].tap("nobody_else", here[name].newest("election.open"))
    return EnterPapers(await _newest(here), (), ())


async def _newest(here: Village) -> ProposalId:
    return ProposalId(await here.newest(schema.proposal))


ELECTIONS: list[tuple[Prepare, set[str]]] = [
    (calling, OTHERS),
    (calling_representatives, OTHERS),
    (appointed_representative, set()),
    (naming, OTHERS),
    (ballot_while_names_are_gathered, set()),
    (silence, OTHERS),
    (consent, {"other member"}),
    (secret_ballot, {"other member"}),
    (papers, {"other secretary"}),
    (papers_where_the_secretary_stands, {"other chair"}),
]
