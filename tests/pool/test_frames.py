"""Frames survive any way a stream is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.pool.frames import PIECE, WHOLE, Frame, Frames, encode, pack, pack_head, unpack_head


@given(st.lists(st.binary(max_size=50), max_size=8), st.lists(st.integers(1, 20), min_size=1, max_size=10))
def test_frames_come_out_as_they_went_in(payloads: list[bytes], cuts: list[int]) -> None:
    """However the bytes are cut, the same frames come out in the same order."""
    stream = b"".join(pack(PIECE, payload) for payload in payloads)
    frames, found, at, turn = Frames(), [], 0, 0
    while at < len(stream):
        size = cuts[turn % len(cuts)]
        found += list(frames.feed(stream[at : at + size]))
        at, turn = at + size, turn + 1
    assert found == [Frame(PIECE, payload) for payload in payloads]


def test_head_and_body_are_told_apart() -> None:
    """A frame with a head gives both back."""
    (frame,) = Frames().feed(pack_head(WHOLE, encode({"format": "json"}), b"\x00body"))
    assert (frame.kind, *unpack_head(frame.payload)) == (WHOLE, {"format": "json"}, b"\x00body")


def test_an_impossible_length_is_refused() -> None:
    """A stream out of step does not make the reader wait for gigabytes."""
    with pytest.raises(ValueError, match="a frame of"):
        (Frames().feed(b"P\xff\xff\xff\xff"))
