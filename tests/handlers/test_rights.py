"""Who may do what: every command, tried by everybody. Whoever is not named beside it is refused.

`member` is whom it is about, `helper` serves a member without a phone; each attempt is taken back.
"""

from __future__ import annotations

from domain import commands
from domain.bylaws import Bylaws
from domain.calendar import Rhythm, local_day
from domain.commands import Command, LeadState, Role
from domain.ids import (
    AccountId,
    DepositId,
    EntryId,
    LeadId,
    MembershipId,
    ObjectionId,
    ProposalId,
    ReversalId,
)
from domain.money import Rial
from domain.objections import About, AnswerObjection, Object, TakeAnswer
from domain.offices import Office
from domain.posting import Way
from domain.proposals import CastBallot, ProposalKind, Propose, ProposeRules
from domain.votes import Vote
from handlers.carry.accounts import code_print
from handlers.carry_out import CARRY
from handlers.invitations import digest_of
from storage import schema
from tests.assembly import proposed
from tests.handlers.test_accounts import code_of
from tests.handlers.test_joining import apply
from tests.handlers.test_objections import answered, objected
from tests.installation import BEGINNING
from tests.programme import FARS, MARVDASHT, NUMBER, SHIRAZ, interested, invited
from tests.rights import DONE, Prepare, Village, village
from tests.rights_bank_loans import BANK_LOANS
from tests.rights_elections import ELECTIONS
from tests.rights_leaving import LEAVING
from tests.rights_loans import LOANS
from tests.rights_months import MONTHS
from tests.rights_moves import HAND_OVER, MOVES
from tests.rights_opening import OPENING
from tests.rights_rules import RULES
from tests.rights_year import FINES, YEAR
from tests.stage import Stage
from tests.steps import report, reversal_asked, save

MONEY = Rial.from_toman(500_000)
TODAY = local_day(BEGINNING)
CONSENT = "7e" * 32
BOARD = {"chair", "secretary", "treasurer"}
MEMBERS = BOARD | {"member", "neighbour", "helper"}
FACILITATORS = {"facilitator", "other facilitator"}
PROGRAMME = {"executor", "welfare officer", "institute", "mother adviser", "bank officer", "adviser"}
ABOVE_EXECUTORS = {"welfare officer", "institute", "administrator"}
OTHERS = {"other member", "other chair", "other secretary", "other treasurer"}
EVERYBODY = MEMBERS | FACILITATORS | OTHERS | PROGRAMME | {"administrator", "known", "stranger"}


def given(command: Command) -> Prepare:
    """A command that needs nothing to be there."""

    async def ready(_: Village) -> Command:
        return command

    return ready


async def lead(here: Village) -> Command:
    await interested(here.stage.phone())
    return commands.MarkLead(LeadId(await here.newest(schema.lead)), LeadState.CALLED)


async def invitation(here: Village) -> Command:
    code = (await invited(here["executor"])).removeprefix("r_")
    return commands.AcceptInvitation(digest_of(code), "مریم", NUMBER, phone_proven=False, terms=CONSENT)


async def joining(here: Village) -> Command:
    terms = await here.terms()
    return commands.JoinGroup(here.group.id, "مریم", NUMBER, phone_proven=False, purpose="خرید", terms=terms)


async def phoneless(here: Village) -> Command:
    return commands.AddPhonelessMember(here.group.id, "ننه گلنار", "خرید", here["helper"].membership)


async def admission(here: Village) -> Command:
    await apply(here.stage.phone(), here.group.code)
    return commands.Admit(MembershipId(await here.newest(schema.membership)))


async def declining(here: Village) -> Command:
    return commands.DeclineApplicant(MembershipId(await here.newest(schema.membership)), "جا نیست")


async def office(here: Village) -> Command:
    return commands.AppointOfficer(here.group.id, Office.SECRETARY, here["neighbour"].membership)


async def leaving(here: Village) -> Command:
    return commands.Leave(here["member"].membership)


async def leaving_of_a_served_member(here: Village) -> Command:
    return commands.Leave(here.served)


async def staying(here: Village) -> Command:
    await here["member"].press("menu_me")
    await here["member"].tap("leave")
    await here["member"].tap("confirm")
    return commands.Stay(here["member"].membership)


async def second_account(here: Village) -> Command:
    return commands.JoinAccounts(code_print(await code_of(here["member"])).hex())


async def answer_to_it(here: Village) -> Command:
    other = here.stage.phone("bale")
    await other.say(await code_of(here["member"]))
    await other.tap("confirm")
    return commands.AnswerJoining(AccountId(await here.newest(schema.account)), agreed=True)


async def saving(here: Village) -> Command:
    return commands.ReportSaving(here["member"].membership, 1, MONEY, Way.CASH, None, None)


async def saving_of_a_served_member(here: Village) -> Command:
    return commands.ReportSaving(here.served, 1, MONEY, Way.CASH, None, None)


async def receipt(here: Village) -> Command:
    await report(here["member"], way="transfer")
    return commands.AddReceipt(await deposit(here), await here.picture())


async def counted_otherwise(here: Village) -> Command:
    return commands.OfferAmount(await deposit(here), 1, Rial(1))


async def not_there(here: Village) -> Command:
    return commands.RefuseDeposit(await deposit(here), 1, "نرسید")


async def withdrawn(here: Village) -> Command:
    return commands.WithdrawDeposit(await deposit(here), 1)


