"""How Han characters look: rendered glyphs as vectors whose dot product is their likeness."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from training.tables.standard import standard
from training.tables.table import SourceMissing

if TYPE_CHECKING:
    from PIL import Image, ImageFont

# Debian fonts-noto-cjk (SIL OFL 1.1), installed; or unpacked by `dpkg -x` where TABLES_FONTS says.
_FONT_FOLDER = Path("/usr/share/fonts/opentype/noto")
_SANS = "NotoSansCJK-Regular.ttc"
_SERIF = "NotoSerifCJK-Regular.ttc"

# Font and blur (pixels, of a 64-pixel glyph): what still shows when a name is read small.
_VIEWS = ((_SANS, 1.5), (_SANS, 3.0), (_SERIF, 2.5))

_EM = 64  # pixels, the size of a rendered glyph
_BOX = 72  # pixels, the canvas
_COLLECTION = 5  # fonts of a collection: JP, KR, SC, TC, HK
_STEP = 3  # every third pixel is kept after blurring

# Half-whitening of the principal axes: what all characters share says nothing. Of 0, 0.3, 0.5, 0.7
# (150 or 400 axes) this ranked pycorrector's same_stroke pairs best.
_AXES = 400
_WHITENING = 0.5

Vectors = NDArray[np.float32]


@cache
def characters() -> tuple[str, ...]:
    """Standard characters first, then the others of the basic block and Extension A in the font."""
    font = _font(_SANS)
    missing = _drawn(font, "\uffff").tobytes()
    codes = (*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0))
    rare = (chr(code) for code in codes if chr(code) not in standard())
    drawn = (char for char in rare if _drawn(font, char).tobytes() != missing)
    return (*sorted(standard()), *drawn)


@cache
def positions() -> dict[str, int]:
    """Character -> its row in `vectors`."""
    return {char: row for row, char in enumerate(characters())}


@cache
def vectors() -> Vectors:
    """One unit vector a character, rows as `characters`; raises SourceMissing without fonts."""
    views = [_centred(_view(font, blur)) for font, blur in _VIEWS]
    return _whitened(np.hstack(views))


def _font(name: str) -> ImageFont.FreeTypeFont:
    """The font of a collection that has the mainland Chinese forms."""
    path = Path(os.environ.get("TABLES_FONTS", _FONT_FOLDER)) / name
    if not path.exists():
        raise SourceMissing(f"{path} (Debian package fonts-noto-cjk; TABLES_FONTS names a folder)")
    try:
        from PIL import ImageFont
    except ImportError as error:
        raise SourceMissing("the Pillow package") from error
    fonts = (ImageFont.truetype(path, _EM, index=index) for index in range(_COLLECTION))
    return next(font for font in fonts if str(font.getname()[0]).endswith("CJK SC"))


def _view(name: str, blur: float) -> Vectors:
    """Every character in one font, blurred and thinned out: one flat row each."""
    font = _font(name)
    return np.stack([_blurred(_drawn(font, char), blur) for char in characters()])


def _drawn(font: ImageFont.FreeTypeFont, char: str) -> Image.Image:
    from PIL import Image, ImageDraw

    canvas = Image.new("L", (_BOX, _BOX))
    ImageDraw.Draw(canvas).text((4, -10), char, font=font, fill=255)
    return canvas


def _blurred(canvas: Image.Image, blur: float) -> Vectors:
    from PIL import ImageFilter

    ink = np.asarray(canvas.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32) / 255
    return np.asarray(ink[::_STEP, ::_STEP].ravel(), dtype=np.float32)


def _centred(view: Vectors) -> Vectors:
    """The mean standard character taken away, each row of length one."""
    return _unit(view - view[: len(standard())].mean(axis=0))


def _whitened(rows: Vectors) -> Vectors:
    base = rows[: len(standard())].astype(np.float64)
    values, axes = np.linalg.eigh(base.T @ base / len(base))
    scaled = axes[:, -_AXES:] * values[-_AXES:] ** (-_WHITENING / 2)
    return _unit(np.asarray(rows @ scaled, dtype=np.float32))


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
