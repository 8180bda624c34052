"""The same judgement on Apache Spark, where one machine is not enough (extra `spark`).

`screened` adds results to a DataFrame; `run` judges part files as the run on one machine does, to
the same bytes, on all executors. The bundle is shipped as one file and verified where it arrives;
the program itself is installed on the executors, and must be the one that the bundle is for.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pydantic import TypeAdapter

from detector.bulk.columns import RESULTS
from detector.bulk.part import Part
from detector.bulk.screening import Judge, screen_batches
from detector.bulk.work import Done, Job, Worker
from detector.bundle import Bundle
from detector.errors import BundleError, DetectorError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {
    pa.string(): "string", pa.bool_(): "boolean", pa.float64(): "double",
    pa.list_(pa.string()): "array<string>",
}  # fmt: skip
# The columns of results (`columns.RESULTS`) as Spark writes a schema
SCHEMA = ", ".join(f"{field.name} {_TYPES[field.type]}" for field in RESULTS)
_DONE = TypeAdapter(Done)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A folder as one file that every executor has; hash: of the bundle in it, "" for no bundle."""

    name: str
    hash: str = ""

    def folder(self) -> Path:
        """Where it lies on this executor, unpacked by whoever came first."""
        from pyspark import SparkFiles

        root = Path(SparkFiles.getRootDirectory())
        target = root / Path(self.name).stem
        if not target.exists():
            staging = Path(tempfile.mkdtemp(dir=root))
            shutil.unpack_archive(SparkFiles.get(self.name), staging)
            try:
                os.replace(staging, target)
            except OSError:  # another process was faster
                shutil.rmtree(staging)
        return target

    def bundle(self) -> Bundle:
        """The bundle, verified. Raises BundleError where it is not the one that was shipped."""
        found = Bundle.open(self.folder())
        if found.hash != self.hash:
            raise BundleError(f"{self.name}: arrived as {found.hash}, {self.hash} was sent")
        return found


def ship(spark: SparkSession, folder: Path, name: str, scratch: Path, hash_: str = "") -> Shipped:
    """Send a folder to every executor as one file, which stays in `scratch` while they need it."""
    packed = shutil.make_archive(str(scratch / name), "zip", folder)
    spark.sparkContext.addFile(packed)
    return Shipped(Path(packed).name, hash_)


def ship_bundle(spark: SparkSession, bundle: Bundle, scratch: Path) -> Shipped:
    """Send a bundle to every executor. Raises BundleError where this program does not fit it."""
    bundle.check_maker()
    return ship(spark, bundle.folder, f"bundle-{bundle.hash[:16]}", scratch, bundle.hash)


@lru_cache(maxsize=2)
def _judge(shipped: Shipped, as_of: date) -> Judge:
    """The judge of this Python process, opened once."""
    return Judge.of(shipped.bundle(), as_of)


def screened(frame: DataFrame, shipped: Shipped, as_of: date, *, arrow: bool = True) -> DataFrame:
    """The results (`columns.RESULTS`) of a DataFrame with the columns of the input contract.

    arrow: by `mapInArrow`; False for clusters before Spark 3.3, which have `mapInPandas` only.
    """

    def by_arrow(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return screen_batches(batches, _judge(shipped, as_of))

    def by_pandas(frames: Iterable[object]) -> Iterator[object]:  # of pandas, which Spark brings
        batches = (pa.RecordBatch.from_pandas(one, preserve_index=False) for one in frames)
        for batch in screen_batches(batches, _judge(shipped, as_of)):
            yield batch.to_pandas()

    return frame.mapInArrow(by_arrow, SCHEMA) if arrow else frame.mapInPandas(by_pandas, SCHEMA)


@lru_cache(maxsize=2)
def _worker(shipped: Shipped, as_of: date, difference: Shipped | None) -> Worker:
    """The worker of this Python process, opened once."""
    folder = None if difference is None else difference.folder()
    return Worker.open(Job(shipped.bundle().folder, as_of, folder))


def run(spark: SparkSession, parts: Sequence[Part], bundle: Bundle, job: Job) -> list[Done]:
    """Bring the results of every part up to date; one task a part.

    Accounts and results lie where every executor finds them under the same path. Raises
    DetectorError where a task fails; finished parts are kept.
    """
    from pyspark.errors import PySparkException

    by_name = {part.name: part for part in parts}
    names = spark.createDataFrame([(name,) for name in by_name], "name string")
    with tempfile.TemporaryDirectory(prefix="detector-") as scratch:
        work = _task(by_name, *_shipped(spark, bundle, job, Path(scratch)), job.as_of)
        try:
            rows = names.repartition(len(parts)).mapInArrow(work, "done string").collect()
        except PySparkException as error:
            told = str(error).strip().split("\n")[-1][:300]
            raise DetectorError(
                f"a task on Spark failed: {told}; finished parts are kept, run it again to go on"
            ) from error
    done = {one.name: one for one in (_DONE.validate_json(row["done"]) for row in rows)}
    return [done[name] for name in by_name]


def _shipped(
    spark: SparkSession, bundle: Bundle, job: Job, scratch: Path
) -> tuple[Shipped, Shipped | None]:
    """The bundle, and the difference where there is one, on their way to the executors."""
    shipped = ship_bundle(spark, bundle, scratch)
    if job.difference is None:
        return shipped, None
    name = f"difference-{scratch.name}"  # another one of the same session is another file
    return shipped, ship(spark, job.difference, name, scratch)


def _task(
    parts: dict[str, Part], shipped: Shipped, changes: Shipped | None, as_of: date
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Names of parts in, what came of them out: the function that executors run."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        worker = _worker(shipped, as_of, changes)
        for batch in batches:
            done = (worker.do(parts[n], lambda rows: None) for n in batch["name"].to_pylist())
            told = [_DONE.dump_json(one).decode() for one in done]
            yield pa.RecordBatch.from_pydict({"done": told})

    return work


def session(master: str | None) -> SparkSession:
    """The session: that of spark-submit and its configuration, or of `master`.

    Raises ImportError where Spark is not installed.
    """
    from pyspark.sql import SparkSession

    if master is None or master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("detector rescreen")
    if master is not None:
        builder = builder.master(master)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found
