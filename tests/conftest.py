"""What tests share: needs that may be absent, the corpus, a browser, hypothesis profiles.

A test that needs more than `make test` installs says so with `@pytest.mark.needs("browser")`
(or oracles, or corpus), or by the fixture `chromium` or `corpus`. It is skipped where that is
absent, unless the environment variable CHELATE_REQUIRE lists the need: then it fails, and so
does a whole run in which no test with that need has passed.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]

settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "quick"))


def find_chromium() -> str | None:
    """The path of a Chromium: CHELATE_CHROMIUM, a system one, or playwright's own."""
    if named := os.environ.get("CHELATE_CHROMIUM"):
        return shutil.which(named)
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name) or shutil.which(f"/usr/bin/{name}"):
            return path
    return _playwright_chromium()


def _playwright_chromium() -> str | None:
    if find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path: str = playwright.chromium.executable_path
    return shutil.which(path)


def find_corpus() -> Path | None:
    """The folder of real labels that CHELATE_CORPUS names, if it is there."""
    named = os.environ.get("CHELATE_CORPUS")
    return Path(named) if named and Path(named, "labels").is_dir() else None


def _browser_is_missing() -> str:
    absent = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
    if absent:
        return f"{' and '.join(absent)} not installed (make browser)"
    return "" if find_chromium() else "no Chromium found (set CHELATE_CHROMIUM to one)"


def _oracles_are_missing() -> str:
    absent = [name for name in ("chempy", "molmass") if find_spec(name) is None]
    return f"{' and '.join(absent)} not installed (make oracles)" if absent else ""


def _corpus_is_missing() -> str:
    return "" if find_corpus() else "no corpus (set CHELATE_CORPUS to its folder)"


NEEDS: dict[str, Callable[[], str]] = {
    "browser": _browser_is_missing,
    "oracles": _oracles_are_missing,
    "corpus": _corpus_is_missing,
}
_passed: Counter[str] = Counter()


def required() -> list[str]:
    """The needs that this run may not do without, from CHELATE_REQUIRE."""
    return [name for name in os.environ.get("CHELATE_REQUIRE", "").split(",") if name]


def require(need: str) -> None:
    """Skip the test unless the need is met; fail it where CHELATE_REQUIRE lists the need."""
    missing = NEEDS[need]()
    if missing and need in required():
        pytest.fail(f"{need} is required: {missing}", pytrace=False)
    if missing:
        pytest.skip(missing)


def pytest_configure(config: pytest.Config) -> None:
    if unknown := set(required()) - set(NEEDS):
        raise pytest.UsageError(f"CHELATE_REQUIRE knows {', '.join(NEEDS)}, not {unknown.pop()!r}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, need in (("chromium", "browser"), ("corpus", "corpus")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.needs(need))


def _needs_of(item: pytest.Item) -> set[str]:
    return {mark.args[0] for mark in item.iter_markers("needs")}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in _needs_of(item):
        require(need)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call" and report.passed:
        _passed.update(_needs_of(item))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    whole = session.config.args_source is not pytest.Config.ArgsSource.ARGS
    narrowed = session.config.option.keyword or session.config.option.markexpr
    absent = [need for need in required() if not _passed[need]]
    if whole and not narrowed and absent:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for need in required():
        terminalreporter.write_line(f"{need} required: {_passed[need]} tests passed with it")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real labels."""
    require("corpus")
    found = find_corpus()
    assert found
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium (playwright's Browser) that has no network to reach."""
    require("browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page without network and without script; asking for a foreign address fails the test."""
    context = chromium.new_context(offline=True, java_script_enabled=False)
    asked: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    foreign = [url for url in asked if not url.startswith(("file:", "data:", "about:"))]
    assert not foreign, f"the page asked for {foreign}"
