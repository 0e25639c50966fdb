"""Four ways to send the same page, each as the processes that a machine would run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import front_server
from front_server import MAIN, in_front_of, program, trusting
from running import PUBLIC_SETTINGS, ROOT, Server, clean_environment, free_port, granian
from starfish.publishing.answers import answer
from starfish.publishing.codings import smaller

HOST = front_server.HOST = "localhost"
"""A name that leads to this machine: the shipped configuration answers to no other, and wrk takes it from the address."""

PAGE = "/lessons/tell-and-tell-again/"
REFERENCE = """
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    gzip_static on;
    gzip_vary on;
    {headers}
    server {{ listen 127.0.0.1:{port}; keepalive_requests 100000000; root {folder}/web; }}
    server {{ listen 127.0.0.1:{secure} ssl http2; server_name localhost; root {folder}/web; ssl_certificate {cert}/fullchain.pem; ssl_certificate_key {cert}/privkey.pem; }}
}}
"""


@dataclass(frozen=True)
class Contestant:
    name: str
    address: str
    process: int

    @property
    def host(self) -> str:
        return HOST if self.address.startswith("https") else urlsplit(self.address).netloc

    @property
    def tree(self) -> list[int]:
        return _tree(self.process)

    @property
    def seconds(self) -> float:
        """Processor time of all its processes so far, with what the system did for them."""
        return sum(map(_seconds, self.tree))

    def wait(self) -> None:
        for _ in range(600):
            try:
                with urlopen(Request(self.address + PAGE, headers={"Host": self.host}), context=trusting()):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"{self.name} does not answer")


def _tree(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in _tree(int(child)))]


def _seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def all_of_them(folder: Path) -> Iterator[dict[str, Contestant]]:
    whole = answer(PAGE)
    packed = smaller(whole.body, "gzip")[1]
    with ExitStack() as stack:
        site = stack.enter_context(
            _running([*granian(port := free_port())], {"STARFISH_LEAVE_ADDRESS": "https://example.com"})
        )
        behind = stack.enter_context(
            _running([*granian(app := free_port())], {**PUBLIC_SETTINGS, "STARFISH_BEHIND_PROXY": "true"})
        )
        (folder / "packed").write_bytes(packed)
        (folder / "nginx").mkdir()
        front = stack.enter_context(
            in_front_of(Server(f"http://127.0.0.1:{app}", behind, folder / "log"), folder / "nginx")
        )
        for root in (folder / "nginx" / "web" / "copy" / "site", folder / "web"):
            page = root / PAGE.strip("/")
            page.mkdir(parents=True)
            (page / "index.html").write_bytes(whole.body)
            (page / "index.html.gz").write_bytes(packed)
        reference, secure = free_port(), free_port()
        body_headers = {"content-type", "content-length", "server"}
        headers = " ".join(
            f'add_header {name} "{value}";' for name, value in whole.headers if name.lower() not in body_headers
        )
        text = MAIN.partition("http {{")[0] + REFERENCE
        who = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            text.format(
                modules="",
                who=who,
                folder=folder,
                headers=headers,
                port=reference,
                secure=secure,
                cert=folder / "nginx",
            )
        )
        nginx = stack.enter_context(
            _running([program(), "-p", str(folder), "-c", str(folder / "nginx.conf")], {}, python=False)
        )
        bare_command = [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(bare_port := free_port()),
            "--blocking-threads",
            "1",
            "--no-ws",
            "--log-level",
            "error",
            "bare:application",
        ]
        bare = stack.enter_context(
            _running(
                [sys.executable, *bare_command],
                {"BENCH_BODY": str(folder / "packed"), "PYTHONPATH": str(Path(__file__).parent)},
            )
        )
        found = {
            "nginx": Contestant("nginx, the same bytes", f"http://127.0.0.1:{reference}", nginx.pid),
            "site": Contestant("this site, `make run`", f"http://127.0.0.1:{port}", site.pid),
            "bare": Contestant("a bare Django view", f"http://127.0.0.1:{bare_port}", bare.pid),
            "nginx-tls": Contestant("nginx, the same bytes, https", f"https://{HOST}:{secure}", nginx.pid),
            "through": Contestant(
                "this site through its nginx, https", f"https://{HOST}:{front.port}", front.process.pid
            ),
        }
        for each in found.values():
            each.wait()
        yield found


@contextmanager
def _running(command: list[str], settings: dict[str, str], python: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=clean_environment(**settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
