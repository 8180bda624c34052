"""shape_classes.tsv: small classes of look-alikes, for blocking."""

import heapq
from collections.abc import Iterator
from functools import cache

from training.tables.shapes import pairs
from training.tables.table import Row, Table

LEAST = 0.75  # similarity of the pairs that ought to share a class
LARGEST = 8  # members of a class
MOST_CLASSES = 2  # of a character
# Who joins a class must be listed as alike to this share of its members: no chaining.
LEAST_SHARE = 0.6

Edge = frozenset[str]


class _Cover:
    """Classes chosen one by one, each time the one that unites most pairs not yet united."""

    def __init__(self) -> None:
        self.open = {frozenset(pair): _worth(s) for pair, s in pairs().items() if s >= LEAST}
        self.of: dict[str, list[int]] = {}
        self.count = 0

    def run(self) -> None:
        """Greedy with stale gains: a gain only falls, so the top of the heap is looked at anew."""
        heap = [(-self._gain(self.grow(seed)), seed) for seed in sorted(_neighbours())]
        heapq.heapify(heap)
        while heap:
            _, seed = heapq.heappop(heap)
            members = self.grow(seed)
            gain = self._gain(members)
            if heap and gain < -heap[0][0]:
                if gain:
                    heapq.heappush(heap, (-gain, seed))
            elif gain:
                self._take(members)
                heapq.heappush(heap, (-gain, seed))

    def grow(self, seed: str) -> list[str]:
        """A class around a character: at each step the one that unites most open pairs."""
        members = [seed] if self._free(seed) else []
        while members and len(members) < LARGEST:
            best = max(
                ((self._new_edges(c, members), c) for c in self._joinable(members)),
                default=(0, ""),
            )
            if not best[0]:
                break
            members.append(best[1])
        return members

    def _joinable(self, members: list[str]) -> set[str]:
        around = {c for member in members for c in _neighbours().get(member, ())}
        return {
            char
            for char in around - set(members)
            if self._free(char)
            and sum(char in _alike()[m] for m in members) >= LEAST_SHARE * len(members)
        }

    def _free(self, char: str) -> bool:
        return len(self.of.get(char, ())) < MOST_CLASSES

    def _new_edges(self, char: str, members: list[str]) -> int:
        return sum(self.open.get(frozenset((char, member)), 0) for member in members)

    def _edges(self, members: list[str]) -> set[Edge]:
        return {frozenset((a, b)) for a in members for b in members if a < b} & self.open.keys()

    def _gain(self, members: list[str]) -> int:
        return sum(self.open[edge] for edge in self._edges(members))

    def _take(self, members: list[str]) -> None:
        for edge in self._edges(members):
            del self.open[edge]
        for char in members:
            self.of.setdefault(char, []).append(self.count)
        self.count += 1


def _worth(similarity: float) -> int:
    """How much it matters that a pair shares a class: 1 at the least similarity, 6 at 1.0."""
    return 1 + round((similarity - LEAST) * 20)


@cache
def _neighbours() -> dict[str, list[str]]:
    """Character -> those that it ought to share a class with."""
    return _graph(LEAST)


@cache
def _alike() -> dict[str, set[str]]:
    """Character -> all that shapes.tsv lists with it."""
    return {char: set(others) for char, others in _graph(0.0).items()}


def _graph(least: float) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {}
    for (a, b), similarity in sorted(pairs().items()):
        if similarity >= least:
            graph.setdefault(a, []).append(b)
            graph.setdefault(b, []).append(a)
    return graph


def rows() -> Iterator[Row]:
    """Each character of a class with its one or two classes."""
    cover = _Cover()
    cover.run()
    for char, numbers in sorted(cover.of.items()):
        yield char, *(f"s{number:04d}" for number in numbers), *("",) * (2 - len(numbers))


TABLE = Table(
    name="shape_classes",
    meaning="Small classes of Han characters that look alike, for the blocking index.",
    notes=(
        f"At most {LARGEST} members a class, most alike one another; a character has one or two;",
        "a character that is not listed is a class of its own.",
    ),
    columns=("char", "class", "second class (may be empty)"),
    sources=("shapes.tsv",),
    licence="as shapes.tsv",
    rows=rows,
)
