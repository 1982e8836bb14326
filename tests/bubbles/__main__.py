"""`make preview`: play every transcript and scenario and write what is said as a page of chat bubbles."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.bubbles.page import missing, write_page
from tests.bubbles.recording import Recording

ROOT = Path(__file__).parents[2]
WHERE = [str(ROOT / "tests" / folder) for folder in ("conversations", "handlers")]


def main() -> int:
    """Write the page, also of an incomplete run; return what pytest returned."""
    recording = Recording()
    with redirect_stdout(io.StringIO()) as said:
        ended = pytest.main(["--quiet", "--tb=line", "-p", "no:cacheprovider", *WHERE], plugins=[recording])
    shown = recording.shown()
    page = write_page(ROOT / "preview", shown, recording.texts)
    unseen = missing(shown, recording.texts)
    lines = [f"{len(recording.texts.names) - len(unseen)} texts are shown in {page}"]
    lines += [f"not shown: {name}" for name in unseen]
    if ended != pytest.ExitCode.OK:
        lines.append(f"Not all could be played:\n{said.getvalue()}")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(ended)


if __name__ == "__main__":
    sys.exit(main())
