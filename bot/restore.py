"""`restore FILE`: a backup into an empty database of either kind; verified afterwards, over nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from bot.moving import UNFIT, CannotMove, transfer
from bot.verifying import Report, announce
from storage.migrate import migrate

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.settings import Settings

BEGINNING = b"SQLite format 3\x00"


def add_arguments(parser: ArgumentParser) -> None:
    """Take the backup; the database it goes into is the setting."""
    parser.add_argument("file", type=Path, help="a file that `backup` wrote")


def main(args: Namespace, settings: Settings) -> int:
    """Restore and say what was checked; 2 where it cannot be done, 1 where the books have flaws."""
    try:
        return announce("restore", restore(args.file, settings.database_url))
    except (CannotMove, OSError) as refusal:
        sys.stderr.write(f"restore: {refusal}\n")
    except DBAPIError as error:
        sys.stderr.write(f"restore: {args.file} cannot be read to its end ({error.orig})\n")
    return UNFIT


def restore(file: Path, url: str, room: Path | None = None) -> Report:
    """Fill an empty database; the backup, maybe of an older version, is not touched. Raises CannotMove.

    A copy is made in the folder `room`, or where temporary files go.
    """
    if not _is_backup(file):
        raise CannotMove(f"{file} is no backup")
    with TemporaryDirectory(dir=room, prefix=".restore-") as folder:
        copy = Path(folder) / "copy.sqlite"
        shutil.copyfile(file, copy)
        migrate(f"sqlite:///{copy}")
        return transfer(f"sqlite:///{copy}", url)


def _is_backup(file: Path) -> bool:
    with file.open("rb") as found:
        return found.read(len(BEGINNING)) == BEGINNING
