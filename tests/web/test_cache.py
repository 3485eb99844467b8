"""The cache of finished answers: its budget, its two keys, its forgetting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.web.cache import AnswerCache, Entry

ASKED = (b"host", b"query=ASK%7B%7D", b"*/*", b"")


def entry(size: int) -> Entry:
    """An answer of this size."""
    return Entry([], b"x" * size, b'W/"tag"', 1, "digest")


def test_an_answer_is_found_by_question_and_by_request() -> None:
    """What was put is found by its key, and by the request that asked it; another request finds nothing."""
    cache = AnswerCache(1_000_000)
    cache.put("key", entry(10), ASKED)
    assert cache.get("key") == cache.by_request(ASKED) == entry(10)
    assert cache.by_request((*ASKED[:3], b"gzip")) is None
    assert (cache.hits, cache.misses) == (2, 0)


def test_the_oldest_makes_room() -> None:
    """Over the budget, the answer not asked for longest goes, and its requests with it."""
    cache = AnswerCache(100_000)
    for key in ("a", "b", "c"):
        cache.put(key, entry(12_000), (*ASKED[:3], key.encode()))
    cache.get("a")
    for key in ("d", "e", "f", "g"):
        cache.put(key, entry(12_000))
    assert cache.get("a") is not None
    assert cache.get("b") is None
    assert cache.by_request((*ASKED[:3], b"b")) is None


def test_too_large_an_answer_is_not_kept() -> None:
    """One answer takes no more than its share."""
    cache = AnswerCache(80_000)
    cache.put("key", entry(10_001), ASKED)
    assert (cache.get("key"), len(cache), cache.size_bytes) == (None, 0, 0)


def test_another_version_forgets_all() -> None:
    """After clearing nothing is found by either key."""
    cache = AnswerCache(1_000_000)
    cache.put("key", entry(10), ASKED)
    cache.clear()
    assert (cache.get("key"), cache.by_request(ASKED), cache.size_bytes) == (None, None, 0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20_000)), max_size=40))
def test_the_budget_holds(puts: list[tuple[int, int]]) -> None:
    """Whatever is put, the size never passes the budget and is that of what is kept."""
    cache = AnswerCache(100_000)
    for key, size in puts:
        cache.put(str(key), entry(size), (*ASKED[:3], str(key).encode()))
        assert cache.size_bytes <= cache.budget_bytes
    kept = [found for key in range(10) if (found := cache.get(str(key)))]
    assert len(kept) == len(cache)
    assert cache.size_bytes >= sum(len(found.body) for found in kept)
