"""A folder of the cache written beside its place and moved there: whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detector.registry.lookup import sizes_of

ABOUT = "index.json"  # what the folder says of itself; written last


@contextmanager
def staged(folder: Path, **about: object) -> Iterator[Path]:
    """An empty folder to fill; after the block it stands at `folder`, with `about` and all sizes noted.

    Where another process was faster its folder stays; a broken one that is in the way is replaced.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        yield staging
        told = {**about, "files": sizes_of(staging)}
        (staging / ABOUT).write_text(json.dumps(told))
        try:
            os.replace(staging, folder)
        except OSError:
            if not (folder / ABOUT).exists():
                shutil.rmtree(folder)
                os.replace(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
