"""The rule that CONTRIBUTING shows is a rule, and whoever writes one of any base as it says writes no other file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import guidelint.rules
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_cases
from guidelint.validation.documentation.rule_text import rule_text
from guidelint.validation.rule.names import Names, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.rule import Rule

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BASES = re.findall(r"^   \| `(\w+Rule)` \| .* \| `([a-z-]+)` \|$", TEXT, re.MULTILINE)
"""The table of the page: base, example."""
CONTRIBUTED = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests/rules/contributed").glob("*.py")}
"""File → a rule that somebody wrote by the page alone; one for each base that the page does not show whole."""
DERIVED = """
from guidelint.language.reference import language_pages
from guidelint.language.reference.rule_places import rule_places
from guidelint.rules.catalogue import catalogue
from guidelint.validation.documentation import markdown
import sys
pages = markdown.pages(catalogue(), rule_places(catalogue()))
schema = language_pages.pages(catalogue())["guideline.schema.json"]
for name in sys.argv[1:]:
    print(name, f"{name}.md" in pages, f"({name}.md)" in pages["README.md"], f'"{name}"' in schema)
"""


def example() -> str:
    source = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert source is not None
    return source[1]


@pytest.fixture
def shown() -> Iterator[type[Rule]]:
    module = ModuleType("shown_in_contributing")
    sys.modules[module.__name__] = module
    exec(compile(example(), "CONTRIBUTING.md", "exec"), module.__dict__)  # noqa: S102 - our own text
    yield module.__dict__["VertexCount"]
    del sys.modules[module.__name__]


def test_the_rule_that_contributing_shows_holds_its_cases(shown: type[Rule]) -> None:
    results = run_cases(shown)
    assert [result.broken for result in results] == ["", ""]


def test_the_rule_that_contributing_shows_documents_itself(shown: type[Rule]) -> None:
    text = rule_text(shown)
    assert text.id == "vertex-count"
    assert list(text.sections) == ["Why", "How it is measured", "Source"]
    assert [(one.name, one.default) for one in text.parameters] == [("least", "8")]


def test_the_rule_that_contributing_shows_tells_annotators(shown: type[Rule]) -> None:
    names = Names({"lesion": "Lesion"}, concerned=("lesion",))
    assert plain(shown().told(names)) == "The outline of every Lesion has at least 8 vertices."
    assert plain(shown().told_if(names)) == "the outline of any Lesion has fewer than 8 vertices"


def test_the_rules_that_contributing_names_exist() -> None:
    wrong = [(base, name) for base, name in BASES if base not in [one.__name__ for one in catalogue()[name].__mro__]]
    assert len(BASES) >= 4
    assert wrong == []


def test_a_rule_of_every_base_that_contributing_names_is_tried() -> None:
    tried = "".join([example(), *CONTRIBUTED.values()])
    assert {base for base, _ in BASES} == set(re.findall(r"^class \w+\((\w+Rule)(?:\[\w+\])?\):$", tried, re.MULTILINE))


@pytest.fixture(scope="module")
def contributed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A copy of the families of rules with the contributed ones in one of them, and the ids of those."""
    root = tmp_path_factory.mktemp("contributed")
    copy = root / "guidelint" / "rules"
    shutil.copytree(guidelint.rules.__path__[0], copy, ignore=shutil.ignore_patterns("__pycache__"))
    files = {"vertex_count.py": example(), **CONTRIBUTED}
    for name, text in files.items():
        (copy / "shape" / name).write_text(text, encoding="utf-8")
    return root, sorted(name.removesuffix(".py").replace("_", "-") for name in files)


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command


@pytest.mark.many
def test_a_contributed_rule_has_its_page_and_its_place_in_the_schema(contributed: tuple[Path, list[str]]) -> None:
    root, names = contributed
    found = ran("-c", f"import sys\nsys.path.insert(0, {str(root)!r})\n{DERIVED}", *names)
    assert found.stdout.splitlines() == [f"{name} True True True" for name in names], found.stderr


@pytest.mark.many
def test_a_contributed_rule_passes_what_is_asked_of_every_rule(contributed: tuple[Path, list[str]]) -> None:
    root, names = contributed
    paths = f"pythonpath={root} guidelines labelstudio_configs validators cli scripts ."
    files = [f"tests/rules/test_{name}.py" for name in ("catalogue", "cases", "file_order", "told", "advice")]
    found = ran("-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", paths, "-k", " or ".join(names), "-rA", *files)
    passed = [line for line in found.stdout.splitlines() if line.startswith("PASSED ")]
    assert found.returncode == 0, found.stdout
    assert all(any(f"[{name}" in line for line in passed) for name in names)


@pytest.mark.skipif(shutil.which("ruff", path=Path(sys.executable).parent) is None, reason="ruff is not installed")
def test_the_rule_that_contributing_shows_is_as_ruff_wants_it() -> None:
    ruff, place = [str(Path(sys.executable).parent / "ruff")], "validators/guidelint/rules/shape/vertex_count.py"
    for check in (["check", "--quiet"], ["format", "--check"]):
        command = [*ruff, *check, "--stdin-filename", place, "-"]
        found = subprocess.run(command, cwd=ROOT, input=example(), capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        assert found.returncode == 0, found.stdout
