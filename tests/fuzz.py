"""The readers of content, fed by atheris with what reaches new code in them: python tests/fuzz.py [seconds for each reader]. `make fuzz`

A reader may find problems, and may not raise: not on any bytes. Ends with 0 if none did, 1 if one did, 2 if atheris cannot run here.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from running import ROOT, SAMPLE

SEEDS = {"yaml": "*.yaml", "front-matter": "*.md", "markdown": "*.md", "drawing": "*.svg"}
SECONDS = 60
LARGEST = 20_000  # bytes
BROKE = ROOT / "var" / "fuzz"
"""Where an input stays that broke a reader."""


def yaml(data: bytes) -> None:
    from starfish.curriculum import plain_yaml

    located, problems = plain_yaml.load(data.decode("utf-8", "replace"), "x.yaml")
    assert located is not None or problems


def front_matter(data: bytes) -> None:
    from starfish.curriculum import prose

    document, problems = prose.parse(data.decode("utf-8", "replace"), "x.md")
    assert document is not None or problems


def markdown(data: bytes) -> None:
    from starfish.curriculum.markdown import linked, pieces, to_html

    text = data.decode("utf-8", "replace")
    html = to_html(text).lower()
    assert not any(f"<{tag}" in html for tag in ("script", "img", "iframe", "style", "svg"))
    assert 'href="javascript' not in html
    assert all(piece.line >= 0 for piece in pieces(text))
    list(linked(text))


def drawing(data: bytes) -> None:
    from starfish.curriculum.svg import NotADrawingError, elements

    try:
        assert all(element.line >= 1 for element in elements(data))
    except NotADrawingError as refused:
        if not refused.why:
            raise


READERS: dict[str, Callable[[bytes], None]] = {
    "yaml": yaml, "front-matter": front_matter, "markdown": markdown, "drawing": drawing,
}  # fmt: skip


def feed(name: str, seconds: int, folder: str) -> None:
    """In a process of its own: the fuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["starfish", "markdown_it", "mdit_py_plugins"]):
        import starfish.curriculum.markdown
        import starfish.curriculum.prose
        import starfish.curriculum.svg  # noqa: F401 - so that they are watched
    flags = [
        f"-max_total_time={seconds}",
        f"-max_len={LARGEST}",
        "-timeout=20",
        "-rss_limit_mb=1024",
        "-print_final_stats=1",
        f"-artifact_prefix={BROKE}/",
    ]
    atheris.Setup([sys.argv[0], *flags, folder], READERS[name])
    atheris.Fuzz()


def fed(name: str, seconds: int) -> bool:
    BROKE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="starfish-fuzz-") as folder:
        for number, seed in enumerate(SAMPLE.rglob(SEEDS[name])):
            (Path(folder) / str(number)).write_bytes(seed.read_bytes())
        done = subprocess.run(
            [sys.executable, __file__, "--feed", name, str(seconds), folder], cwd=folder, capture_output=True, text=True
        )
    runs = next((line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line), "0")
    well = done.returncode == 0 and int(runs) > 0
    sys.stdout.write(f"{'passed' if well else 'FAILED':>8}  {name}: {int(runs):,} inputs in {seconds} s\n")
    if not well:
        sys.stdout.write(done.stderr[-4_000:] + "\n")
    return well


def main() -> int:
    if sys.argv[1:2] == ["--feed"]:
        feed(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    if importlib.util.find_spec("atheris") is None:
        sys.stdout.write(
            " not run  atheris is not there for this Python. It has packages for Linux, and not for the newest Python.\n"
        )
        return 2
    seconds = int(sys.argv[1]) if sys.argv[1:] else SECONDS
    outcomes = [fed(name, seconds) for name in READERS]  # each of them, whatever the one before
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "site"))
    sys.exit(main())
