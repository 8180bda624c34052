"""One part of the accounts, a Parquet file, judged into one part of the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from detector.bulk.columns import RESULTS
from detector.bulk.footer import Footer
from detector.bulk.screening import ROWS, Judge, screen_batches
from detector.bulk.stream import Stream
from detector.bulk.tally import NOTHING, counted
from detector.bundle.manifest import digest_of
from detector.contract.columns import COLUMNS, complaint
from detector.errors import FileFormatError
from detector.files import written_whole

# Rows of one group in the file: what a reader holds in memory at once
GROUP = 65_536
# zstd at its quickest: half of the size of snappy on results, at the same speed
_COMPRESSION, _LEVEL = "zstd", 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part's place below the folders of accounts and of results."""

    name: str
    accounts: Path
    results: Path

    @property
    def source(self) -> Path:
        """The accounts."""
        return self.accounts / self.name

    @property
    def target(self) -> Path:
        """The results."""
        return self.results / self.name


Progress = Callable[[int], None]  # told how many rows more are done


def judge_part(part: Part, judge: Judge, progress: Progress) -> Footer:
    """Judge every row of a part and write its results.

    Raises FileFormatError where the accounts cannot be read to their end, OSError where the results
    cannot be written; nothing half-written bears a part's name.
    """
    digest = accounts_digest(part)
    found = Stream(screen_batches(account_batches(part, COLUMNS), judge), RESULTS)
    counts, group = NOTHING, found.take(GROUP)
    with Writer(part.target, RESULTS) as results:
        while True:
            results.write(group)
            counts = counts.plus(counted(group))
            progress(group.num_rows)
            group = found.take(GROUP)
            if not group.num_rows:
                break
        footer = Footer.by(judge.bundle, judge.as_of, digest, counts)
        results.tell(footer.metadata())
        return footer


def accounts_digest(part: Part) -> str:
    """SHA-256 (hex) of the accounts. Raises FileFormatError where they cannot be read."""
    try:
        return digest_of(part.source)
    except OSError as error:
        raise FileFormatError(f"{part.source}: {error.strerror}") from error


def account_batches(part: Part, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """These columns of a part's accounts, as far as it has them, a batch at a time.

    Raises FileFormatError where they are damaged.
    """
    with reading_accounts(part) as file:
        row = 0
        for batch in file.iter_batches(batch_size=ROWS, columns=known(file, columns)):
            row += batch.num_rows
            yield batch
        if row != file.metadata.num_rows:
            raise FileFormatError(f"{part.source}: ends early, after row {row:,}")


def known(file: pq.ParquetFile, columns: Sequence[str]) -> list[str]:
    """Those of the columns that the file has, in its order."""
    return [name for name in file.schema_arrow.names if name in columns]


@contextmanager
def reading_accounts(part: Part) -> Iterator[pq.ParquetFile]:
    """The opened accounts of a part; what goes wrong in reading them is a FileFormatError."""
    try:
        with pq.ParquetFile(part.source) as file:
            wrong = complaint(tuple(file.schema_arrow.names))
            if wrong:
                raise FileFormatError(f"{part.source}: {wrong}")
            yield file
    except (pa.ArrowException, OSError) as error:
        told = str(error).split("\n")[0][:200]
        raise FileFormatError(f"{part.source}: damaged or no Parquet file: {told}") from error


class Writer:
    """A Parquet file written group by group, whole or not at all; same tables, same bytes."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._schema = path, schema
        self._stack = ExitStack()

    def __enter__(self) -> Writer:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opening:
            file = opening.enter_context(written_whole(self._path))
            self._file = opening.enter_context(
                pq.ParquetWriter(
                    file, self._schema, compression=_COMPRESSION, compression_level=_LEVEL
                )
            )
            self._stack = opening.pop_all()
        return self

    def write(self, table: pa.Table) -> None:
        """The next rows, as a group of their own."""
        self._file.write_table(table.combine_chunks())

    def tell(self, metadata: dict[bytes, bytes]) -> None:
        """What the file says of itself."""
        self._file.add_key_value_metadata(metadata)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return self._stack.__exit__(kind, error, trace)
