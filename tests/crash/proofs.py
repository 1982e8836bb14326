"""What must be true, whatever was killed: each flaw is one line; no flaw, no line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from simulator.messenger import Messenger
from storage.passbooks import member_balance
from storage.schema import deposit, entry, inbox, outbox
from storage.verify import verify
from tests.crash.crowd import Saver
from tests.crash.ground import Ground, reminder_text
from texts.shown import NO_BREAK

EXCUSED = "unanswered"  # a tap's wheel may turn on after a crash: answers to taps are never repeated
LONGEST_LIST = 5


def acknowledged(messenger: Messenger) -> frozenset[int]:
    """The numbers of all updates that the bot said it has."""
    queue = messenger.updates
    waiting = {update.id for update in queue._waiting}
    return frozenset(range(messenger.platform.first_update_id, queue._next)) - waiting


async def lost(ground: Ground) -> list[str]:
    """Updates that were acknowledged and are not in the inbox: looked for while nobody works."""
    return await ground.read(lambda conn: list(_lost(conn, ground)))


async def flaws(ground: Ground) -> list[str]:
    """Everything that is not as it must be, now that all is quiet."""
    return await ground.read(lambda conn: list(_flaws(conn, ground))) + _broken_rules(ground)


async def waiting(ground: Ground) -> int:
    """How much is yet to be worked on or said."""
    return await ground.read(_waiting)


def _waiting(conn: Connection) -> int:
    pending = select(func.count()).select_from(inbox).where(inbox.c.state == "pending")
    unsaid = select(func.count()).select_from(outbox).where(outbox.c.state.in_(("waiting", "sending")))
    return int(conn.execute(pending).scalar_one()) + int(conn.execute(unsaid).scalar_one())


def _flaws(conn: Connection, ground: Ground) -> Iterator[str]:
    yield from _lost(conn, ground)
    yield from _unfinished(conn)
    yield from (str(flaw) for flaw in verify(conn))
    yield from _books(conn)
    for saver in ground.crowd.savers:
        yield from _told(conn, saver)
    yield from _reminders(conn, ground)


def _broken_rules(ground: Ground) -> list[str]:
    broken = Counter(one.rule for one in ground.sim.violations if one.rule != EXCUSED)
    return [f"the bot broke a rule of the platform {times} times: {rule}" for rule, times in broken.items()]


def _lost(conn: Connection, ground: Ground) -> Iterator[str]:
    for messenger in ground.sim.world.messengers.values():
        known = select(inbox.c.update_id).where(inbox.c.platform == messenger.platform.flavour.value)
        missing = sorted(acknowledged(messenger) - set(conn.scalars(known)))
        if missing:
            shown = f"{len(missing)} updates acknowledged and lost: {missing[:LONGEST_LIST]}"
            yield f"{messenger.platform.flavour}: {shown}"


def _unfinished(conn: Connection) -> Iterator[str]:
    counted = select(inbox.c.state, func.count()).where(inbox.c.state != "done").group_by(inbox.c.state)
    yield from (f"{number} updates are {state}" for state, number in conn.execute(counted))
    ended = ("sent", "superseded", "uncertain")
    left = select(outbox.c.state, func.count()).where(outbox.c.state.not_in(ended)).group_by(outbox.c.state)
    yield from (f"{number} messages are {state}" for state, number in conn.execute(left))


def _books(conn: Connection) -> Iterator[str]:
    """Each deposit was confirmed and has one entry of its own; there is no other."""
    states = conn.execute(select(deposit.c.state, func.count()).group_by(deposit.c.state))
    yield from (f"{number} deposits are {state}" for state, number in states if state != "confirmed")
    named = conn.scalars(select(deposit.c.entry_id)).all()
    entries = conn.scalars(select(entry.c.id)).all()
    if Counter(named) != Counter(entries):
        yield f"{len(named)} deposits name {len(set(named))} entries, and there are {len(entries)}"


def _told(conn: Connection, saver: Saver) -> Iterator[str]:
    """What a member was told is what the books say: as many savings, those entries, that balance."""
    hers = select(entry.c.sequence).join(deposit, deposit.c.entry_id == entry.c.id)
    booked = conn.scalars(hers.where(deposit.c.membership_id == saver.membership)).all()
    who = f"membership {saver.membership}"
    if len(booked) != saver.reported:
        yield f"{who} finished {saver.reported} savings and has {len(booked)} in the book"
    if set(booked) != set(saver.receipts):
        yield f"{who} has entries {sorted(booked)} and heard of {sorted(saver.receipts)}"
    balance = member_balance(conn, saver.membership)
    if balance.in_toman not in saver.last_receipt.replace(NO_BREAK, " "):
        yield f"{who} has {balance.in_toman} and was told: {saver.last_receipt}"


def _reminders(conn: Connection, ground: Ground) -> Iterator[str]:
    """Never twice; and where it was sent for sure, it was heard."""
    heard = Counter(m.text for phone in ground.bystanders for m in phone.messages if m.from_bot)
    twice = [text for text, times in heard.items() if times > 1]
    yield from (f"said twice: {text}" for text in twice[:LONGEST_LIST])
    sent = conn.execute(select(outbox.c.key, outbox.c.state).where(outbox.c.key.like("r:%"))).all()
    if len(sent) != ground.reminders:
        yield f"{ground.reminders} reminders were put in and {len(sent)} are known"
    unheard = [row.key for row in sent if row.state == "sent" and not heard[_text_of(row.key)]]
    yield from (f"sent and not heard: {key}" for key in unheard[:LONGEST_LIST])


def _text_of(key: str) -> str:
    return reminder_text(int(key.removeprefix("r:")))
