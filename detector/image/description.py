"""What is kept of a mark: enough to recognise it, too little to draw it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from detector.errors import MarkError
from detector.image import canonical, embedding, hashes, keypoints, layout
from detector.image.picture import Pixels

# Keypoints of a mark, and of its mirror image
LIGHT, EDGE = 170, 130
# Colours are kept on a grid of so many cells a side
PALETTE = 8


@dataclass(frozen=True, slots=True)
class Description:
    """A mark in numbers; arrays with a leading 2 hold the mark and its mirror image.

    hashes: [2, 4]. vectors: [2, 96]. maps: [2, 16, 16, 5]. fine: [32, 32, 5]. colours: [8, 8, 3] in
    CIELAB.
    keypoints: of the mark and of its mirror image, in the square of 256 px.
    """

    hashes: hashes.Hashes
    vectors: embedding.Vectors
    maps: NDArray[np.float32]
    fine: NDArray[np.float32]
    colours: NDArray[np.float32]
    keypoints: tuple[keypoints.Keypoints, keypoints.Keypoints]


def describe(rgba: Pixels, network: embedding.Embedding) -> Description:
    """The description of a mark [h, w, 4]."""
    whole = canonical.canonical(rgba)
    both = (whole, np.ascontiguousarray(whole[:, ::-1]))
    finder = keypoints.Finder(LIGHT, EDGE)
    small = [_small(one, layout.SIDE) for one in both]
    return Description(
        hashes.dct(np.stack([canonical.grey(one, hashes.SIDE) for one in both])),
        network.vectors(np.stack([_small(one, embedding.SIDE) for one in both])),
        np.stack([layout.layout(one) for one in small]),
        layout.layout(_small(whole, layout.FINE_SIDE)),
        colours(whole),
        (finder.find(both[0]), finder.find(both[1])),
    )


def colours(rgb: Pixels) -> NDArray[np.float32]:
    """[8, 8, 3]: mean colour of every cell in CIELAB (L 0..255, a and b about 128)."""
    lab = cv2.cvtColor(_small(rgb, PALETTE * 8), cv2.COLOR_RGB2LAB)
    return np.asarray(
        cv2.resize(lab.astype(np.float32), (PALETTE, PALETTE), interpolation=cv2.INTER_AREA),
        np.float32,
    )


def _small(rgb: Pixels, side: int) -> Pixels:
    return np.asarray(cv2.resize(rgb, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def packed(one: Description) -> bytes:
    """A description as a file; floats at half precision, which moves no figure by more than 0.001."""
    out = io.BytesIO()
    np.savez_compressed(
        out,
        hashes=one.hashes,
        vectors=one.vectors.astype(np.float16),
        maps=one.maps.astype(np.float16),
        fine=one.fine.astype(np.float16),
        colours=one.colours.astype(np.uint8),
        counts=np.array([len(k) for k in one.keypoints], np.int32),
        place=np.concatenate([k.place for k in one.keypoints]).astype(np.float16),
        angle=np.concatenate([k.angle for k in one.keypoints]).astype(np.float16),
        size=np.concatenate([k.size for k in one.keypoints]).astype(np.float16),
        bits=np.concatenate([k.bits for k in one.keypoints]),
    )
    return out.getvalue()


def described(data: bytes, named: str) -> Description:
    """The description in a file. Raises MarkError, naming it, where it holds none."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            first = int(held["counts"][0])
            columns = [
                held["place"].astype(np.float32), held["angle"].astype(np.float32),
                held["size"].astype(np.float32), held["bits"].astype(np.uint64),
            ]  # fmt: skip
            return Description(
                held["hashes"].astype(np.uint64),
                held["vectors"].astype(np.float32),
                held["maps"].astype(np.float32),
                held["fine"].astype(np.float32),
                held["colours"].astype(np.float32),
                (
                    keypoints.Keypoints(*(c[:first] for c in columns)),
                    keypoints.Keypoints(*(c[first:] for c in columns)),
                ),
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise MarkError(f"{named}: holds no description of a mark ({error})") from error
