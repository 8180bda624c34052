"""The READMEs say what is: commands print what is shown, links and paths lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.project.readme import LONG, READMES, ROOT, Block, Command, same, sections, write
from tests.project.terminal import recipe, run

# Followed by test_recipes.py.
RECIPES = ("Add a source", "Add a rule", "Add a channel")

SHOWN = [
    pytest.param(blocks, id=heading)
    for heading, blocks in sections("README.md").items()
    if heading not in RECIPES and any(block.commands for block in blocks)
]


def follow(blocks: tuple[Block, ...], folder: Path) -> None:
    """Do what the blocks of one section say, and compare what is printed."""
    for block in blocks:
        if block.path:
            write(block, folder)
        for command in block.commands:
            if command.is_long:
                assert recipe(command, folder)
                continue
            answer = run(command, folder)
            shown = "\n".join(answer.lines)
            assert answer.status == 0, f"{command.line}:\n{shown}\n{answer.complaints}"
            if command.printed:
                assert same(command.printed, answer.lines), f"`make readme`; it prints:\n{shown}"


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize("blocks", SHOWN)
def test_the_commands_print_what_is_shown(blocks: tuple[Block, ...], tree: Path) -> None:
    follow(blocks, tree)


def test_every_target_of_the_makefile_is_described_and_every_long_one_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))
    assert targets == set(re.findall(r"^\.PHONY: ([a-z-]+)$", text, re.MULTILINE))
    assert targets >= LONG


def test_what_ci_calls_are_targets() -> None:
    called = re.findall(r"^make .*$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.M)
    assert called[0] == "make test"
    for line in called:
        assert recipe(Command(line), ROOT)


def test_modules_called_by_make_exist() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    ours = re.findall(r"-m ((?:training|tests)\.[a-z_.]+)", text)
    assert ours
    for name in ours:
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), name


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_to_files(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("readme", READMES)
def test_folders_and_modules_named_in_the_text_exist(readme: str) -> None:
    text = re.sub(
        r"^```.*?^```$", "", (ROOT / readme).read_text(encoding="utf-8"), flags=re.M | re.S
    )
    written = {block.path for found in sections(readme).values() for block in found}
    paths = set(re.findall(r"`((?:detector|data|training|tests)/[\w./-]+)`", text)) - written
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_both_languages_show_the_same_blocks() -> None:
    english, chinese = ([*sections(readme).values()] for readme in READMES)
    ours = [block.lines for found in english for block in found if block.language != "text"]
    theirs = [block.lines for found in chinese for block in found if block.language != "text"]
    assert ours == theirs


def test_a_changelog_entry_stands_for_the_version() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert version is not None
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(version[1])}\] - \d{{4}}-\d\d-\d\d$", changes, re.M)
