"""The files of a project around a guideline: schema, editor, continuous integration, hook, and what to do next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guidelint.language.schema.as_text import FILE, guideline_schema_text
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.cli.scaffold.begun import Begun

GUIDELINE = "{name}.yaml"
README = "README.md"


def project_files(name: str, begun: Begun) -> Mapping[str, bytes]:
    """Give every file of a project by its path in the folder."""
    texts = {
        GUIDELINE.format(name=name): begun.text,
        FILE: guideline_schema_text(catalogue()),
        ".vscode/settings.json": _json({"yaml.schemas": {f"./{FILE}": GUIDELINE.format(name=name)}}),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".github/workflows/guideline.yml": _WORKFLOW.replace("NAME", name),
        ".pre-commit-config.yaml": _HOOK.replace("NAME", name),
        README: _README.replace("NAME", name) + _told(begun.left_out),
    }
    return {**{path: text.encode() for path, text in texts.items()}, **begun.pictures}


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


def _told(left_out: tuple[str, ...]) -> str:
    if not left_out:
        return ""
    return "\n## Not taken over\n\n" + "".join(f"- {one}\n" for one in left_out)


_WORKFLOW = """\
name: guideline
on: [push, pull_request]
permissions:
  contents: read
jobs:
  guideline:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install guidelint
      - run: guidelint lint NAME.yaml --format github
      - name: Compiled outputs are those of the guideline
        run: guidelint compile NAME.yaml --check
      - name: What is released is as it was released
        run: guidelint release NAME.yaml --check
      - name: Work in exports/ is judged, where there is any
        if: hashFiles('exports/**') != ''
        run: guidelint check NAME.yaml exports --format github
"""

_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: guideline
        name: compiled outputs are those of the guideline
        entry: guidelint compile NAME.yaml --check
        language: system
        files: ^(NAME\\.yaml|compiled/.*)$
        pass_filenames: false
"""

_README = """\
# NAME

`NAME.yaml` is the guideline. An editor with the YAML language server completes and explains every key of it. Then:

```sh
guidelint lint NAME.yaml                   # what is wrong, what is still to be written, what a good one has besides
guidelint compile NAME.yaml                # what it becomes
guidelint check NAME.yaml export.json      # judge an export of Label Studio by it
```

Further:

```sh
guidelint handbook NAME.yaml -o handbook.html   # what people read: one illustrated page to hand out
guidelint explain diameter-limits          # what a rule or a key means
guidelint diff NAME.yaml --against git:main      # what changes, and which number of the version must move
guidelint release NAME.yaml                # sign it, and keep it as it is from then on
guidelint push NAME.yaml http://localhost:8080   # make a project in Label Studio follow it
pre-commit install                         # keep compiled/ up to date with every commit
guidelint schema > guideline.schema.json   # again after an update of guidelint
```

`compiled/` is made by `guidelint compile` and belongs to what is committed: `.github/workflows/guideline.yml` compares
it with the guideline, and judges what lies in `exports/`. What must not be seen by all who see this folder does not
belong there.
"""
