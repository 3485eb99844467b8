"""The index of names: written once beside a version, then only read.

It finds candidates; how like a name they are is judged by `scoring`. What a person types never reaches the library's
query parser: queries are built of terms.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

import pyoxigraph as ox
import tantivy
from tantivy import Occur, Query

from aigov_graph.errors import StoreError
from aigov_graph.search.forms import HAN_POLITY, HAN_RUN, Form, form
from aigov_graph.search.things import Name, Thing, read, things_of
from aigov_graph.stores import Lease

BESIDE: Final = "names"
"""The name under which a version's index lies beside it; another layout of the index takes another name."""

_WRITER_BYTES: Final = 256 * 1024**2
"""Enough for a hundred thousand things in one part: each part is looked through on its own."""
_NEXT: Final = "\n"
_END: Final = "\n\n"
_WORDS: Final = 10
"""Words of a query that are looked for; names have fewer."""
_GRAMS: Final = 24
_SURE_LENGTH, _LONG_LENGTH = 4, 8
"""From these lengths on a word may be misspelt by one, and by two letters."""
_BEGUN: Final = 16
"""Letters of a name's beginning that are looked for as they stand: to walk through all names that go on so is slow."""
_COMMON: Final = 500
"""A word in the names of more things than this is taken as it is spelt, and not searched for beside a rarer one."""


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("thing", "key", "begun", "class"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("word", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("gram", tokenizer_name="grams", index_option="freq")
    builder.add_bytes_field("stored", stored=True, indexed=False)
    return builder.build()


def write_beside(quads: Iterable[ox.Quad], folder: Path) -> None:
    """Write the index of a version's statements into a folder: what a publisher calls."""
    write(things_of(quads), folder)


def write(things: Iterable[Thing], folder: Path) -> None:
    """Write an index of things into an empty folder."""
    index = tantivy.Index(_schema(), path=str(folder))
    _register(index)
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for thing in things:
        writer.add_document(_document(thing))
    writer.commit()
    writer.wait_merging_threads()


def _document(thing: Thing) -> Any:
    document = tantivy.Document()
    document.add_text("thing", thing.iri)
    forms = [form(name.text) for name in thing.names]
    for key in sorted({key for one in forms for key in keys_of(one)}):
        document.add_text("key", key)
    for begun in sorted({one.folded[:length] for one in forms for length in range(1, _BEGUN + 1)} - {""}):
        document.add_text("begun", begun)
    for one in dict.fromkeys(forms):
        if one.words:
            document.add_text("word", " ".join(one.words))
        for run in HAN_RUN.findall(one.folded):
            document.add_text("gram", run)
    for above in thing.above:
        document.add_text("class", above)
    stored = {
        "iri": thing.iri,
        "label": thing.label,
        "names": thing.names,
        "classes": thing.classes,
        "above": thing.above,
        "country": thing.country,
        "description": thing.description,
    }
    written = _NEXT.join(one.written for one in forms) + _END + json.dumps(stored, ensure_ascii=False)
    document.add_bytes("stored", written.encode())
    return document


def keys_of(one: Form) -> set[str]:
    """What a name is found by when it is spelt alike: whole, without what tells nothing, and without spaces."""
    return {f"={one.folded}", one.telling, one.joined, one.core} - {"", "="}


class Candidate:
    """What the index gave: the forms of a thing's names, and the thing when it is asked for."""

    __slots__ = ("_stored", "forms")

    def __init__(self, stored: bytes) -> None:
        # Of the many that are looked at few are shown: the rest of what is stored is read only of these.
        forms, _, self._stored = stored.decode().partition(_END)
        self.forms: list[Form] = list(map(Form.read, forms.split(_NEXT)))

    @property
    def thing(self) -> Thing:
        """The thing; its names are in the order of the forms."""
        found = json.loads(self._stored)
        return Thing(
            iri=found["iri"],
            label=found["label"],
            names=tuple(Name(text, language, kind) for text, language, kind in found["names"]),
            classes=tuple(found["classes"]),
            above=tuple(found["above"]),
            country=found["country"],
            description=found["description"],
        )


class Index:
    """An index opened for reading; safe to share between threads. Close it when its version is given back."""

    def __init__(self, index: Any, temporary: TemporaryDirectory[str] | None = None) -> None:
        self._schema = index.schema
        self._index = index
        self._searcher = index.searcher()
        self._temporary = temporary
        self.size: int = self._searcher.num_docs
        self.frequency: Callable[[str], int] = lru_cache(maxsize=16384)(
            lambda word: int(self._searcher.doc_freq("word", word))
        )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open an index that lies in a folder.

        Raises:
            StoreError: it is none.
        """
        try:
            index = tantivy.Index.open(str(folder))
            _register(index)
            return cls(index)
        except ValueError as error:
            raise StoreError(f"the index of names cannot be opened: {error}", str(folder), "build again") from error

    @classmethod
    def of(cls, lease: Lease) -> Self:
        """The index of a version: that which lies beside it, else one made now in a temporary folder.

        Raises:
            StoreError: the lease was closed, or its version or index is damaged.
        """
        folder = lease.version.beside(BESIDE)
        return cls.open(folder) if folder.is_dir() else cls.made(things_of(read(lease.store)))

    @classmethod
    def made(cls, things: Iterable[Thing]) -> Self:
        """An index of things that is gone when it is closed."""
        temporary = TemporaryDirectory(prefix="aigov-graph-names-")
        write(things, Path(temporary.name))
        index = tantivy.Index.open(temporary.name)
        _register(index)
        return cls(index, temporary)

    def close(self) -> None:
        """Forget it, and remove it if it was made for now."""
        if self._temporary is not None:
            self._temporary.cleanup()

    def thing(self, iri: str) -> Thing | None:
        """A thing by its IRI."""
        found = self._run(self._term("thing", iri), 1)
        return found[0].thing if found else None

    def has_class(self, iri: str) -> bool:
        """Whether anything in the index is of a class, or of one under it."""
        return bool(self._searcher.doc_freq("class", iri))

    def called(self, key: str, classes: Sequence[str] = (), limit: int = 50) -> list[Candidate]:
        """The things of these classes that one of these keys finds exactly."""
        return self._run(self._of(self._term("key", key), classes), limit)

    def candidates(
        self, wanted: Form, classes: Sequence[str] = (), limit: int = 100, *, begins: bool = False
    ) -> list[Candidate]:
        """The things whose names share most with a name, the likest not always first.

        Args:
            wanted: the name.
            classes: at least one of these classes must be among the thing's, those above included; none means any.
            limit: no more than these.
            begins: the name is only begun: its last word may go on.
        """
        ways = [*self._exactly(wanted), *self._by_words(wanted, begins), *self._by_grams(wanted)]
        if begins:
            ways.append(self._beginning(wanted))
        found = self._run(self._of(self._either(ways), classes), limit)
        if not found and (ways := [self._word(word) for word in self._common(wanted)]):
            found = self._run(self._of(self._either(ways), classes), limit)
        return found

    def _either(self, ways: Sequence[Any]) -> Any:
        return Query.boolean_query([(Occur.Should, way) for way in ways])

    def _exactly(self, wanted: Form) -> list[Any]:
        keys = keys_of(wanted) | ({wanted.initials} - {""})
        if plain := HAN_POLITY.sub("", wanted.core):
            keys |= {plain, f"{plain}国"}  # a state by its short name, which shares no two letters with the long one
        return [Query.const_score_query(self._term("key", key), 50.0) for key in sorted(keys)]

    def _beginning(self, wanted: Form) -> Any:
        start = Query.const_score_query(self._term("begun", wanted.folded[:_BEGUN]), 20.0)
        if len(wanted.folded) <= _BEGUN or not wanted.words:
            return start
        return Query.boolean_query([(Occur.Must, start), (Occur.Must, self._going_on(wanted))])

    def _going_on(self, wanted: Form) -> Any:
        # The last word as it was written: "min" that is only begun is no "ministry" yet.
        word = HAN_RUN.sub(" ", wanted.folded).split()[-1]
        begun = Query.fuzzy_term_query(self._schema, "word", word, distance=0, prefix=True)
        return Query.const_score_query(begun, 3.0)

    def _common(self, wanted: Form) -> list[str]:
        return [word for word in dict.fromkeys(wanted.words[:_WORDS]) if self.frequency(word) > _COMMON]

    def _by_words(self, wanted: Form, begins: bool) -> list[Any]:
        ways = []
        common = self._common(wanted)
        for word in dict.fromkeys(wanted.words[:_WORDS]):
            if word in common:
                continue
            ways.append(self._word(word))
            if len(word) >= _SURE_LENGTH:
                ways.append(Query.const_score_query(self._fuzzy(word, 1), 2.0))
            if len(word) >= _LONG_LENGTH:
                ways.append(Query.const_score_query(self._fuzzy(word, 2), 1.0))
        if begins and wanted.words:
            ways.append(self._going_on(wanted))
        return ways

    def _word(self, word: str) -> Any:
        return Query.boost_query(self._term("word", word), 2.0)

    def _by_grams(self, wanted: Form) -> list[Any]:
        grams: dict[str, float] = {}
        for run in (wanted.han, wanted.core):
            for width in (1, 2, 3) if len(run) == 1 else (2, 3):
                grams |= {run[at : at + width]: float(width) for at in range(len(run) - width + 1)}
        chosen = list(grams.items())[:_GRAMS]
        return [Query.boost_query(self._term("gram", gram), width) for gram, width in chosen]

    def _of(self, query: Any, classes: Sequence[str]) -> Any:
        if not classes:
            return query
        either = Query.boolean_query([(Occur.Should, self._term("class", one)) for one in classes])
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(either, 0.0))])

    def _term(self, field: str, text: str) -> Any:
        return Query.term_query(self._schema, field, text, "freq" if field in ("word", "gram") else "basic")

    def _fuzzy(self, word: str, distance: int) -> Any:
        return Query.fuzzy_term_query(self._schema, "word", word, distance=distance, transposition_cost_one=True)

    def _run(self, query: Any, limit: int) -> list[Candidate]:
        hits = self._searcher.search(query, limit, count=False).hits
        return [Candidate(bytes(self._searcher.doc(address).get_first("stored"))) for _, address in hits]


def _register(index: Any) -> None:
    grams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 3, False)).build()
    index.register_tokenizer("grams", grams)
