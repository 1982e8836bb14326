"""A group's link as a picture that can be printed and hung up."""

from __future__ import annotations

from io import BytesIO

import segno

MIME = "image/png"
PIXELS_A_SQUARE = 12
QUIET_SQUARES = 4  # the white frame that scanners need


def poster(link: str) -> bytes:
    """Return a PNG with the QR code of a link, readable with a quarter of it dirty or torn."""
    picture = BytesIO()
    code = segno.make(link, error="q", micro=False)
    code.save(picture, kind="png", scale=PIXELS_A_SQUARE, border=QUIET_SQUARES)
    return picture.getvalue()
