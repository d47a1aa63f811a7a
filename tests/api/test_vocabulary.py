"""The vocabulary: every collection lists and looks up alike."""

from __future__ import annotations

import httpx
import pytest

NOUNS = ["products", "topologies", "resources", "conditions", "procedures", "sources"]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_thing_of_a_list_is_found_by_each_of_its_names(k0: httpx.Client, noun: str) -> None:
    """A list has whole things, and each of them is found by id, title and aliases."""
    listing = k0.get(f"/{noun}").json()

    assert listing["items"]
    assert listing["total"] == len(listing["items"])
    for item in listing["items"]:
        assert item["self"] == f"/{noun}/{item['id']}"
        for name in (item["id"], item["title"], *item["aliases"]):
            assert k0.get(f"/{noun}", params={"name": name}).json() == item


@pytest.mark.parametrize("noun", NOUNS)
def test_an_unknown_thing_is_a_problem_of_its_kind(k0: httpx.Client, noun: str) -> None:
    """The problem's type names the kind of thing that was looked for."""
    kind = {"topologies": "topology"}.get(noun, noun.removesuffix("s"))
    reply = k0.get(f"/{noun}/zzzz")

    assert reply.status_code == 404
    assert reply.json()["type"] == f"/problems/unknown-{kind}"


@pytest.mark.parametrize("noun", NOUNS)
def test_every_thing_has_a_form_in_markdown(k0: httpx.Client, noun: str) -> None:
    """The Markdown of a thing begins with its title."""
    for item in k0.get(f"/{noun}").json()["items"]:
        assert k0.get(f"{item['self']}.md").text.startswith(f"# {item['title']}\n")


def test_a_slash_in_a_name_is_escaped(client: httpx.Client) -> None:
    """An alias with a slash is found by its escaped path."""
    reply = client.get("/topologies/A%2FA")

    assert reply.headers["content-location"] == "/topologies/active-active"


def test_a_procedure_without_recorded_steps_has_none(client: httpx.Client) -> None:
    """What the source does not record is empty, and Markdown says so in words."""
    path = "/procedures/registering-services-as-clustered-resource"

    assert client.get(path).json()["steps"] == []
    assert "its steps are not recorded here" in client.get(f"{path}.md").text


def test_narrower_and_broader_terms_are_derived(client: httpx.Client) -> None:
    """What follows from other pages is in `derived`, apart from what the page states."""
    narrow = client.get("/resources/generic-script").json()
    broad = client.get("/resources/cluster-resource").json()

    assert narrow["broader"] == "cluster-resource"
    assert narrow["derived"]["ancestors"][0] == "cluster-resource"
    assert "generic-script" in broad["derived"]["narrower"]


def test_the_matrix_has_every_component_and_topology(k0: httpx.Client) -> None:
    """Each topology is in one column, each component in one row, each row has all cells."""
    matrix = k0.get("/matrix").json()
    topologies = [one for column in matrix["columns"] for one in column["topologies"]]
    rows = {one["id"]: one for one in matrix["rows"] if one["type"] == "component"}
    published = {
        one["id"] for one in k0.get("/components").json()["items"] if one["status"] == "published"
    }

    assert len(topologies) == len(set(topologies))
    assert rows.keys() == published
    assert all(len(one["cells"]) == len(matrix["columns"]) for one in matrix["rows"])


def test_the_cells_of_the_matrix_are_the_narrowed_components(k0: httpx.Client) -> None:
    """A cell has the requirements that the component has in the topologies of its column."""
    matrix = k0.get("/matrix").json()
    row = next(one for one in matrix["rows"] if one["id"] == "arbiter")
    for column, cell in zip(matrix["columns"], row["cells"], strict=True):
        for topology in column["topologies"]:
            narrowed = k0.get("/components/arbiter", params={"topology": topology}).json()
            assert {one["id"] for one in cell["requirements"]} == {
                one["id"] for one in narrowed["requirements"]
            }


def test_the_matrix_of_one_product(k0: httpx.Client) -> None:
    """With a product, the matrix has its components alone."""
    rows = k0.get("/matrix", params={"product": "kelpline"}).json()["rows"]

    assert {one["product"] for one in rows} == {"kelpline"}
