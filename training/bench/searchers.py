"""Other ways to look names up, for the table of speeds: what is common, over the same listed names."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

TOP = 10  # names that a ranking search gives for a query
CUTOFF = 2  # edits that Levenshtein forgives

# The numbers of the names that are found for each query
Search = Callable[[Sequence[str]], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Searcher:
    """title; package: what must be installed (group `bench`); sample: queries that are timed."""

    title: str
    package: str
    sample: int
    open: Callable[[Sequence[str]], Search]

    @property
    def installed(self) -> bool:
        """Whether its package is on this machine."""
        return find_spec(self.package) is not None


def _levenshtein(names: Sequence[str]) -> Search:
    """rapidfuzz `process.cdist`, distance at most CUTOFF."""

    def search(queries: Sequence[str]) -> list[list[int]]:
        found = process.cdist(
            queries, names, scorer=Levenshtein.distance, score_cutoff=CUTOFF, dtype=np.uint8,
            workers=1,
        )  # fmt: skip
        return [np.flatnonzero(row <= CUTOFF).tolist() for row in found]

    return search


def _tfidf(names: Sequence[str]) -> Search:
    """TF-IDF over single characters and pairs, the best by cosine (sparse_dot_topn)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), dtype=np.float32)
    known = vectors.fit_transform(names).T.tocsr()

    def search(queries: Sequence[str]) -> list[list[int]]:
        best = sp_matmul_topn(vectors.transform(queries), known, top_n=TOP, threshold=0.1)
        return [best.indices[a:b].tolist() for a, b in zip(best.indptr, best.indptr[1:])]  # noqa: B905

    return search


def _tantivy(names: Sequence[str]) -> Search:
    """tantivy: BM25 over pairs of characters, in memory."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("pairs", tokenizer_name="whitespace")
    index = tantivy.Index(schema.add_integer_field("number", stored=True, indexed=True).build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, name in enumerate(names):
        writer.add_document(tantivy.Document(pairs=" ".join(_pairs(name)), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def one(query: str) -> list[int]:
        terms = [tantivy.Query.term_query(index.schema, "pairs", pair) for pair in _pairs(query)]
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [searcher.doc(at)["number"][0] for _, at in searcher.search(wanted, TOP).hits]

    return lambda queries: [one(query) for query in queries]


def _pairs(text: str) -> list[str]:
    letters = "".join(text.split())
    return [letters[at : at + 2] for at in range(len(letters) - 1)] or [letters or "-"]


def _automaton(names: Sequence[str]) -> Search:
    """pyahocorasick: every name that the text holds as it is written."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, name in enumerate(names):
        automaton.add_word(name, number)
    automaton.make_automaton()
    return lambda queries: [[number for _, number in automaton.iter(q)] for q in queries]


SEARCHERS = (
    Searcher(f"rapidfuzz cdist, Levenshtein <= {CUTOFF}", "rapidfuzz", 200, _levenshtein),
    Searcher(f"TF-IDF, sparse_dot_topn, best {TOP}", "sparse_dot_topn", 2000, _tfidf),
    Searcher(f"tantivy, pairs, best {TOP}", "tantivy", 2000, _tantivy),
    Searcher("pyahocorasick, exact", "ahocorasick", 12_000, _automaton),
)


def names_a_second(search: Search, queries: Sequence[str]) -> float:
    """Queries answered a second, on one core, after a few to warm up."""
    search(queries[:8])
    started = time.perf_counter()
    search(queries)
    return len(queries) / (time.perf_counter() - started)
