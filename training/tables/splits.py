"""splits.tsv: the component sequences by which people write a character."""

from collections.abc import Iterator
from functools import cache
from itertools import product

from training.tables.decomposition import Build, Part, builds
from training.tables.shapes import pairs
from training.tables.standard import standard
from training.tables.table import Row, Table, curated, shared_lines

MOST_PARTS = 3
MOST_SEQUENCES = 8  # of one character
# Placings whose parts are read in the order in which they stand; the rest overlap.
_READ_IN_ORDER = frozenset("⿰⿱⿲⿳⿵⿴⿸⿺⿶⿷⿹⿼")
# Components that a keyboard or a character picker offers, beside the standard characters.
_TYPEABLE = frozenset(
    "亻亠冂冖冫凵刂勹匚卩厶囗夂宀尢尸屮巛幺廴廾弋彐彡彳忄扌攴攵旡氵灬爫爿犭疒癶礻禸糸纟罒缶"
    "耂聿艹虍衤覀訁讠豕豸貝車辶釆钅門阝隶隹飠饣髟鬥鬯鬲黹丨丶丿乀乁乚亅丷亼夊夨尣巜巳幵戉攵"
    "昜曷冘咅畐巠戋佥呙坴录彖敖冓夋奂奚臿尃彔戠臽昷夬卬卯兀冫肀丬爻龶糹⺮⻊⺌⺼覀卄匸丩丂丏乛彑疋亟咢睘匽甹疌畾劦欮"
    "吅韱菐雚啇毚睪夌尞"
)
# A typeable character that stands in for an untypeable component looks at least this much like it.
LEAST_STAND_IN = 0.85


def rows() -> Iterator[Row]:
    """Every standard character with its sequences, the plainest first."""
    for char in sorted(standard()):
        found = sequences(char)
        if found:
            yield char, "|".join(found)


def sequences(char: str) -> tuple[str, ...]:
    """How a character is written in parts: as people are known to, as built, as listed."""
    ways = (*_by_hand().get(char, ()), *_built(char), *_listed().get(char, ()))
    plain = (s for s in ways if 2 <= len(s) <= MOST_PARTS and char not in s)
    return tuple(dict.fromkeys(plain))[:MOST_SEQUENCES]


@cache
def _by_hand() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split("|")) for row in curated("splits")}


def _built(char: str) -> tuple[str, ...]:
    """From the decompositions: the usual forms of the parts first, then their variants."""
    found: list[str] = []
    for build in builds(char):
        for parts in _flattened(build):
            found.extend(_written_parts(parts))
    return tuple(found)


def _flattened(build: Build) -> Iterator[tuple[Part, ...]]:
    """The parts as they stand, and with an untypeable part taken apart in its turn."""
    if build.placing not in _READ_IN_ORDER:
        return
    yield build.parts
    for at, part in enumerate(build.parts):
        for inner in _inner(part):
            parts = (*build.parts[:at], *inner.parts, *build.parts[at + 1 :])
            if inner.placing in _READ_IN_ORDER and len(parts) <= MOST_PARTS:
                yield parts


def _inner(part: Part) -> tuple[Build, ...]:
    if isinstance(part, Build):
        return (part,)
    return builds(part) if len(part) == 1 and part not in _TYPEABLE else ()


def _written_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    """All combinations of the forms of the parts, by how many differ from the usual one."""
    forms = [_forms(part) for part in parts]
    ranked = [list(enumerate(f)) for f in forms]
    combinations = sorted(product(*ranked), key=lambda c: sum(rank for rank, _ in c))
    yield from ("".join(form for _, form in combination) for combination in combinations)


def _forms(part: Part) -> tuple[str, ...]:
    """What is typed for a part, the usual first; nothing for a part that has no form."""
    if isinstance(part, Build):
        return ()
    own = (part,) if part in standard() or part in _TYPEABLE else ()
    written = (*own, *_variants().get(part, ()))
    return tuple(dict.fromkeys(written)) or _stand_ins().get(part, ())


@cache
def _variants() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split("|")) for row in curated("components")}


@cache
def _stand_ins() -> dict[str, tuple[str, ...]]:
    """Rare component -> the standard characters that look most like it."""
    found: dict[str, list[tuple[float, str]]] = {}
    for (a, b), similarity in pairs().items():
        for rare, plain in ((a, b), (b, a)):
            if rare not in standard() and plain in standard() and similarity >= LEAST_STAND_IN:
                found.setdefault(rare, []).append((-similarity, plain))
    return {rare: tuple(plain for _, plain in sorted(v)[:2]) for rare, v in found.items()}


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    """The splits of kfcd/chaizi that can be typed."""
    table: dict[str, tuple[str, ...]] = {}
    for line in shared_lines("chaizi/chaizi-jt.txt"):
        char, *ways = line.split("\t")
        typed = (w.replace(" ", "") for w in ways if all(map(_is_typeable, w.split())))
        table[char] = (*table.get(char, ()), *typed)
    return table


def _is_typeable(part: str) -> bool:
    return part in standard() or part in _TYPEABLE


TABLE = Table(
    name="splits",
    meaning="Component sequences by which people write one character as several (张 -> 弓长).",
    notes=(
        "The plainest first. Compare after folding: kana components (ネ) fold to radicals (礻).",
    ),
    columns=("char", "sequences (separated by |)"),
    sources=(
        "training/tables/curated/splits.tsv, components.tsv (this project)",
        "yi-bai/ids 718bde0 (MIT): decompositions",
        "kfcd/chaizi e177ab5 (CC BY 3.0, https://github.com/kfcd/chaizi)",
        "shapes.tsv: look-alikes of components that cannot be typed",
    ),
    licence="CC BY 3.0 (chaizi), MIT (ids); the rest as this project",
    rows=rows,
)
