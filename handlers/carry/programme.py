"""The programme's side: interest and what became of it, invitations into roles, and taking them up."""

from __future__ import annotations

from datetime import timedelta

from domain.appointing import Mandate, may_invite, names_of
from domain.calendar import local_day
from domain.commands import (
    AcceptInvitation,
    ExpressInterest,
    FindOffices,
    Invite,
    LeadState,
    MarkLead,
)
from domain.county_offices import offices_in
from domain.ids import InvitationId, LeadId, PersonId
from domain.places import Place
from domain.refusals import Refused
from handlers.cards import lead as card
from handlers.carry.accounts import ask_about_same_number, introduce
from handlers.invitations import CLAIM, CODE_BYTES, Offer, digest_of, new_code, offer_of, take
from handlers.links import start_links
from handlers.menu import menu_of
from handlers.openers.programme import mandates_of
from handlers.standing import LEAD_READERS
from handlers.turn import Turn
from handlers.views.leads import counties_of
from storage import books, invitations, leads, people, roles
from storage.leads import LeadRow
from storage.roles import RoleRow

A_DAY = timedelta(days=1)
MOST_COUNTIES_A_DAY = 3
INVITATION_LASTS = timedelta(days=7)


def find_offices(turn: Turn, command: FindOffices) -> None:
    """Name the county's two offices, with what the administrator entered about them."""
    place = _county(turn, command.county)
    labour, welfare = offices_in(turn.desk.offices, place)
    turn.say("where.offices", menu_of(turn), county=place.county, labour=labour, welfare=welfare)


def express_interest(turn: Turn, command: ExpressInterest) -> None:
    """Store that somebody wants to be called and tell those who look after her county."""
    place = _county(turn, command.county)
    earlier = leads.lead_since(turn.conn, turn.here.id, command.county, turn.now - A_DAY)
    if earlier is not None:
        leads.correct_lead(turn.conn, earlier.id, command.name, command.phone)
        card.redraw(turn, _lead(turn, earlier.id))
        turn.say("interest.known", menu_of(turn), county=place.county)
        return
    if leads.count_since(turn.conn, turn.here.id, turn.now - A_DAY) >= MOST_COUNTIES_A_DAY:
        raise Refused("interest_in_too_many_counties")
    _record_interest(turn, command)
    lead_id = leads.add_lead(
        turn.conn, turn.here.id, place.code, turn.now, name=command.name, phone=command.phone
    )
    told = card.send_cards(turn, _lead(turn, lead_id))
    turn.say("interest.noted" if told else "interest.kept", menu_of(turn), county=place.county)


def mark_lead(turn: Turn, command: MarkLead) -> None:
    """Write down what became of a lead; whoever is invited is told so."""
    found = _lead(turn, command.lead)
    _looks_after(turn, found)
    if not leads.mark_lead(turn.conn, found.id, command.state, turn.me, turn.now):
        turn.say("common.already_answered")
        turn.say(f"lead.{found.state}", lead=card.shown(turn, found))
        return
    turn.record(command)
    card.redraw(turn, _lead(turn, found.id))
    if command.state is LeadState.INVITED:
        interested = turn.at(people.account_by_id(turn.conn, found.account_id))
        interested.say("interest.invited", county=card.place_of(turn, found).county)


def invite(turn: Turn, command: Invite) -> None:
    """Make a one-time link; the code itself is kept nowhere but in the message."""
    wanted = Mandate(command.role, command.province, command.county)
    if not may_invite(mandates_of(turn), wanted):
        raise Refused("not_yours_to_invite")
    turn.record(command)
    code = new_code(turn.desk.random_bytes(CODE_BYTES))
    expires = turn.now + INVITATION_LASTS
    invitations.add_invitation(
        turn.conn,
        bytes.fromhex(digest_of(code)),
        wanted,
        created_by=turn.me,
        created_at=turn.now,
        expires_at=expires,
    )
    province, county = names_of(wanted, turn.desk.places)
    turn.say("invite.made", menu_of(turn), until=local_day(expires))
    links = start_links(turn, f"r_{code}")
    turn.say("invite.to_forward", role=wanted.role, province=province, county=county, links=links)


def accept(turn: Turn, command: AcceptInvitation) -> None:
    """Use the link up, make or find the person, grant the role, and tell whoever invited."""
    offer = offer_of(turn, command.code_hash)
    take(turn, offer)
    person = _introduced(turn, command)
    if offer.subject != CLAIM:
        invitations.taken_by(turn.conn, InvitationId(offer.subject), person)
    mandate = offer.mandate
    roles.grant(
        turn.conn, RoleRow(person, mandate.role, mandate.province, mandate.county), offer.inviter, turn.now
    )
    turn.record(command, parties=(offer.inviter,), terms=command.terms)
    province, county = names_of(mandate, turn.desk.places)
    turn.say("accept_role.done", menu_of(turn), role=mandate.role, province=province, county=county)
    _tell_of_leads(turn, mandate)
    ask_about_same_number(turn)
    _tell_inviter(turn, offer, command.name)


def _introduced(turn: Turn, command: AcceptInvitation) -> PersonId:
    """Return who accepts, with the consent just given."""
    person = introduce(turn, command.name, command.phone, proven=command.phone_proven)
    people.update_person(turn.conn, person, consent_at=turn.now, consent_hash=bytes.fromhex(command.terms))
    turn.person = people.person_by_id(turn.conn, person)
    return person


def _tell_of_leads(turn: Turn, mandate: Mandate) -> None:
    """Who comes to a county in which people wait to be called is told at once."""
    waiting = leads.count_open(turn.conn, counties_of(turn)) if mandate.role in LEAD_READERS else 0
    if waiting:
        turn.say("lead.wait_for_you", count=waiting)


def _tell_inviter(turn: Turn, offer: Offer, name: str) -> None:
    if offer.inviter is not None:
        province, county = names_of(offer.mandate, turn.desk.places)
        turn.tell(
            offer.inviter,
            "accept_role.accepted",
            key=f"role_accepted:{offer.subject}",
            name=name,
            role=offer.mandate.role,
            province=province,
            county=county,
        )


def _record_interest(turn: Turn, command: ExpressInterest) -> None:
    """Note the command; whoever is interested need not be a known person yet."""
    person = turn.person.id if turn.person else None
    books.record_command(
        turn.conn,
        type(command).__name__,
        group_id=None,
        actor=person,
        parties=(person,) if person else (),
        received_at=turn.now,
        inbox_id=turn.inbox_id,
    )


def _looks_after(turn: Turn, found: LeadRow) -> None:
    counties = counties_of(turn)
    if counties is not None and found.county not in counties:
        raise Refused("not_your_county")


def _lead(turn: Turn, lead_id: LeadId) -> LeadRow:
    found = leads.lead_by_id(turn.conn, lead_id)
    if found is None:
        raise Refused("not_found")
    return found


def _county(turn: Turn, code: str) -> Place:
    place = turn.desk.places.by_code(code)
    if place is None:
        raise Refused("not_found")
    return place
