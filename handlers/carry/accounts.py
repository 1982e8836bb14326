"""Who is behind an account: a name, a phone, and one person on two messengers."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from domain.commands import AnswerJoining, JoinAccounts, Rename
from domain.ids import PersonId
from domain.refusals import Refused
from domain.values import Code
from handlers.cards import same_person
from handlers.carry.merging import merge
from handlers.concerned import tell_leaders
from handlers.links import start_links
from handlers.menu import menu_of
from handlers.turn import Turn
from storage import groups, joining, people
from storage.people import AccountRow

DIGITS = 8
CODE_HOLDS = timedelta(minutes=15)
WRONG_CODES = 5
WRONG_CODES_COUNT = timedelta(hours=1)
RANDOM_BYTES = 16


def introduce(turn: Turn, name: str, phone: str, *, proven: bool) -> PersonId:
    """Return the person behind this account, made now if there was none; a number newly proven is kept."""
    if turn.person is None:
        person_id = people.add_person(turn.conn, name, phone, turn.now, proven=proven)
        people.attach(turn.conn, turn.here.id, person_id)
    else:
        person_id = turn.person.id
        values: dict[str, object] = {} if turn.person.name else {"name": name}
        if proven or not turn.person.phone_proven:
            values |= {"phone": phone, "phone_proven": proven}
        if values:
            people.update_person(turn.conn, person_id, **values)
    turn.account = people.account_by_id(turn.conn, turn.here.id)
    turn.person = people.person_by_id(turn.conn, person_id)
    return person_id


def ask_about_same_number(turn: Turn) -> None:
    """Two proven owners of one number may be one person: ask here first, and only then there."""
    me = turn.person
    if me is not None and me.phone is not None and me.phone_proven:
        for other in people.proven_with_phone(turn.conn, me.phone, me.id)[:1]:
            same_person.ask_newcomer(turn, other)


def rename(turn: Turn, command: Rename) -> None:
    """Change a name; those who lead her groups are told, so that nobody wonders who that is."""
    before = turn.person.name if turn.person else None
    turn.record(command)
    people.update_person(turn.conn, turn.me, name=command.name)
    told = {m.group_id for m in groups.memberships_of(turn.conn, turn.me)}
    for group_id in sorted(told):
        tell_leaders(turn, turn.group(group_id), "rename.told", before=before or "", name=command.name)
    turn.say("rename.done", menu_of(turn), name=command.name)


def show_code(turn: Turn) -> None:
    """Show a code that joins another account to this one, for a quarter of an hour."""
    code = _digits(turn.desk.random_bytes(RANDOM_BYTES))
    joining.show_code(turn.conn, turn.here.id, code_print(code), turn.now, turn.now + CODE_HOLDS)
    turn.say(
        "join_accounts.code",
        menu_of(turn),
        code=Code(code),
        links=start_links(turn, f"j_{code}"),
        minutes=CODE_HOLDS.seconds // 60,
    )


def code_written(turn: Turn, code: str) -> int | None:
    """Return the id of the code somebody wrote, None where it is none that holds; wrong ones are counted."""
    if joining.wrong_codes(turn.conn, turn.here.id, turn.now) >= WRONG_CODES:
        return None
    found = joining.open_code(turn.conn, code_print(code), turn.now)
    if found is None or found.account_id == turn.here.id:
        joining.note_wrong_code(
            turn.conn, turn.here.id, turn.desk.random_bytes(32), turn.now, turn.now + WRONG_CODES_COUNT
        )
        return None
    return found.id


def ask(turn: Turn, command: JoinAccounts) -> None:
    """Here it was confirmed; the account that showed the code is asked as well."""
    found = joining.open_code(turn.conn, bytes.fromhex(command.code_hash), turn.now)
    owner = people.account_by_id(turn.conn, found.account_id).person_id if found else None
    if found is None or owner is None:
        raise Refused("joining_code_unknown")
    if turn.here.person_id == owner:
        raise Refused("joined_already")
    ask_owner(turn, owner)
    joining.use_code(turn.conn, found.id, turn.here.id, turn.now)


def ask_owner(turn: Turn, owner: PersonId) -> None:
    """Ask the other account, and say here what happens next."""
    if not same_person.ask_owner(turn, owner):
        raise Refused("other_account_unreachable")
    turn.say("join_accounts.other_is_asked", menu_of(turn))


def answer(turn: Turn, command: AnswerJoining) -> None:
    """The second account agrees, and both are one person's; or does not, and nothing changes."""
    asking = people.account_by_id(turn.conn, command.asking)
    if same_person.is_joined(turn, asking):
        raise Refused("joined_already")
    if not _was_asked(turn, asking):
        raise Refused("not_yours")
    if not command.agreed:
        turn.at(asking).say("join_accounts.declined")
        turn.say("join_accounts.you_declined", menu_of(turn))
        return
    merge(turn, command, asking)
    there = turn.at(people.account_by_id(turn.conn, asking.id))
    there.say("join_accounts.joined", menu_of(there), platform=turn.here.platform)
    turn.say("join_accounts.joined", menu_of(turn), platform=asking.platform)


def _was_asked(turn: Turn, asking: AccountRow) -> bool:
    """Tell whether that account asked this person: by a code of hers, or by a number proven on both sides."""
    me = turn.person
    same = people.proven_with_phone(turn.conn, me.phone, me.id) if me and me.phone and me.phone_proven else ()
    return any(one.id == asking.person_id for one in same) or joining.asked_with_code(
        turn.conn, asking.id, turn.me
    )


def code_print(code: str) -> bytes:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).digest()


def _digits(random: bytes) -> str:
    return str(int.from_bytes(random) % 10**DIGITS).zfill(DIGITS)
