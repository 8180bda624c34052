"""The account's picture beside the mark that it shows, the region framed: one PNG for people."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from detector.contract import AssessmentRecord, FindingRecord
from detector.errors import PictureError
from detector.image.marks import Placed
from detector.image.picture import decode, over
from detector.image.reference import read_bytes

SIDE, GAP = 360, 24
_RED, _GREY = (208, 32, 32), (120, 120, 120)


def draw(record: AssessmentRecord, placed: tuple[Placed, ...], beside: Path | None) -> Image.Image:
    """The gravest finding of a mark, drawn. Raises PictureError where no picture shows one."""
    finding = next((f for f in record["findings"] if "shown" in f), None)
    if finding is None or finding["field"] is None:
        raise PictureError("--picture", "nothing was found in a picture of this account")
    reference = record["account"].get(finding["field"], "")
    picture = decode(read_bytes(reference, beside), reference)
    frame = picture.frames[0]
    left = _fitted(Image.fromarray(over(frame, 255)))
    factor = left.width / picture.width
    box = tuple(round(v * factor) for v in finding["shown"]["region"])
    ImageDraw.Draw(left).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), outline=_RED, width=4)
    sheet = Image.new("RGB", (2 * SIDE + 3 * GAP, SIDE + 2 * GAP), (255, 255, 255))
    sheet.paste(left, (GAP, GAP))
    right = _mark(finding, placed)
    sheet.paste(right, (2 * GAP + SIDE, GAP))
    return sheet


def _fitted(picture: Image.Image) -> Image.Image:
    scale = SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _mark(finding: FindingRecord, placed: tuple[Placed, ...]) -> Image.Image:
    """The mark, or a card that names it where only its description may be kept."""
    mark = next((one for one in placed if one.mark.id == finding["shown"]["what"]), None)
    if mark is not None and mark.is_picture:
        data = read_bytes(mark.mark.file, mark.folder)
        return _fitted(Image.fromarray(over(decode(data, mark.mark.file).frames[0], 255)))
    card = Image.new("RGB", (SIDE, SIDE), (244, 244, 244))
    name = finding["shown"]["what"] or "printed text or code"
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, SIDE - 1, SIDE - 1), outline=_GREY)
    draw.text(
        (SIDE / 2, SIDE / 2), f"{name}\n(described, not kept)", _GREY, anchor="mm", font_size=18
    )
    return card
