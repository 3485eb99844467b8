"""The life of a service's processes: new versions, restarts, killed masters and web processes, stopping."""

from __future__ import annotations

import os
import signal
import socket
from itertools import count
from pathlib import Path

from tests.live import Service, lives, publish, query_path, small_dataset, until
from tests.web.test_robustness import ENDLESS, LABEL, well


def test_new_versions_are_served(tmp_path: Path) -> None:
    """What is published while the service runs is answered from then on, under another tag; the old tag brings 200."""
    publish(tmp_path)
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    with Service.start(tmp_path) as running:
        first = running.query(count)
        assert first.rows == [{"n": "4"}]
        publish(tmp_path, small_dataset(10))
        until(lambda: running.query(count).rows == [{"n": "14"}], "the new version answers")
        assert running.query(count, if_none_match=first.headers["etag"]).status == 200


def test_a_killed_web_process_is_replaced(tmp_path: Path) -> None:
    """The master starts another web process, which starts its own query processes; the old ones are gone."""
    publish(tmp_path)
    with Service.start(tmp_path) as running:
        before = running.children
        os.kill(running.web_process, signal.SIGKILL)
        until(lambda: running.answers() and not set(before) & set(running.children), "another one answers")
        assert well(running)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in before), "the old processes are gone")


def test_a_restart_loses_no_request(tmp_path: Path) -> None:
    """SIGHUP replaces the web process; every request around it is answered."""
    publish(tmp_path)
    numbers = count()
    with Service.start(tmp_path) as running:
        before = running.web_process

        def another_answers() -> bool:
            assert running.query(f"{LABEL} # {next(numbers)}").status == 200
            return running.web_process != before

        os.kill(running.process.pid, signal.SIGHUP)
        until(another_answers, "another process answers")
        assert well(running)


def test_a_killed_master_takes_all_with_it(tmp_path: Path) -> None:
    """Where the master is killed, no web process and no query process lives on, an endless query's neither."""
    publish(tmp_path, small_dataset(3000))
    with Service.start(tmp_path, query_timeout_s=600) as running, socket.create_connection(running.address) as client:
        client.sendall(f"GET {query_path(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: running.metric("processes_busy") == 1, "the query runs")
        others = [running.web_process, *running.children]
        os.kill(running.process.pid, signal.SIGKILL)
        client.close()
        until(lambda: not any(lives(pid) for pid in others), "all are gone")


def test_told_to_stop_while_it_starts(tmp_path: Path) -> None:
    """SIGTERM right after a web process was made ends it; the signal is not lost while it loads."""
    publish(tmp_path)
    with Service.start(tmp_path) as running:
        first = running.web_process
        os.kill(first, signal.SIGKILL)
        until(lambda: running.web_processes not in ([], [first]), "another is made")
        stopped = running.web_processes[-1]
        os.kill(stopped, signal.SIGTERM)
        until(lambda: not lives(stopped), "it is gone")


def test_it_stops_when_told(tmp_path: Path) -> None:
    """SIGTERM ends it and all its processes."""
    publish(tmp_path)
    with Service.start(tmp_path) as running:
        children = running.children
        assert len(children) == 2
        assert running.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
