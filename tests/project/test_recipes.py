"""The recipes of the README lead where they say: each is followed, word for word, in a copy."""

from pathlib import Path

import pytest

from tests.project.readme import sections
from tests.project.test_readme import RECIPES, follow


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_leads_where_it_says(recipe: str, tree: Path) -> None:
    follow(sections("README.md")[recipe], tree)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_changes_files_and_ends_with_a_command(recipe: str) -> None:
    blocks = sections("README.md")[recipe]
    assert any(block.path for block in blocks)
    assert blocks[-1].commands