async def confirmed(here: Village) -> Command:
    return commands.ConfirmDeposit(await deposit(here), 1)


async def offer(here: Village) -> Command:
    treasurer = here["treasurer"]
    await treasurer.tap("other_amount")
    await treasurer.say("۴۵۰ هزار تومان")
    await treasurer.tap("confirm")
    return commands.AnswerOffer(await deposit(here), 2, agreed=True)


async def deposit(here: Village) -> DepositId:
    return DepositId(await here.newest(schema.deposit))


async def reversal(here: Village) -> Command:
    await save(here.group, here["neighbour"])
    return commands.AskReversal(EntryId(await here.newest(schema.entry)), "دو بار نوشته شد")


async def answer_to_reversal(here: Village) -> Command:
    await reversal_asked(here["treasurer"])
    return commands.AnswerReversal(ReversalId(await here.newest(schema.reversal)), 1, agreed=True)


async def proposal(here: Village) -> Command:
    return Propose(here.group.id, ProposalKind.RESOLUTION, "یک دفتر نو")


async def rules(here: Village) -> Command:
    return ProposeRules(here.group.id, Bylaws(board_months=6))


async def ballot(here: Village) -> Command:
    await proposed(here["neighbour"])
    return CastBallot(ProposalId(await here.newest(schema.proposal)), here["member"].membership, Vote.YES)


async def ballot_of_a_served_member(here: Village) -> Command:
    return CastBallot(ProposalId(await here.newest(schema.proposal)), here.served, Vote.YES)


async def objection(here: Village) -> Command:
    return Object(here["member"].membership, About.ROUND, 1, "من نبودم")


async def answer_to_objection(here: Village) -> Command:
    await objected(here["member"], "about_round", "1")
    return AnswerObjection(ObjectionId(await here.newest(schema.objection)), 1, "بودید")


async def answer_taken(here: Village) -> Command:
    await answered(here["chair"])
    return TakeAnswer(ObjectionId(await here.newest(schema.objection)), 2, content=False)


async def last_word(here: Village) -> Command:
    await here["member"].tap("carry_objection")
    return AnswerObjection(ObjectionId(await here.newest(schema.objection)), 3, "درست است")


TABLE: list[tuple[Prepare, set[str]]] = [
    (given(commands.FindOffices(SHIRAZ)), EVERYBODY),
    (given(commands.ExpressInterest("مریم", NUMBER, SHIRAZ)), EVERYBODY),
    (lead, FACILITATORS | {"executor", "administrator"}),
    (given(commands.Invite(Role.FACILITATOR, FARS, SHIRAZ)), {"executor", "administrator"}),
    (given(commands.Invite(Role.FACILITATOR, FARS, MARVDASHT)), {"administrator"}),
    (given(commands.Invite(Role.LOCAL_EXECUTOR, FARS, SHIRAZ)), ABOVE_EXECUTORS),
    (given(commands.Invite(Role.WELFARE_OFFICER, FARS, None)), {"institute", "administrator"}),
    (given(commands.Invite(Role.ADMINISTRATOR, None, None)), {"administrator"}),
    (invitation, EVERYBODY - FACILITATORS),  # they hold the role already
    (
        given(commands.CreateGroup("یاس", SHIRAZ, "ده بالا", 16, MONEY, Rhythm.MONTHLY, TODAY)),
        FACILITATORS,
    ),
    (joining, EVERYBODY - MEMBERS - {"facilitator"}),
    (phoneless, BOARD | {"facilitator"}),
    (admission, {"chair", "facilitator"}),
    (declining, {"chair", "facilitator"}),
    (office, {"facilitator"}),
    (given(commands.Rename("مریم بانو")), EVERYBODY - {"stranger"}),
    (leaving, {"member"}),
    (leaving_of_a_served_member, {"helper"}),
    (second_account, EVERYBODY - {"member"}),
    (answer_to_it, {"member"}),
    (saving, {"member"}),
    (saving_of_a_served_member, {"helper"}),
    (receipt, {"member"}),
    (staying, {"member"}),
    (counted_otherwise, {"treasurer"}),
    (not_there, {"treasurer"}),
    (withdrawn, {"member"}),
    (confirmed, {"treasurer"}),
    (offer, {"member"}),
    (reversal, BOARD | {"facilitator"}),
    (answer_to_reversal, {"chair", "secretary"}),
    *MOVES,
    *HAND_OVER,
    (proposal, MEMBERS),
    (rules, MEMBERS),
    (ballot, {"member"}),
    (ballot_of_a_served_member, {"secretary"}),
    (objection, {"member"}),
    (answer_to_objection, {"chair", "secretary"}),
    (answer_taken, {"member"}),
    (last_word, {"facilitator"}),
    *OPENING,
    *RULES,
    *LOANS,
    *YEAR,
    *LEAVING,
    *MONTHS,
    *ELECTIONS,
    *BANK_LOANS,
    *FINES,
]


async def test_who_may_do_what(stage: Stage) -> None:
    here = await village(stage)
    assert set(here.people) == EVERYBODY
    tried, wrong = set(), {}
    for ready, allowed in TABLE:
        command = await ready(here)
        came = await here.outcomes(command)
        tried.add(type(command))
        if {name for name, outcome in came.items() if outcome == DONE} != allowed:
            wrong[ready.__name__, type(command).__name__] = came
    assert wrong == {}
    assert tried == set(CARRY)
