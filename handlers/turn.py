"""One turn: everything that happens because of one update (or one tick), and what is to be said about it.

What is said is collected here and stored as outbox rows when the turn ends, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from domain.calendar import local_day
from domain.ids import AccountId, CommandId, GroupId, InboxId, MembershipId, PersonId, PictureId, Platform
from domain.outgoing import Button, Inline, Keyboard
from domain.places import Places
from domain.refusals import Refused
from handlers import tokens
from storage import books, cards, deaths, groups, people
from storage.groups import GroupRow, MemberRow
from storage.outbox import ALERT, REMINDER, REPLY, OutRow, enqueue
from storage.people import AccountRow, PersonRow
from texts.engine import Texts


def uncounted(_platform: Platform, _refusal: str) -> None:
    """Leave a refusal uncounted."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every turn needs and nobody changes."""

    texts: Texts
    key: bytes
    usernames: Mapping[Platform, str]
    places: Places
    offices: str  # offices.csv as the administrator keeps it
    random_bytes: Callable[[int], bytes]
    poster: Callable[[str], bytes]  # a link as a picture to be printed, PNG
    ballot_key: bytes | None = None  # without it nobody can call a secret vote
    count_refusal: Callable[[Platform, str], None] = uncounted


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a card before it is signed for whoever receives it."""

    kind: str
    id: int
    choice: str
    revision: int
    word: str
    facts: Mapping[str, object] = field(default_factory=dict)


Rows = Sequence[Sequence[Press]]


@dataclass
class Turn:
    """The unit's context; rules below see only values taken from it."""

    desk: Desk
    conn: Connection
    now: datetime
    account: AccountRow | None = None
    inbox_id: InboxId | None = None
    out: list[OutRow] = field(default_factory=list)
    person: PersonRow | None = None
    groups: dict[GroupId, GroupRow] = field(default_factory=dict)
    memo: dict[object, object] | None = field(
        default_factory=dict
    )  # what was read once; None once things change

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def me(self) -> PersonId:
        """Who acts; a stranger is refused kindly."""
        if self.person is None:
            raise Refused("join_first")
        return self.person.id

    @property
    def here(self) -> AccountRow:
        """The account that wrote; only turns of an update have one."""
        if self.account is None:
            raise LookupError("this turn was not caused by an account")
        return self.account

    def member(self, membership_id: MembershipId) -> MemberRow:
        found = groups.member_by_id(self.conn, membership_id)
        if found is None:
            raise Refused("not_found")
        return found

    def group(self, group_id: GroupId) -> GroupRow:
        """Return a group; it is read once in a turn, and again by whoever changes it."""
        if group_id not in self.groups:
            self.groups[group_id] = groups.group_by_id(self.conn, group_id)
        return self.groups[group_id]

    def names(self, persons: Iterable[PersonId]) -> Mapping[PersonId, str]:
        return people.names_of(self.conn, tuple(dict.fromkeys(persons)))

    def parties(self, member: MemberRow | None, *others: PersonId) -> frozenset[PersonId]:
        """Return a member, her helper and others as the persons they are today: records get joined."""
        hers = {p for p in (member.person_id, member.helper_id) if p is not None} if member else set()
        return frozenset(hers | {people.owner_of(self.conn, p) for p in others if p not in hers})

    def record(
        self,
        command: object,
        group_id: GroupId | None = None,
        parties: Iterable[PersonId | None] = (),
        terms: str | None = None,
    ) -> CommandId:
        """Note what was decided, by whom, whom it touches, and the print of the terms they had seen."""
        touched = tuple(dict.fromkeys(p for p in parties if p is not None))
        return books.record_command(
            self.conn,
            type(command).__name__,
            group_id=group_id,
            actor=self.me,
            parties=touched,
            received_at=self.now,
            terms_hash=bytes.fromhex(terms) if terms else None,
            inbox_id=self.inbox_id,
        )

    def at(self, account: AccountRow) -> Turn:
        """Return the same turn as seen from another account: what is said there goes to that chat."""
        person = people.person_by_id(self.conn, account.person_id) if account.person_id else None
        return replace(self, account=account, person=person)

    # --- speaking ---------------------------------------------------------------------------------------

    def say(
        self,
        text: str,
        keyboard: Keyboard | None = None,
        picture: PictureId | None = None,
        /,
        **facts: object,
    ) -> None:
        """Answer in the chat that wrote, with a picture where there is one."""
        body = self.desk.texts.render(text, facts)
        self._send(self.here, body, keyboard, priority=REPLY, picture=picture)

    def whisper(self, text: str, /, **facts: object) -> None:
        """Answer what must not be kept: it is erased here as soon as it was sent."""
        self.say(text, **facts)
        self.out[-1] = self.out[-1]._replace(fleeting=True)

    def refuse(self, refused: Refused, keyboard: Keyboard | None) -> None:
        """Say the rules' no."""
        self.desk.count_refusal(self.here.platform, refused.name)
        self.say(f"refusals.{refused.name}", keyboard, **refused.facts)

    def say_with(self, text: str, rows: Rows, /, **facts: object) -> None:
        """Answer with buttons."""
        self.say(text, self.inline(rows, self.here.id), **facts)

    def tell(
        self, person_id: PersonId, text: str, rows: Rows = (), key: str | None = None, **facts: object
    ) -> None:
        """Tell a person, in the account she used last; whoever cannot be reached is passed over."""
        account = people.account_to_tell(self.conn, person_id)
        if account is not None:
            body = self.desk.texts.render(text, facts)
            self._send(
                account, body, self.inline(rows, account.id) if rows else None, priority=ALERT, key=key
            )

    def remind(self, person_id: PersonId, text: str, rows: Rows, key: str, **facts: object) -> None:
        """Tell a person what may get lost rather than be said twice; all else goes before it."""
        account = people.account_to_tell(self.conn, person_id)
        if account is not None:
            body = self.desk.texts.render(text, facts)
            self._send(account, body, self.inline(rows, account.id), priority=REMINDER, key=key)

    def tell_member(
        self, member: MemberRow, text: str, rows: Rows = (), key: str | None = None, **facts: object
    ) -> None:
        """Tell a member, or the helper who serves her, naming whom it is for; nobody where she has died."""
        if deaths.has_died(self.conn, member):
            return
        if member.helper_id is None:
            self.tell(member.person_id, text, rows, key, **facts)
            return
        account = people.account_to_tell(self.conn, member.helper_id)
        if account is not None:
            body = self.desk.texts.render(text, facts)
            for_whom = self.desk.texts.render("common.for_member", {"name": member.name or ""})
            self._send(
                account,
                f"{for_whom}\n{body}",
                self.inline(rows, account.id) if rows else None,
                priority=ALERT,
                key=key,
            )

    def card(
        self,
        person_id: PersonId,
        card: str,
        text: str,
        rows: Rows = (),
        picture: PictureId | None = None,
        key: str | None = None,
        /,
        **facts: object,
    ) -> None:
        """Send a card: a message that later shows how its matter stands."""
        account = people.account_to_tell(self.conn, person_id)
        if account is not None:
            body = self.desk.texts.render(text, facts)
            self._send(
                account,
                body,
                self.inline(rows, account.id) if rows else None,
                priority=ALERT,
                key=key,
                card=card,
                picture=picture,
            )

    def redraw(self, card: str, text: str, rows: Rows = (), /, **facts: object) -> None:
        """Show the present state on every copy of a card."""
        body = self.desk.texts.render(text, facts)
        for copy in cards.copies_of_card(self.conn, card):
            keyboard = self.inline(rows, copy.account_id) if rows and copy.account_id else None
            self.out.append(
                OutRow(
                    platform=copy.platform,
                    chat_id=copy.chat_id,
                    priority=ALERT,
                    action="edit",
                    text=body,
                    keyboard=keyboard,
                    card=card,
                    created_at=self.now,
                    inbox_id=self.inbox_id,
                )
            )

    def inline(self, rows: Rows, account: AccountId) -> Inline:
        """Sign the buttons for one account."""
        return Inline(tuple(tuple(self._button(press, account) for press in row) for row in rows))

    def finish(self) -> None:
        """Store what is to be said."""
        if self.out:
            enqueue(self.conn, self.out)
            self.out = []

    def _button(self, press: Press, account: AccountId) -> Button:
        token = tokens.Token(press.kind, press.id, press.choice, press.revision)
        label = self.desk.texts.label(press.word, press.facts)
        return Button(label, tokens.sign(self.desk.key, token, account))

    def _send(
        self,
        account: AccountRow,
        body: str,
        keyboard: Keyboard | None,
        *,
        priority: int,
        key: str | None = None,
        card: str | None = None,
        picture: PictureId | None = None,
    ) -> None:
        self.out.append(
            OutRow(
                platform=account.platform,
                chat_id=account.chat_id,
                priority=priority,
                action="photo" if picture is not None else "send",
                text=body,
                keyboard=keyboard,
                picture_id=picture,
                card=card,
                key=key,
                created_at=self.now,
                inbox_id=self.inbox_id,
            )
        )
