"""Accounts and the persons behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from domain.ids import AccountId, MembershipId, PersonId, Platform
from storage.prepared import Prepared, alone
from storage.schema import account, person
from storage.types import Moment, named


class AccountRow(NamedTuple):
    """One messenger account and, once she has said who she is, the person behind it."""

    id: AccountId
    platform: Platform
    user_id: int
    chat_id: int
    person_id: PersonId | None
    membership_id: MembershipId | None
    unreachable: bool
    preferred: bool  # the account its person spoke from last


class PersonRow(NamedTuple):
    """A person; `name` is None once erased."""

    id: PersonId
    name: str | None
    phone: str | None
    phone_proven: bool
    consent_at: datetime | None
    created_at: datetime


_ACCOUNT_COLUMNS = (
    account.c.id,
    named(account.c.platform, Platform),
    account.c.user_id,
    account.c.chat_id,
    account.c.person_id,
    account.c.membership_id,
    account.c.unreachable_since.is_not(None),
    person.c.account_id.is_not_distinct_from(account.c.id),
)
_PERSON_COLUMNS = (
    person.c.id,
    person.c.name,
    person.c.phone,
    person.c.phone_proven,
    person.c.consent_at,
    person.c.created_at,
)
_WITH_PERSON = account.join(person, account.c.person_id == person.c.id, isouter=True)
_ACCOUNT = select(*_ACCOUNT_COLUMNS).select_from(_WITH_PERSON)


def _both(*columns: object) -> tuple[AccountRow, PersonRow | None]:
    account_made: Callable[..., AccountRow] = AccountRow
    person_made: Callable[..., PersonRow] = PersonRow
    found = account_made(*columns[: len(_ACCOUNT_COLUMNS)])
    return found, person_made(*columns[len(_ACCOUNT_COLUMNS) :]) if found.person_id else None


_BY_USER = Prepared(
    select(*_ACCOUNT_COLUMNS, *_PERSON_COLUMNS)
    .select_from(_WITH_PERSON)
    .where(account.c.platform == bindparam("platform"), account.c.user_id == bindparam("user_id")),
    _both,
)
_BY_ID = Prepared(_ACCOUNT.where(account.c.id == bindparam("id")), AccountRow)
_OF_PERSON = Prepared(
    _ACCOUNT.where(account.c.person_id == bindparam("person_id")).order_by(account.c.id), AccountRow
)
_PERSON = Prepared(select(*_PERSON_COLUMNS).where(person.c.id == bindparam("id")), PersonRow)
_NAME = Prepared(select(person.c.name).where(person.c.id == bindparam("id")), alone)
_OWNER = Prepared(
    select(func.coalesce(person.c.merged_into, person.c.id)).where(person.c.id == bindparam("id")), PersonId
)


def account_for(
    conn: Connection, platform: Platform, user_id: int, chat_id: int, now: datetime
) -> AccountRow:
    """Return the account that wrote, made on its first word."""
    return who_wrote(conn, platform, user_id, chat_id, now)[0]


def who_wrote(
    conn: Connection, platform: Platform, user_id: int, chat_id: int, now: datetime
) -> tuple[AccountRow, PersonRow | None]:
    """Return the account that wrote, made on its first word, and the person behind it."""
    both = _BY_USER.first(conn, platform=platform.value, user_id=user_id)
    if both is None:
        made = insert(account).values(
            platform=platform.value, user_id=user_id, chat_id=chat_id, created_at=now
        )
        return account_by_id(conn, AccountId(conn.execute(made.returning(account.c.id)).scalar_one())), None
    found, behind = both
    if found.chat_id != chat_id:
        conn.execute(update(account).where(account.c.id == found.id).values(chat_id=chat_id))
        found = found._replace(chat_id=chat_id)
    return found, behind


def account_by_id(conn: Connection, account_id: AccountId) -> AccountRow:
    """Return an account that is known to exist."""
    return _BY_ID.one(conn, id=account_id)


def accounts_of(conn: Connection, person_id: PersonId) -> tuple[AccountRow, ...]:
    """Return the accounts of a person, oldest first."""
    return tuple(_OF_PERSON.all(conn, person_id=person_id))


def account_to_tell(conn: Connection, person_id: PersonId) -> AccountRow | None:
    """Return the reachable account she spoke from last, else another reachable one; of whoever she is now."""
    accounts = accounts_of(conn, person_id) or accounts_of(conn, owner_of(conn, person_id))
    reachable = [found for found in accounts if not found.unreachable]
    return next((found for found in reachable if found.preferred), reachable[-1] if reachable else None)


def prefer_account(conn: Connection, person_id: PersonId, account_id: AccountId) -> None:
    """Remember that notices go to this account from now on."""
    conn.execute(update(person).where(person.c.id == person_id).values(account_id=account_id))


def set_reachable(conn: Connection, account_id: AccountId, unreachable_since: datetime | None) -> None:
    """Note since when an account lets us in no more; None when it does again."""
    conn.execute(
        update(account).where(account.c.id == account_id).values(unreachable_since=unreachable_since)
    )


def look_at(conn: Connection, account_id: AccountId, membership_id: MembershipId | None) -> None:
    """Choose the membership this account speaks for from now on."""
    conn.execute(update(account).where(account.c.id == account_id).values(membership_id=membership_id))


def stop_looking(conn: Connection, membership_id: MembershipId) -> None:
    """No account speaks for this membership any more."""
    conn.execute(update(account).where(account.c.membership_id == membership_id).values(membership_id=None))


def attach(conn: Connection, account_id: AccountId, person_id: PersonId) -> None:
    """Say who is behind an account."""
    conn.execute(update(account).where(account.c.id == account_id).values(person_id=person_id))
    prefer_account(conn, person_id, account_id)


def person_by_id(conn: Connection, person_id: PersonId) -> PersonRow:
    """Return a person who is known to exist."""
    return _PERSON.one(conn, id=person_id)


def owner_of(conn: Connection, person_id: PersonId) -> PersonId:
    """Return the person herself, or into whom her record was merged."""
    return _OWNER.one(conn, id=person_id)


def names_of(conn: Connection, person_ids: Iterable[PersonId]) -> dict[PersonId, str]:
    """Return the names of the given persons, a few; an erased name is left out."""
    names = ((found, _NAME.one(conn, id=found)) for found in person_ids)
    return {found: name for found, name in names if name is not None}


def add_person(
    conn: Connection, name: str, phone: str | None, now: datetime, *, proven: bool = False
) -> PersonId:
    """Note a person by the name she wants to be called."""
    values = {"name": name, "phone": phone, "phone_proven": proven, "created_at": now}
    return PersonId(conn.execute(insert(person).values(values).returning(person.c.id)).scalar_one())


def update_person(conn: Connection, person_id: PersonId, **values: object) -> None:
    """Change what is kept of a person."""
    conn.execute(update(person).where(person.c.id == person_id).values(**values))


def note_consent(conn: Connection, person_id: PersonId, terms_hash: bytes, now: datetime) -> None:
    """Keep the print of the terms she consented to last; the day is that of her first consent."""
    first = func.coalesce(person.c.consent_at, bindparam("consent_now", now, Moment))
    update_person(conn, person_id, consent_at=first, consent_hash=terms_hash)


def proven_with_phone(conn: Connection, phone: str, but: PersonId | None) -> tuple[PersonRow, ...]:
    """Return the other persons for whom the platform itself proved this phone number."""
    others = select(*_PERSON_COLUMNS).where(
        person.c.phone == phone,
        person.c.phone_proven == True,  # noqa: E712 — a column
        person.c.merged_into.is_(None),
    )
    return tuple(PersonRow(*row) for row in conn.execute(others) if row.id != but)
