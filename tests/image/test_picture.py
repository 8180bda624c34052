"""Strangers' bytes become a small upright picture, or an error that names the file and says why."""

import base64
import io
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from detector.errors import PictureError
from detector.image.limits import LIMITS
from detector.image.picture import decode, over
from detector.image.reference import read_bytes
from tests.image.pictures import badge, file, png

RGB = Image.fromarray(over(np.asarray(badge()), 255))
READABLE = {
    "a JPEG": file(RGB, "JPEG"),
    "a progressive JPEG": file(RGB, "JPEG", progressive=True),
    "a CMYK JPEG": file(RGB.convert("CMYK"), "JPEG"),
    "a grey JPEG": file(RGB.convert("L"), "JPEG"),
    "a PNG": file(RGB, "PNG"),
    "a PNG with alpha": file(badge(), "PNG"),
    "a palette PNG": file(RGB.quantize(16), "PNG"),
    "a palette PNG with a clear colour": file(RGB.quantize(16), "PNG", transparency=9),
    "a PNG of one bit": file(RGB.convert("1"), "PNG"),
    "a 16-bit PNG": file(Image.fromarray(np.asarray(RGB.convert("L"), np.uint16) * 257), "PNG"),
    "a WebP": file(RGB, "WEBP"),
    "a WebP with alpha": file(badge(), "WEBP"),
    "a GIF": file(RGB, "GIF"),
    "a BMP": file(RGB, "BMP"),
    "an AVIF": file(RGB, "AVIF"),
}


