"""Text printed in a picture, read by RapidOCR (extra `ocr`) where a cheap look says there may be some.

RapidOCR carries its models in its wheel and needs no network. Its own default size misses small print;
at 320 px typeset names are read best (measured). The cheap look counts places where strokes stand in a
row; it lets through what may hold text and keeps skies and other even pictures out.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from detector.image.look import Reader, Writing
from detector.image.picture import Pixels

SIDE = 320  # longest side of what is read
SURE = 0.6  # below it a reading is not believed
_LONGEST = 120
# A row of print changes between ink and ground so often on a line of 128 px
STROKES = 8


def reader() -> Reader | None:
    """What reads text, or None where the extra is not installed."""
    if importlib.util.find_spec("rapidocr") is None:
        return None
    return read_printed


def may_hold_text(rgb: Pixels) -> bool:
    """False only where hardly any picture holds text; recall in training/bench/pictures."""
    scale = 128 / max(rgb.shape[:2])
    size = (max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale)))
    grey = cv2.cvtColor(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    local = cv2.blur(grey, (9, 9)).astype(np.int16)
    ink = grey.astype(np.int16) - local
    strong = np.where(np.abs(ink) > 14, np.sign(ink), 0)
    for lines in (strong, strong.T):
        changes = (lines[:, 1:] != lines[:, :-1]) & (lines[:, 1:] != 0)
        runs = changes.sum(axis=1)
        rows = runs >= STROKES
        if int((rows[2:] & rows[1:-1] & rows[:-2]).sum()) >= 2:
            return True
    return False


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": SIDE,
            "Det.limit_side_len": SIDE,
            "Det.limit_type": "max",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )


def read_printed(rgb: Pixels) -> list[Writing]:
    """The texts in a picture [h, w, 3] from top to bottom; none where the cheap look sees none."""
    if not may_hold_text(rgb):
        return []
    height, width = rgb.shape[:2]
    found = _engine()(np.ascontiguousarray(rgb[..., ::-1]))
    if found.boxes is None:
        return []
    texts = []
    for corners, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
        if sure < SURE or len(text.strip()) < 2:
            continue
        xs, ys = np.asarray(corners)[:, 0], np.asarray(corners)[:, 1]
        box = (
            max(0, int(xs.min())), max(0, int(ys.min())),
            min(width, int(xs.max())), min(height, int(ys.max())),
        )  # fmt: skip
        share = (box[2] - box[0]) * (box[3] - box[1]) / (width * height)
        texts.append(Writing(text.strip()[:_LONGEST], box, round(share, 4), round(float(sure), 3)))
    return sorted(texts, key=lambda w: (w.region[1], w.region[0]))
