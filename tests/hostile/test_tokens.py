"""Buttons that were forged, cut, replayed by others or are of another time: a word, and nothing else."""

from __future__ import annotations

from random import Random

import pytest

from domain.ids import AccountId
from handlers import talking
from handlers.cards.presses import PRESSES
from handlers.tokens import Token, read, sign
from storage import people
from tests.hostile.corpus import tapped
from tests.hostile.edge import Edge
from tests.phone import Phone
from tests.stage import Group
from tests.steps import report

CHOICES = (
    "confirm other refuse agree disagree withdraw decline admit open poster applicants add_member appoint"
    " mine not_mine stored look connect rename leave code interest where called gone x /back /cancel yes"
).split()
FOREIGN = ("common.foreign_button",)
ABSURD = (
    "",
    ".",
    "....",
    "t.1.yes.1",
    "t.1.yes.1.",
    "\0.\0.\0.\0.\0",
    "t.١.yes.١.AAAAAAAAAAAA",
    "t." + "9" * 5000 + ".yes.1.AAAAAAAAAAAA",
    "d.-1.confirm.-1.AAAAAAAAAAAA",
    "\u202ed.1.confirm.1.AAAAAAAAAAAA",
    "é" * 64,
    "\ud800",
    "AAAA" * 5000,
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


async def account(edge: Edge, phone: Phone) -> AccountId:
    where = (phone.platform, phone.user_id, phone.user_id, edge.stage.now)
    return (await edge.stage.read(lambda conn: people.account_for(conn, *where))).id


async def waiting_card(edge: Edge) -> tuple[Group, str]:
    group = await edge.stage.group(members=2)
    await report(group.members[0])
    data = group.treasurer.newest("deposit.waiting").data("confirm")
    assert data is not None
    return group, data


async def said_to(edge: Edge, phone: Phone, data: str) -> list[str]:
    said = await edge.numbered(phone.platform, tapped(phone.user_id, data))
    assert len(said.taps) == 1
    return said.to(phone.user_id)


@pytest.mark.parametrize("data", ABSURD, ids=range(len(ABSURD)))
async def test_what_we_never_signed_is_a_foreign_button(edge: Edge, data: str) -> None:
    member = (await edge.stage.group()).members[0]
    assert await said_to(edge, member, data) == [edge.stage.texts.render(*FOREIGN)]


async def test_a_card_is_worthless_in_every_other_hand(edge: Edge) -> None:
    group, data = await waiting_card(edge)
    stranger = edge.stage.phone()
    for phone in (group.members[0], group.members[1], group.chair, group.facilitator, stranger):
        assert await said_to(edge, phone, data) == [edge.stage.texts.render(*FOREIGN)]


async def test_a_card_that_was_cut_or_bent_is_worthless(edge: Edge) -> None:
    group, data = await waiting_card(edge)
    random = Random(1405)
    bent = [data[:n] for n in range(len(data))] + [data[n:] for n in range(1, len(data))]
    for _ in range(40):
        at = random.randrange(len(data))
        bent.append(data[:at] + random.choice("0aZ._-é۵\u200c") + data[at + 1 :])
    for one in set(bent) - {data}:
        assert await said_to(edge, group.treasurer, one) == [edge.stage.texts.render(*FOREIGN)]


@pytest.mark.parametrize("kind", [*PRESSES, talking.KIND, "kind_of_yesterday"])
async def test_every_card_with_every_choice_of_any_card_is_answered(edge: Edge, kind: str) -> None:
    group = await edge.stage.group(members=1)
    for phone in (group.members[0], group.facilitator):
        mine = await account(edge, phone)
        for choice in CHOICES:
            token = Token(kind, 1, choice, 7)  # signed by us: something has that number, or had
            assert await said_to(edge, phone, sign(edge.stage.tools.key, token, mine)), token


@pytest.mark.parametrize(
    "token", [Token("t", 2**63, "x", 0), Token("d", -(2**70), "x", 1), Token("d", 1, "x", 2**64)]
)
def test_numbers_that_no_database_holds_are_read_as_nothing(token: Token) -> None:
    assert read(b"key", sign(b"key", token, AccountId(1)), AccountId(1)) is None
