"""A real Spark on this machine gives the very bytes that the run on one machine gives."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from detector.bulk.columns import RESULTS
from detector.bulk.screening import Judge, screen_batches
from detector.bundle import Bundle
from tests.bulk.changing import shipped
from tests.bulk.platform import bundle_of, files, fill, made
from tests.bulk.test_rescreen import ROOT, report, rescreen

TODAY = date(2026, 11, 23)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="no Spark: pyspark"),
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java, which Spark needs"),
]
SPARK = ("--engine", "spark", "--master", "local[2]")


def test_both_engines_write_the_same_bytes(accounts: Path, tmp_path: Path) -> None:
    fill(accounts, 4, 60)
    state = shipped()
    state.write(tmp_path / "before")
    state.rows["bodies"] = [r for r in state.rows["bodies"] if r["id"] != "brand.mengniu"]
    state.write(tmp_path / "after")
    old, new = (bundle_of(tmp_path / n, tmp_path / f"{n}-bundle") for n in ("before", "after"))
    for name, engine in (("local", ()), ("spark", SPARK)):
        out = tmp_path / name
        done = rescreen(accounts, out, old, *engine)
        assert (done.returncode, report(out)["parts"]) == (0, {"judged": 4}), done.stderr
        done = rescreen(accounts, out, new, "--since", str(old.folder), *engine)
        assert (done.returncode, report(out)["parts"]) == (0, {"renewed": 4}), done.stderr
    assert files(tmp_path / "spark") == files(tmp_path / "local")
    assert report(tmp_path / "spark") == report(tmp_path / "local")


def test_a_part_that_cannot_be_read_costs_no_other(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 2, 10)
    (accounts / "part-0001.parquet").write_bytes(b"PAR1 cut")
    done = rescreen(accounts, tmp_path / "out", bundle, *SPARK)
    assert done.returncode == 3
    assert "part-0001.parquet: damaged or no Parquet file" in done.stderr
    assert report(tmp_path / "out")["parts"] == {"judged": 1, "failed": 1}


def test_results_that_cannot_be_written_are_said(
    accounts: Path, tmp_path: Path, bundle: Bundle
) -> None:
    fill(accounts, 1, 10)
    (tmp_path / "out" / "part-0000.parquet").mkdir(parents=True)
    done = rescreen(accounts, tmp_path / "out", bundle, *SPARK)
    assert done.returncode == 1
    assert "a task on Spark failed" in done.stderr
    assert "Is a directory" in done.stderr


# Run in a process of its own: Spark warns of much, and here a warning is an error
FRAMES = """
import json, sys
from datetime import date
from pathlib import Path
from detector.bulk import spark
from detector.bundle import Bundle

folder, rows, scratch = Path(sys.argv[1]), json.loads(sys.argv[2]), Path(sys.argv[3])
session = spark.session("local[2]")
schema = ", ".join(f"{name} string" for name in rows[0])
frame = session.createDataFrame([tuple(row.values()) for row in rows], schema).coalesce(1)
shipped = spark.ship_bundle(session, Bundle.open(folder), scratch)
for arrow in (True, False):
    found = spark.screened(frame, shipped, date(2026, 11, 23), arrow=arrow).collect()
    print(json.dumps([row.asDict() for row in found], ensure_ascii=False))
wrong = spark.Shipped(shipped.name, "another")
try:
    spark.screened(frame, wrong, date(2026, 11, 23)).collect()
except Exception as error:
    print(json.dumps("another was sent" in str(error)))
"""


@pytest.fixture
def printed(tmp_path: Path, bundle: Bundle) -> Iterator[list[object]]:
    """What the program above prints, line by line."""
    command = [sys.executable, "-c", FRAMES, str(bundle.folder), json.dumps(ROWS), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    yield [json.loads(line) for line in done.stdout.splitlines() if line[:1] in '[tf"']


ROWS = [*made(40), {**dict.fromkeys(made(1)[0]), "account_id": "bad"}]


def test_a_frame_is_screened_by_arrow_and_by_pandas(printed: list[object], bundle: Bundle) -> None:
    batch = pa.RecordBatch.from_pylist(ROWS)
    expected = pa.Table.from_batches(screen_batches([batch], Judge.of(bundle, TODAY)), RESULTS)
    by_arrow, by_pandas, is_noticed = printed
    assert by_arrow == expected.to_pylist()
    assert by_pandas == expected.to_pylist()
    assert is_noticed is True
