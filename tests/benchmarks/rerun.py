"""Measure page reruns at the server: a browser session reduced to its messages."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass(frozen=True)
class Rerun:
    """Seconds from request to the end of the script, and bytes received."""

    seconds: float
    received: int


async def _run(socket: websockets.ClientConnection, page: str, query: str) -> Rerun:
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    begin, received = time.perf_counter(), 0
    await socket.send(message.SerializeToString())
    while True:
        data = await socket.recv()
        raw = data if isinstance(data, bytes) else data.encode()
        received += len(raw)
        answer = ForwardMsg()
        answer.ParseFromString(raw)
        if answer.WhichOneof("type") == "script_finished":
            return Rerun(time.perf_counter() - begin, received)


async def _session(port: int, page: str, queries: list[str]) -> list[Rerun]:
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as socket:
        return [await _run(socket, page, query) for query in queries]


def reruns(port: int, page: str, queries: list[str]) -> list[Rerun]:
    """Return one measurement per query string, made one after the other in one session."""
    return asyncio.run(_session(port, page, queries))