@pytest.mark.parametrize("name", READABLE)
def test_it_is_read(name: str) -> None:
    picture = decode(READABLE[name], name)
    assert (picture.width, picture.height) == (128, 128)
    (frame,) = picture.frames
    assert frame.shape == (128, 128, 4)
    light = over(frame, 255).mean(axis=2)
    expected = np.asarray(RGB.convert("L"), np.float64)
    assert np.corrcoef(light.ravel(), expected.ravel())[0, 1] > 0.8


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'
UNREADABLE = {
    "nothing known": (b"hello", "no picture of a known format"),
    "an SVG": (SVG, "SVG or XML, which is never run"),
    "an SVG behind blanks": (b"\xef\xbb\xbf \n<svg/>", "SVG"),
    "a PDF": (b"%PDF-1.7 ...", "no picture of a known format"),
    "a TIFF, which is not asked for": (file(RGB, "TIFF"), "no picture of a known format"),
    "one pixel": (file(Image.new("RGB", (1, 1)), "PNG"), "too small"),
    "a line": (file(Image.new("RGB", (300, 3)), "PNG"), "too small"),
    "a cut JPEG": (READABLE["a JPEG"][:300], "damaged"),
    "a cut PNG": (READABLE["a PNG"][:60], "damaged"),
    "a header of 100,000 x 100,000": (png(100_000, 100_000), "pixels"),
    "a header of 30,000 x 20": (png(30_000, 20), "pixels"),
    "a header that lies about its pixels": (png(4000, 4000, b"x"), "damaged"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_it_is_an_error_that_names_it(name: str) -> None:
    data, told = UNREADABLE[name]
    with pytest.raises(PictureError, match=told) as caught:
        decode(data, "their.png")
    assert caught.value.named == "their.png"


def test_a_page_behind_a_picture_is_not_looked_at() -> None:
    data = READABLE["a GIF"] + b"<html><script>alert(1)</script>"
    assert decode(data, "x").format == "GIF"


def test_a_turned_photo_stands_upright() -> None:
    tall = Image.new("RGB", (40, 80), (255, 255, 255))
    tall.paste((200, 0, 0), (0, 0, 40, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # must be turned by 90 degrees
    picture = decode(file(tall, "JPEG", exif=exif.tobytes()), "x")
    assert (picture.width, picture.height) == (80, 40)
    frame = picture.frames[0]
    assert frame.shape[:2] == (40, 80)
    assert frame[20, 75, 1] < 90 < frame[20, 5, 1]  # what was on top is now on the right


def test_an_animation_is_looked_at_from_first_to_last() -> None:
    frames = [Image.new("RGB", (32, 32), (v, 0, 0)) for v in range(10, 250, 24)]
    data = file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = decode(data, "x")
    assert picture.total == 10
    shades = [int(frame[5, 5, 0]) for frame in picture.frames]
    assert shades == sorted(shades)
    assert len(shades) == LIMITS.frames
    assert shades[0] < 20 < 200 < shades[-1]


def test_a_large_picture_is_kept_small_and_costs_bounded_memory() -> None:
    data = file(Image.new("RGB", (8000, 6000), (10, 90, 10)), "JPEG")
    tracemalloc.start()
    picture = decode(data, "x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (picture.width, picture.height) == (8000, 6000)
    assert max(picture.frames[0].shape) == LIMITS.side
    assert peak < 100e6


def test_many_frames_of_a_large_animation_end_soon() -> None:
    frames = [Image.new("RGB", (2000, 2000), (v, v, 0)) for v in range(40)]
    data = file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    started = time.monotonic()
    decode(data, "x")
    assert time.monotonic() - started < 20


def test_the_same_bytes_have_the_same_name() -> None:
    assert decode(READABLE["a PNG"], "a").sha256 == decode(READABLE["a PNG"], "b").sha256


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_corrupted_files_are_read_or_named_never_a_crash(data: st.DataObject) -> None:
    original = READABLE[data.draw(st.sampled_from(sorted(READABLE)))]
    spoilt = bytearray(original[: data.draw(st.integers(1, len(original)))])
    for _ in range(data.draw(st.integers(0, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = decode(bytes(spoilt), "spoilt")
    except PictureError as error:
        assert str(error).startswith("spoilt: ")
    else:
        assert max(picture.frames[0].shape[:2]) <= LIMITS.side


def _inline(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def test_a_path_is_read_beside_the_account_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "me.png").write_bytes(b"12345")
    assert read_bytes("a/me.png", tmp_path) == b"12345"


def test_a_data_uri_is_read() -> None:
    assert read_bytes(_inline(b"12345"), None) == b"12345"
    assert read_bytes("data:,a%20b", None) == b"a b"


REFUSED = {
    "an address on the network": ("https://example.org/a.png", "files only"),
    "a file address": ("file:///etc/hosts", "files only"),
    "a path out of the folder": ("../secret.png", "outside the folder"),
    "an absolute path": ("/etc/hostname", "outside the folder"),
    "no such file": ("none.png", "cannot be read"),
    "a folder": ("folder", "cannot be read|is no file"),
    "a name with a NUL": ("a\0b.png", "cannot be read"),
    "an endless name": ("a" * 5000, "cannot be read"),
    "an empty file": ("empty.png", "is empty"),
    "a file too long": ("long.png", "larger than"),
    "no base64": ("data:image/png;base64,????", "is not base64"),
    "no data URI": ("data:image/png", "no data: URI"),
    "a data URI too long": (_inline(b"x" * 2000), "larger than|longer than"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_reference_that_is_refused(name: str, tmp_path: Path) -> None:
    reference, told = REFUSED[name]
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "long.png").write_bytes(b"x" * 2000)
    with pytest.raises(PictureError, match=told):
        read_bytes(reference, tmp_path, replace(LIMITS, file_bytes=1000))


def test_a_path_needs_a_folder() -> None:
    with pytest.raises(PictureError, match="beside which file"):
        read_bytes("me.png", None)


def test_alpha_over_white_and_over_black() -> None:
    clear = np.zeros((4, 4, 4), np.uint8)
    assert over(clear, 255).min() == 255
    assert over(clear, 0).max() == 0
    with Image.open(io.BytesIO(READABLE["a PNG with alpha"])) as opened:
        assert over(np.asarray(opened), 255)[0, 0].tolist() == [255, 255, 255]
