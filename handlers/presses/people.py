"""Taps on applications, on a group's page, and on the question whether two accounts are one person's."""

from __future__ import annotations

from domain.commands import Admit, AnswerJoining
from domain.ids import AccountId, GroupId, MembershipId, PersonId
from domain.refusals import Refused
from handlers.cards import applicant, objection
from handlers.cards import group as page
from handlers.carry import accounts
from handlers.carry_out import carry_out
from handlers.concerned import leaders_of
from handlers.menu import menu_of
from handlers.openers.groups import led_by_me
from handlers.turn import Turn
from handlers.views import groups as views
from handlers.views import rules
from storage import people


def on_applicant(turn: Turn, membership_id: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Admit at once, or ask for the reason of declining."""
    member = turn.member(MembershipId(membership_id))
    if member.state != "applied" and turn.me in leaders_of(turn, turn.group(member.group_id)):
        turn.say("common.already_answered")
        turn.say(f"applicant.{member.state}", **applicant.facts_of(turn, member))
        return None
    if choice == "decline":
        return "decline_applicant"
    carry_out(turn, Admit(member.id))
    return None


def on_group(turn: Turn, group_id: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — as above
    """Open the page, hand out the invitation, show who waits or objects, or name the talk to begin."""
    group = led_by_me(turn, GroupId(group_id))
    match choice:
        case "open":
            page.show(turn, group)
        case "poster":
            views.invitation(turn, group)
        case "open_rules":
            rules.page(turn, group.id)
        case "applicants":
            for member in applicant.waiting_in(turn, group):
                turn.say_with(
                    f"applicant.{member.state}", applicant.rows_of(member), **applicant.facts_of(turn, member)
                )
        case "objections":
            for found in objection.seen_by_leader(turn, group):
                objection.send_card(turn, found, turn.me)
        case "add_member" | "appoint" | "propose" | "elect" | "say_death":
            return choice
        case _:
            raise Refused("not_found")
    return None


def on_same_person(turn: Turn, number: int, choice: str, revision: int) -> None:  # noqa: ARG001 — as above
    """First the newcomer says yes, then the owner; only then is anything joined."""
    match choice:
        case "mine":
            owner = people.owner_of(turn.conn, PersonId(number))
            if owner == turn.me:
                turn.say("join_accounts.joined_long_ago", menu_of(turn))
            else:
                accounts.ask_owner(turn, owner)
        case "not_mine":
            turn.say("join_accounts.stays_apart", menu_of(turn))
        case "agree" | "disagree":
            carry_out(turn, AnswerJoining(AccountId(number), agreed=choice == "agree"))
        case _:
            raise Refused("not_found")
