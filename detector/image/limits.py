"""How much of a stranger's picture is read: every limit in one table, checked before decoding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """file_bytes: longest file. pixels, longest_side: largest picture, read from its header.

    frames: how many frames of an animation are looked at. smallest_side: below it nothing can be
    recognised. side: longest side of what is kept in memory, in pixels.
    """

    # Platforms cap avatars at 2-10 MB
    file_bytes: int = 16 << 20
    # A 20,000 x 2,500 banner still passes; 50 million pixels of RGBA are 200 MB while decoding
    pixels: int = 50_000_000
    longest_side: int = 20_000
    # First, middle and last of what is shown
    frames: int = 3
    # An emoji on a page has 16; a mark of 8 px is a smudge
    smallest_side: int = 16
    # Twice the 256 px at which marks are compared
    side: int = 512


LIMITS = Limits()
