"""A tiny framework, in an environment that is made without uv."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fep_tools.sandbox.environments import Environment

FRAMEWORK = '''\
"""A framework that calls views, and prints a log."""

import asyncio


class App:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        return lambda view: self.routes.setdefault(path, view)

    def get(self, path):
        print("INFO", path)
        return self.routes[path]()

    def get_over_network(self, path):
        """Call a view through a socket, as some test clients do."""

        async def both():
            async def serve(reader, writer):
                await reader.readline()
                writer.write(self.get(path).encode())
                writer.close()

            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            writer.write(b"GET\\n")
            answer = await reader.read()
            writer.close()
            server.close()
            return answer.decode()

        return asyncio.run(both())
'''


def environment(directory: Path) -> Environment:
    """Return an environment in *directory* that holds the framework and nothing else."""
    python = Path(os.path.realpath(sys.executable))
    (directory / "bin").mkdir(parents=True)
    (directory / "bin" / "python").symlink_to(python)
    (directory / "pyvenv.cfg").write_text(f"home = {python.parent}\n", "utf-8")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = directory / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (packages / "stub.py").write_text(FRAMEWORK, "utf-8")
    for path in (directory, *directory.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    base = Path(sys.base_prefix).resolve()
    return Environment(directory / "bin" / "python", (directory, base), python)
