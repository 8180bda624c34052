"""Where in a picture a mark lies: the map on which most of the matched keypoints agree.

Every match proposes a similarity (its two keypoints have a place, an angle and a size each); the one
that most others bear out is refined to an affine map by least squares. Nothing is drawn at random, so
the same picture always gives the same answer (in place of RANSAC; generalised Hough, Lowe 2004).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detector.image.keypoints import Keypoints
from detector.image.votes import Matches

# A keypoint agrees when it falls so near, of a mark 256 px long, turned and scaled by no more
NEAR, TURN, ZOOM = 11.0, 0.55, 1.6
# Matches of a mark: below the first it is not looked at, above the second the nearest are
FEWEST, MOST = 4, 64
CELL = 24.0  # inliers within one cell of so many pixels count as one


class Pose(NamedTuple):
    """A mark (`owner`) seen in a picture. affine: [2, 3], picture -> mark, both 256 px long.

    inliers: keypoints that agree. cells: distinct places on the mark among them. weight: the
    inliers, each divided by the number of marks that its keypoint resembles.
    """

    owner: int
    affine: NDArray[np.float64]
    inliers: int
    cells: int
    weight: float


def poses(query: Keypoints, stored: Keypoints, owner: NDArray[np.int32], matches: Matches,
          most: int) -> list[Pose]:  # fmt: skip
    """The `most` marks with the weightiest agreement, weightiest first."""
    if not len(matches.query):
        return []
    owners = owner[matches.stored]
    shared = np.bincount(matches.query, minlength=len(query))[matches.query]
    rarity = np.asarray(1.0 / np.sqrt(shared), np.float64)
    votes = np.bincount(owners, weights=rarity)
    counts = np.bincount(owners)
    chosen = np.argsort(-votes, kind="stable")[: most * 3]
    found = [
        pose
        for number in chosen
        if counts[number] >= FEWEST
        and (pose := _of_owner(int(number), query, stored, matches, owners == number, rarity))
    ]
    found.sort(key=lambda pose: (-pose.weight, pose.owner))
    return found[:most]


def _of_owner(
    number: int, query: Keypoints, stored: Keypoints, matches: Matches,
    of_owner: NDArray[np.bool_], rarity: NDArray[np.float64],
) -> Pose | None:  # fmt: skip
    rows = np.flatnonzero(of_owner)
    if len(rows) > MOST:
        rows = rows[np.argsort(matches.bits[rows], kind="stable")[:MOST]]
    q, s = matches.query[rows], matches.stored[rows]
    inside, affine = _best(
        query.place[q].astype(np.float64), query.angle[q].astype(np.float64),
        query.size[q].astype(np.float64), stored.place[s].astype(np.float64),
        stored.angle[s].astype(np.float64), stored.size[s].astype(np.float64), rarity[rows],
    )  # fmt: skip
    inliers = int(inside.sum())
    if inliers < FEWEST or not _sane(affine):
        return None
    places = np.unique((stored.place[s][inside] // CELL).astype(np.int64), axis=0)
    return Pose(number, affine, inliers, len(places), float(rarity[rows][inside].sum()))


def _sane(affine: NDArray[np.float64]) -> bool:
    """No mirror image, no line, nothing so large or small that nobody would see it."""
    across = np.linalg.svd(affine[:, :2], compute_uv=False)
    upright = np.linalg.det(affine[:, :2]) > 0
    return bool(upright and across[1] > 0.3 and across[0] < 8 and across[0] < 2.2 * across[1])


@njit(cache=True, nogil=True)
def _best(qp, qa, qs, mp, ma, ms, weight):  # type: ignore[no-untyped-def]
    n = qp.shape[0]
    best, top = np.zeros(n, np.bool_), -1.0
    inside = np.zeros(n, np.bool_)
    for i in range(n):
        zoom, turn = ms[i] / qs[i], ma[i] - qa[i]
        a, b = zoom * np.cos(turn), zoom * np.sin(turn)
        tx = mp[i, 0] - (a * qp[i, 0] - b * qp[i, 1])
        ty = mp[i, 1] - (b * qp[i, 0] + a * qp[i, 1])
        total = 0.0
        for j in range(n):
            dx = a * qp[j, 0] - b * qp[j, 1] + tx - mp[j, 0]
            dy = b * qp[j, 0] + a * qp[j, 1] + ty - mp[j, 1]
            turned = ma[j] - qa[j] - turn
            turned = abs(turned - 2 * np.pi * np.round(turned / (2 * np.pi)))
            zoomed = ms[j] / qs[j] / zoom
            inside[j] = (
                dx * dx + dy * dy < NEAR * NEAR * 2 and turned < TURN and 1 / ZOOM < zoomed < ZOOM
            )
            if inside[j]:
                total += weight[j]
        if total > top:
            top = total
            best[:] = inside
    affine = np.zeros((2, 3))
    for _ in range(3):
        count = best.sum()
        if count < 3:
            break
        affine = _fitted(qp, mp, best, count)
        changed = False
        for j in range(n):
            dx = affine[0, 0] * qp[j, 0] + affine[0, 1] * qp[j, 1] + affine[0, 2] - mp[j, 0]
            dy = affine[1, 0] * qp[j, 0] + affine[1, 1] * qp[j, 1] + affine[1, 2] - mp[j, 1]
            now = dx * dx + dy * dy < NEAR * NEAR
            changed = changed or now != best[j]
            best[j] = now
        if not changed:
            break
    return best, affine


@njit(cache=True, nogil=True)
def _fitted(qp, mp, chosen, count):  # type: ignore[no-untyped-def]
    """The affine map by least squares, drawn towards a similarity where there are few points."""
    a = np.zeros((6, 6))
    y = np.zeros(6)
    for j in range(qp.shape[0]):
        if not chosen[j]:
            continue
        row = np.array([qp[j, 0], qp[j, 1], 1.0])
        for r in range(3):
            for c in range(3):
                a[r, c] += row[r] * row[c]
                a[3 + r, 3 + c] += row[r] * row[c]
            y[r] += row[r] * mp[j, 0]
            y[3 + r] += row[r] * mp[j, 1]
    # (a - e)^2 + (b + d)^2 = 0 for a similarity: stands in for 256-px evidence of some 3 points
    pull = 3.0 * 3000.0 if count < 12 else 3000.0
    a[0, 0] += pull
    a[4, 4] += pull
    a[0, 4] -= pull
    a[4, 0] -= pull
    a[1, 1] += pull
    a[3, 3] += pull
    a[1, 3] += pull
    a[3, 1] += pull
    for r in range(6):
        a[r, r] += 1e-6
    return np.linalg.solve(a, y).reshape(2, 3)
