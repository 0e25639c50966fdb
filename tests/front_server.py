"""The shipped nginx configuration, run as it is but for names, places and ports: Debian's nginx on the loopback address."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPSConnection
from pathlib import Path

from running import ROOT, Answer, Server, answer_on, free_port

HOST = "example.org"
DEPLOY = ROOT / "deploy" / "nginx"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
# As in Debian's own nginx.conf, but that the number of connections stands in docs/operators too.
MAIN = """
{modules}
{who}
pid {folder}/nginx.pid;
error_log {folder}/error.log notice;
worker_processes 2;
daemon off;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    access_log {folder}/access.log;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/starfish.conf;
}}
"""


@dataclass(frozen=True)
class FrontServer:
    port: int
    plain_port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def web(self) -> Path:
        """Where the copy and the two pages lie: /var/www/starfish of a real machine, and STARFISH_COPY."""
        return self.folder / "web"


def program() -> str:
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    assert found, "This test needs nginx. On Debian: sudo apt-get install nginx-light"
    return found


def write(folder: Path, *, app: int, port: int, plain_port: int, brotli: bool = False) -> Path:
    """The main file of a server of its own in this folder. The shipped text is changed only in names, places and ports."""
    _certificate(folder)
    shutil.copytree(DEPLOY, folder / "nginx", dirs_exist_ok=True)
    if brotli:
        _switch_on_brotli(folder / "nginx" / "compressed.conf")
    text = (DEPLOY / "starfish.conf").read_text(encoding="utf-8")
    changes = {
        r"starfish\.school\.example": HOST,
        r"/etc/ssl/starfish/(\w+\.pem)": rf"{folder}/\1",
        r"/srv/starfish/deploy/nginx": str(folder / "nginx"),
        r"root /srv/starfish/var;": f"root {ROOT / 'var'};",
        r"/var/www/starfish": str(folder / "web"),
        r"127\.0\.0\.1:8000": f"127.0.0.1:{app}",
        r" *listen \[::\]:.*\n": "",
        r"listen 80\b": f"listen 127.0.0.1:{plain_port}",
        r"listen 443\b": f"listen 127.0.0.1:{port}",
    }
    for old, new in changes.items():
        text, times = re.subn(old, new, text)
        assert times, f"{old} does not stand in the shipped configuration any more"
    (folder / "starfish.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(
        MAIN.format(folder=folder, who=_who(), modules=f"load_module {BROTLI};" if brotli else ""), encoding="utf-8"
    )
    return main


def _switch_on_brotli(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("#brotli_static", "brotli_static"), encoding="utf-8")


def _who() -> str:
    return "user root;" if os.geteuid() == 0 else ""


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


@contextmanager
def in_front_of(app: Server | None, folder: Path, *, brotli: bool = False) -> Iterator[FrontServer]:
    port, plain_port = free_port(), free_port()
    main = write(folder, app=app.port if app else free_port(), port=port, plain_port=plain_port, brotli=brotli)
    process = subprocess.Popen([program(), "-p", folder, "-c", main], stderr=subprocess.DEVNULL)
    server = FrontServer(port, plain_port, folder, process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: FrontServer) -> None:
    for _ in range(200):
        try:
            ask_front(server, "/front/there-is-no-such-page")
            return
        except OSError:
            assert server.process.poll() is None, (server.folder / "error.log").read_text()
            time.sleep(0.05)
    raise AssertionError("nginx did not answer")


@cache
def trusting() -> ssl.SSLContext:
    """The certificate is our own of a moment ago. Once: each context reads every certificate of the machine."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def ask_front(
    server: FrontServer, path: str, method: str = "GET", body: bytes | None = None, seconds: float = 30, **headers: str
) -> Answer:
    """One request over TLS. In header names _ stands for -."""
    connection = connection_to(server, seconds)
    named = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        connection.request(method, path, body=body, headers=named)
        return answer_on(connection)
    finally:
        connection.close()


def connection_to(server: FrontServer, seconds: float = 30) -> HTTPSConnection:
    return _Named("127.0.0.1", server.port, context=trusting(), timeout=seconds)


class _Named(HTTPSConnection):
    """Says the name of the site in the handshake, whatever address it connects to."""

    def connect(self) -> None:
        with ExitStack() as opened:
            plain = opened.enter_context(socket.create_connection((self.host, self.port), self.timeout))
            self.sock = trusting().wrap_socket(plain, server_hostname=HOST)
            opened.pop_all()
