"""How the scripted server's answers go out: whole, in half, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.server import BaseHTTPRequestHandler


def send(
    handler: BaseHTTPRequestHandler,
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    *,
    half: bool = False,
) -> None:
    """Answer with ``content``, which is JSON unless a failure is queued; ``half`` hangs up."""
    try:
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2] if half else content)
    except OSError:
        handler.close_connection = True
    if half:
        hang_up(handler)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without a further word."""
    handler.close_connection = True
    handler.connection.close()
