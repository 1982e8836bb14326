"""`backup FILE`: the whole database in one file, taken while the bot runs, and tried before it counts."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.moving import UNFIT, CannotMove, check_there, file_of
from bot.restore import restore
from bot.verifying import Report, announce
from storage.copying import check_same, copy_all, opened
from storage.heads import KeptHead, heads
from storage.migrate import migrate
from storage.units import DatabaseUnavailable

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.settings import Settings

ONLY_OURS = 0o600  # names, phones and the key that signs buttons are in it


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, as restoring it on trial showed."""

    report: Report
    heads: tuple[KeptHead, ...]


def add_arguments(parser: ArgumentParser) -> None:
    """Take the name of a file that is not there yet."""
    parser.add_argument("file", type=Path, help="the file to be written; its heads go to FILE.heads")


def main(args: Namespace, settings: Settings) -> int:
    """Write the file and its heads; 2 where that cannot be, 1 where the books have flaws."""
    try:
        kept = back_up(settings.database_url, args.file)
    except (CannotMove, OSError) as refusal:
        sys.stderr.write(f"backup: {refusal}\n")
        return UNFIT
    code = announce("backup", kept.report)
    sys.stdout.write(f"{args.file}: {args.file.stat().st_size} bytes, restored on trial.\n")
    sys.stdout.write(f"{heads_file(args.file)}: heads of {len(kept.heads)} chains; keep it elsewhere.\n")
    return code


def back_up(url: str, path: Path) -> Kept:
    """Write the file under its own name only when it was restored on trial. Raises CannotMove, OSError."""
    check_there(url)
    if not path.parent.is_dir():
        raise CannotMove(f"there is no folder {path.parent}: make it first")
    for taken in (path, heads_file(path)):
        if taken.exists():
            raise CannotMove(f"{taken} is there already, and nothing is ever overwritten")
    with TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        made = Path(folder) / "made.sqlite"
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OURS))
        _write(url, made)
        kept = _try(made, Path(folder) / "trial.sqlite")
        _store(made)
        made.rename(path)
    heads_file(path).write_text("".join(f"{head}\n" for head in kept.heads), encoding="utf-8")
    return kept


def heads_file(path: Path) -> Path:
    """Where the heads of a backup's chains are written."""
    return path.with_name(f"{path.name}.heads")


def _write(url: str, made: Path) -> None:
    file = file_of(url)
    if file is None:
        _from_postgres(url, made)
    else:
        _from_sqlite(file, made)


def _from_sqlite(file: Path, made: Path) -> None:
    """One consistent state, whoever writes meanwhile; what was erased is not in it."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(made),))
    except sqlite3.Error as error:
        raise DatabaseUnavailable(str(error)) from error


def _from_postgres(url: str, made: Path) -> None:
    """The same file as from SQLite, so that there is one kind of backup."""
    target_url = f"sqlite:///{made}"
    migrate(target_url)
    with opened(url) as source, opened(target_url) as target:
        copy_all(source, target)
        check_same(source, target)
        target.commit()


def _try(made: Path, trial: Path) -> Kept:
    """Restore into a new file and check its books: a backup that was never restored is only a hope."""
    report = restore(made, f"sqlite:///{trial}", trial.parent)
    with opened(f"sqlite:///{trial}") as conn:
        return Kept(report, heads(conn))


def _store(made: Path) -> None:
    """Have the disk itself hold it."""
    with made.open("rb") as written:
        os.fsync(written.fileno())
