"""A package index on loopback, as PEP 503 and 691 describe one, that can also misbehave."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGIN = b"<!doctype html><title>Sign in</title><form action=/login><input name=user></form>"


class PackageIndex:
    """What the index holds, how it behaves, and what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        """Wheels by their file names."""
        self.asked: list[tuple[str, str]] = []
        """The path of each request, with its range."""
        self.url = ""
        self.status = 0
        """Answer everything with this status."""
        self.delay = 0.0
        """Seconds before any answer."""
        self.login = False
        """Answer everything with a page to sign in."""
        self.cut_at = 0
        """Cut a file's connection after so many of its bytes, each time."""
        self.ranges = True
        """Whether a part of a file can be asked for."""
        self.html = False
        """Answer as PEP 503 says, for a client that would take JSON, too."""
        self.password = ""
        """What ``Authorization`` must say."""
        self.said: dict[str, str] = {}
        """What files are called in JSON, where that is not their name."""
        self.hashes: dict[str, str] = {}
        """SHA-256 that differ from the files' own, by file name."""

    def add(self, project: str, version: str, members: dict[str, bytes], requires: str = "") -> str:
        """Add a wheel; return its file name."""
        module = project.replace("-", "_")
        held = BytesIO()
        head = f"{module}-{version}.dist-info"
        meta = f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n"
        if requires:
            meta += f"Requires-Dist: {requires}\n"
        contents = {
            **members,
            f"{head}/METADATA": meta.encode(),
            f"{head}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{name},,\n" for name in (*contents, f"{head}/RECORD"))
        with zipfile.ZipFile(held, "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
            archive.writestr(f"{head}/RECORD", record)
        name = f"{module}-{version}-py3-none-any.whl"
        self.files[name] = held.getvalue()
        return name

    def page(self, project: str) -> list[tuple[str, str]]:
        """Return the names and hashes of a project's files."""
        return [
            (name, self.hashes.get(name) or hashlib.sha256(content).hexdigest())
            for name, content in self.files.items()
            if normal(name.removesuffix(".tar.gz").split("-")[0]) == normal(project)
        ]


def normal(name: str) -> str:
    """Return a project's name as an index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        index = self.server.index
        index.asked.append((self.path, self.headers.get("range", "")))
        self.server.closing.wait(index.delay)
        if index.status:
            self.send_error(index.status)
        elif index.password and self.headers.get("authorization") != index.password:
            self.send_error(401)
        elif index.login:
            self.answer("text/html", LOGIN)
        elif self.path.startswith("/simple/"):
            self.listing(index.page(self.path.removeprefix("/simple/").strip("/")))
        elif content := index.files.get(self.path.removeprefix("/files/")):
            self.file(content)
        else:
            self.send_error(404)

    def listing(self, page: list[tuple[str, str]]) -> None:
        if not page:
            self.send_error(404)
        elif self.server.index.html or "json" not in self.headers.get("accept", ""):
            links = "".join(
                f'<a href="../../files/{name}#sha256={digest}">{name}</a>' for name, digest in page
            )
            self.answer("text/html", f"<!doctype html><body>{links}".encode())
        else:
            said = self.server.index.said
            files = [
                {
                    "filename": said.get(name, name),
                    "url": f"/files/{name}",
                    "hashes": {"sha256": digest},
                }
                for name, digest in page
            ]
            text = json.dumps({"meta": {"api-version": "1.0"}, "files": files})
            self.answer("application/vnd.pypi.simple.v1+json", text.encode())

    def file(self, content: bytes) -> None:
        index = self.server.index
        asked = self.headers.get("range", "") if index.ranges else ""
        start = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
        self.send_response(206 if asked else 200)
        if asked:
            size = len(content)
            self.send_header("content-range", f"bytes {start}-{size - 1}/{size}")
        self.send_header("content-length", str(len(content) - start))
        self.end_headers()
        rest = content[start:] if self.command == "GET" else b""
        self.wfile.write(rest[: index.cut_at] if index.cut_at else rest)
        self.close_connection = True

    def answer(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, index: PackageIndex) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.index = index
        self.closing = threading.Event()


@contextmanager
def serving() -> Iterator[PackageIndex]:
    """Serve an index while the block runs."""
    index = PackageIndex()
    server = _Server(index)
    index.url = f"http://127.0.0.1:{server.server_address[1]}/simple"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield index
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
