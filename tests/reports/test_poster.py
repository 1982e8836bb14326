from __future__ import annotations

import struct
import zlib

import segno

from reports.poster import PIXELS_A_SQUARE, QUIET_SQUARES, poster

LINK = "https://t.me/khodyar_test_bot?start=g_ACDF34"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
DARK = 0
NO_FILTER, UP = 0, 2


def squares(png: bytes) -> list[list[bool]]:
    """Whether each square is dark, read from the middle of it."""
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (1, 0), "one bit of grey"
    rows = _unfiltered(_pixels(png), 1 + (width + 7) // 8, height)
    middles = range(PIXELS_A_SQUARE // 2, width, PIXELS_A_SQUARE)
    return [[(rows[y][x // 8] >> (7 - x % 8)) & 1 == DARK for x in middles] for y in middles]


def _pixels(png: bytes) -> bytes:
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    return zlib.decompress(png[start + 4 : start + 4 + length])


def _unfiltered(raw: bytes, row_bytes: int, height: int) -> list[bytes]:
    """Undo the two filters segno uses: none, and the difference to the row above."""
    above, rows = bytes(row_bytes - 1), []
    for i in range(height):
        kind, *row = raw[i * row_bytes : (i + 1) * row_bytes]
        assert kind in (NO_FILTER, UP)
        above = (
            bytes(row) if kind == NO_FILTER else bytes((a + b) % 256 for a, b in zip(row, above, strict=True))
        )
        rows.append(above)
    return rows


def test_a_poster_is_the_link_as_a_square_code_with_a_white_frame() -> None:
    png = poster(LINK)
    assert png.startswith(SIGNATURE)
    wanted = segno.make(LINK, error="q", micro=False).matrix_iter(border=QUIET_SQUARES)
    assert squares(png) == [[bool(square) for square in row] for row in wanted]


def test_the_same_link_gives_the_same_picture_and_another_one_another() -> None:
    assert poster(LINK) == poster(LINK)
    assert poster(LINK) != poster(LINK.replace("ACDF34", "ACDF39"))


def test_a_poster_is_small_enough_for_any_platform() -> None:
    assert len(poster(LINK)) < 20_000
