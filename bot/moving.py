"""`move`: everything into another, empty database, compared row by row; the way from SQLite to PostgreSQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.verifying import Report, announce, report_of
from storage.copying import Differs, HoldsSomething, check_same, copy_all, opened, refuse_unless_empty
from storage.migrate import migrate

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.settings import Settings

UNFIT = 2


class CannotMove(Exception):
    """Nothing was written; the text says why, and what would help."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the target; the source is the setting."""
    parser.add_argument("--to", required=True, metavar="URL", help="sqlite:///file or postgresql://…, empty")


def main(args: Namespace, settings: Settings) -> int:
    """Move, verify and say what to do next; 2 where it cannot be done, 1 where the books have flaws."""
    try:
        check_there(settings.database_url)
        migrate(settings.database_url)
        report = transfer(settings.database_url, args.to)
    except CannotMove as refusal:
        sys.stderr.write(f"move: {refusal}\n")
        return UNFIT
    code = announce("move", report)
    sys.stdout.write("Everything is there. Set BOT_DATABASE_URL to it before the bot starts again.\n")
    return code


def transfer(source_url: str, target_url: str) -> Report:
    """Copy everything, or nothing. Raises CannotMove."""
    if not target_url.startswith(("sqlite:///", "postgresql://")):
        raise CannotMove("the target must be sqlite:///file or postgresql://user:password@host/database")
    if make_url(source_url) == make_url(target_url):
        raise CannotMove("source and target are the same database")
    make_folder(target_url)
    migrate(target_url)
    try:
        return _transfer(source_url, target_url)
    except HoldsSomething as full:
        raise CannotMove(f"the target is not empty, and nothing is ever overwritten ({full})") from full
    except Differs as different:
        raise CannotMove(
            f"nothing was written: the two would differ in {different}. Stop the bot, and try again"
        ) from different


def _transfer(source_url: str, target_url: str) -> Report:
    with opened(target_url) as target:
        refuse_unless_empty(target)
        with opened(source_url) as source:
            copy_all(source, target)
            source.rollback()  # look anew: what somebody wrote meanwhile must show
            check_same(source, target)
        report = report_of(target)
        target.commit()
    return report


def check_there(url: str) -> None:
    """A file that is not there would be made, and be empty. Raises CannotMove."""
    path = file_of(url)
    if path is not None and not path.is_file():
        raise CannotMove(f"there is no database {path}")


def make_folder(url: str) -> None:
    """Make the folder a file is to stand in. Raises CannotMove."""
    path = file_of(url)
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotMove(f"no folder {path.parent if path else ''}: {error.strerror}") from error


def file_of(url: str) -> Path | None:
    """The file of a SQLite database, None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
