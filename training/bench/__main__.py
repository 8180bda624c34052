"""Measure the detector: python -m training.bench {names,eval,peers,nicknames,ranking,speed,images}."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from detector.pipeline import Screener
from detector.settings import Settings
from training.bench import evaluate, names, nickname_list, nicknames, peers_run, ranking, speed
from training.bench.folders import BENCH, IMAGES, NICKNAMES, PEERS, RESULTS
from training.bench.pictures import run as pictures
from training.bench.pictures import symbols
from training.bench.pictures.queries import EACH


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark; 0 done, 1 a floor was broken, 2 its data is not on this machine."""
    options = _options(arguments)
    wanted = {"names": options.cases, "peers": PEERS, "nicknames": NICKNAMES, "speed": NICKNAMES}
    wanted["images"] = options.images
    missing = wanted.get(options.command)
    if missing is not None and not missing.exists():
        print(f"{options.command}: {missing} is not here", file=sys.stderr)
        return 2
    if options.command == "images":
        if options.symbols:
            return symbols.run(options.images)
        return pictures.run(options.images, options.results, each=options.each, peers=options.peers)
    settings = Settings.from_environment()
    screener = Screener.open(settings)
    match options.command:
        case "names":
            return names.run(
                options.cases, options.results, screener, diff=options.diff, floors=options.gate
            )
        case "eval":
            return evaluate.run(screener, misses=options.misses, floors=options.gate)
        case "peers":
            return peers_run.run(screener, settings, floors=options.gate, small=options.small)
        case "nicknames":
            return nicknames.run(screener, nickname_list.load(), floors=options.gate)
        case "ranking":
            return ranking.run(screener)
        case _:
            ordinary = nickname_list.ordinary(nickname_list.load(), frozenset())
            return speed.run(screener, nickname_list.sample(ordinary, 6 * 2000))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.bench", description=__doc__)
    parser.set_defaults(cases=None, images=None)
    commands = parser.add_subparsers(dest="command", required=True)
    floored = argparse.ArgumentParser(add_help=False)
    floored.add_argument(
        "--gate", action="store_true", help="exit 1 where a figure falls under floors.yaml"
    )
    of_names = commands.add_parser("names", parents=[floored], help=names.__doc__)
    of_names.add_argument("--diff", action="store_true", help="cases changed against the commit")
    of_names.add_argument("--cases", type=Path, default=BENCH / "names.csv")
    of_names.add_argument("--results", type=Path, default=RESULTS / "names.csv")
    of_eval = commands.add_parser("eval", parents=[floored], help=evaluate.__doc__)
    of_eval.add_argument("--misses", type=int, default=0, help="print up to so many wrong rows")
    of_peers = commands.add_parser("peers", parents=[floored], help=peers_run.__doc__)
    of_peers.add_argument("--small", action="store_true", help="rapidfuzz on the core names only")
    commands.add_parser("nicknames", parents=[floored], help=nicknames.__doc__)
    commands.add_parser("ranking", help=ranking.__doc__)
    commands.add_parser("speed", help=speed.__doc__)
    of_images = commands.add_parser("images", help=pictures.__doc__)
    of_images.add_argument("--images", type=Path, default=IMAGES, help="the folder of pictures")
    of_images.add_argument("--results", type=Path, default=RESULTS / "images.csv")
    of_images.add_argument("--each", type=int, default=EACH, help="pictures of an edit")
    of_images.add_argument("--symbols", action="store_true", help="state symbols in scenes")
    of_images.add_argument("--no-peers", dest="peers", action="store_false", help="our line only")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
