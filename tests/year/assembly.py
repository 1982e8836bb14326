"""What the assembly does: it elects, votes, adopts, objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.elections import naming
from domain.offices import Office
from tests.phone import Phone
from tests.year.village import Village, give, together


async def calls_election(caller: Phone) -> None:
    """Call an election of the whole board."""
    await caller.press("menu_assembly")
    await caller.tap("elect")
    await caller.tap("whole_board")
    assert (await caller.tap("confirm"))[-1] == "elect.opened"


async def names(namer: Phone, office: Office, named: Phone) -> None:
    """Name somebody else for an office; she accepts."""
    await namer.tap("name_somebody")
    if namer.last.name == "nominate.office":
        await namer.tap(f"office_{office.value}")
    await namer.tap(str(named.membership))
    assert await namer.tap("confirm") == ["election.she_is_asked"]
    await named.tap("accept")


async def stand(village: Village, standing: Mapping[Office, Sequence[Phone]]) -> None:
    """Let these stand, and all the others name nobody; then the ballots begin."""
    for office, phones in standing.items():
        for phone in phones:
            await phone.tap(f"stand_{office.value}")
    silent = [phone for phone in village.voters if "nobody_else" in phone.newest("election.open").choices]
    await together(casts(phone, "election.open", "nobody_else") for phone in silent)


async def ballots(village: Village, chosen: Phone, other: Phone, for_other: Sequence[Phone]) -> None:
    """Vote secretly between two; Naneh's sealed paper is entered by whoever leads the meeting."""
    await paper(village.facilitator, naming(chosen.membership))
    named = {phone: naming((other if phone in for_other else chosen).membership) for phone in village.voters}
    await together(casts(phone, "contest.open", said) for phone, said in named.items())


async def ballots_on_one(village: Village, against: Sequence[Phone] = ()) -> None:
    """Vote secretly on a sole candidate."""
    await paper(village.facilitator, "vote_yes")
    said = {phone: "no" if phone in against else "yes" for phone in village.voters}
    await together(casts(phone, "contest.open", what) for phone, what in said.items())


async def paper(leader: Phone, says: str) -> None:
    """Enter the only sealed paper."""
    await leader.tap("enter")
    await leader.tap("yes")
    await leader.tap(says)
    assert (await leader.tap("confirm"))[-1] == "contest.papers_entered"


async def vote(village: Village, *, no: Sequence[Phone] = (), silent: Sequence[Phone] = ()) -> None:
    """Let everybody vote yes but these; the secretary enters what Naneh said in the meeting."""
    await village.secretary.tap("enter")
    await village.secretary.tap(str(village.naneh))
    await village.secretary.tap("vote_yes")
    assert await village.secretary.tap("confirm") == ["vote.entered"]
    said = {phone: "no" if phone in no else "yes" for phone in village.voters if phone not in silent}
    await together(casts(phone, "vote.open", what) for phone, what in said.items())


async def casts(voter: Phone, card: str, said: str) -> None:
    """Cast a ballot."""
    await voter.tap(said, voter.newest(card))


async def proposes_price(
    who: Phone, method: str, rate: str = "", fund: str = "25", multiple: str = "3"
) -> None:
    """Propose what loans cost, and how large they may be."""
    await who.press("menu_assembly")
    await who.tap("open_rules")
    await who.tap("rules_loan_terms")
    for choice in (multiple, fund, "12", method, *([rate] if rate else [])):
        await give(who, choice)
    assert (await who.tap("confirm"))[-1] == "propose.opened"


async def all_accept(village: Village, document: str) -> None:
    """Let everybody accept what was adopted last; Maryam accepts for Naneh as well."""
    await together(accepts(phone, document) for phone in village.voters)


async def accepts(phone: Phone, document: str) -> None:
    """Accept the newest version, for herself and for whom she helps."""
    version = phone.newest(document).facts["version"]
    for card in [h for h in phone.heard if h.name == document and h.facts["version"] == version]:
        assert "acceptance.thanks" in await phone.tap("accept_rules", card)


async def proposes_bylaws(who: Phone, heading: str, *answers: str) -> None:
    """Propose the bylaws with one heading changed: the answers to what is asked under it."""
    await who.press("menu_assembly")
    await who.tap("open_rules")
    await who.tap("rules_bylaws")
    await who.tap("begin")
    while who.last.name != "bylaws.confirm":
        if who.last.name == heading:
            for answer in ("change_rule", *answers):
                await give(who, answer)
        await who.tap("keep_rule")
    assert (await who.tap("confirm"))[-1] == "propose.opened"


async def objects(who: Phone, about: str, words: str) -> None:
    """Object to the newest thing of a kind."""
    await who.press("menu_objection")
    await who.tap("object")
    if who.last.name == "objection.about":
        await who.tap(about)
    await who.tap(who.last.choices[0])
    await who.say(words)
    assert await who.tap("confirm") == ["objection.sent", "objection.open"]


async def answers(officer: Phone, words: str) -> None:
    """Answer the objection that lies open."""
    await officer.tap("answer_objection")
    await officer.say(words)
    assert await officer.tap("confirm") == ["objection.you_answered"]
