"""/components: the list, its filters, and look-ups by any name in any form."""

from __future__ import annotations

import httpx
import pytest


def ids(reply: httpx.Response) -> list[str]:
    """Return the ids of a list."""
    assert reply.status_code == 200, reply.text
    return [one["id"] for one in reply.json()["items"]]


@pytest.mark.parametrize(
    "name",
    [
        "backup-service",
        "SQL Safe Backup Service",
        "sql-safe-backup-service",
        "SQLSAFE BACKUPSERVICE",
        "agent",
        "Backup Agent",
        "backup%2Dagent",
    ],
)
def test_a_component_is_found_by_any_name_in_any_spelling(client: httpx.Client, name: str) -> None:
    """Id, title and aliases give the same component, and the reply says where it belongs."""
    reply = client.get(f"/components/{name}")

    assert reply.status_code == 200
    assert reply.json()["id"] == "backup-service"
    assert reply.headers["content-location"] == "/components/backup-service"


def test_a_component_has_its_requirements_with_their_sources(client: httpx.Client) -> None:
    """A requirement has its full sentence, level, place, source and address."""
    component = client.get("/components/backup-service").json()
    requirement = next(
        one for one in component["requirements"] if one["id"] == "backup-service/each-node"
    )

    assert requirement["level"] == "must"
    assert requirement["text"] == "Install the Backup Service on each node of the cluster."
    assert requirement["placement"] == "each-node"
    assert requirement["source"][0]["id"] == "clustering-considerations"
    assert requirement["url"] == "/components/backup-service/#each-node"
    assert requirement["derived"]["topologies"] == ["active-passive", "active-active"]


def test_the_bare_action_of_a_negative_level_is_nowhere(k0: httpx.Client) -> None:
    """Where something is not needed or not allowed, only the full sentence is given."""
    openings = {"must-not": "Do not ", "should-not": "You should not ", "need-not": "You need not "}
    requirements = [
        one
        for item in k0.get("/components").json()["items"]
        for one in k0.get(item["self"]).json()["requirements"]
    ]

    assert {one["level"] for one in requirements} >= openings.keys()
    for one in requirements:
        assert one["text"].startswith(openings.get(one["level"], ""))
        assert {"action", "stated", one["level"]}.isdisjoint(one)


def test_shared_requirements_bear_the_component_and_keep_their_owners_address(
    client: httpx.Client,
) -> None:
    """Through same-as a component has another's requirements; they are cited where they stand."""
    component = client.get("/components/rest-service").json()

    assert component["same_as"] == "management-service"
    assert component["derived"]["inherited"] == ["kind", "role"]
    assert component["requirements"]
    for one in component["requirements"]:
        assert one["component"] == "rest-service"
        assert one["derived"] == {
            **one["derived"],
            "owner": "management-service",
            "shared": True,
        }
        assert one["url"].startswith("/components/management-service/#")


def test_a_component_of_which_nothing_is_asked_says_so(client: httpx.Client) -> None:
    """Nothing to do is told apart from nothing known."""
    component = client.get("/components/command-line").json()

    assert component["asks_nothing"] is True
    assert component["requirements"] == []


def test_an_unknown_component_is_answered_with_the_nearest(client: httpx.Client) -> None:
    """A misspelt name is a problem that names what may have been meant."""
    reply = client.get("/components/bakup-servce")

    assert reply.status_code == 404
    assert reply.json()["type"] == "/problems/unknown-component"
    assert reply.json()["did_you_mean"][0] == "backup-service"


def test_a_homoglyph_is_not_taken_for_the_name(client: httpx.Client) -> None:
    """A name with a Cyrillic letter is unknown, and the nearest is suggested."""
    reply = client.get("/components/m\u0430nagement-service")

    assert reply.status_code == 404
    assert "management-service" in reply.json()["did_you_mean"]


def test_a_name_that_products_share_is_asked_back(k0: httpx.Client) -> None:
    """A shared name is a problem with the ids to choose from; each of them is found."""
    reply = k0.get("/components/Gatekeeper")

    assert reply.status_code == 404
    assert reply.json()["type"] == "/problems/ambiguous-component"
    assert reply.json()["candidates"] == ["kelpline-gatekeeper", "vault-gatekeeper"]
    for name in reply.json()["candidates"]:
        assert k0.get(f"/components/{name}").json()["title"] == "Gatekeeper"


def test_a_former_id_is_still_found(k0: httpx.Client) -> None:
    """Links in old tickets keep working."""
    reply = k0.get("/components/robot-mover")

    assert reply.status_code == 200
    assert reply.headers["content-location"] == "/components/tape-mover"


def test_a_component_is_narrowed_to_a_topology(k0: httpx.Client) -> None:
    """With a topology, only what holds in it is given, and the address says so."""
    everywhere = k0.get("/components/arbiter").json()["requirements"]
    reply = k0.get("/components/arbiter", params={"topology": "Paired Halls"})
    narrowed = reply.json()["requirements"]

    assert [one["id"] for one in narrowed] == ["arbiter/tie-breaker-pair"]
    assert len(everywhere) > len(narrowed)
    assert reply.headers["content-location"] == "/components/arbiter?topology=paired-halls"


def test_a_component_is_narrowed_to_a_version(k0: httpx.Client) -> None:
    """With a version, only what holds in it is given; its label may be spelt freely."""
    old = k0.get("/components/transcoder", params={"version": "4.2"}).json()["requirements"]
    new = k0.get("/components/transcoder", params={"version": "4.2sp1"}).json()["requirements"]

    assert "transcoder/two-per-node" in [one["id"] for one in old]
    assert "transcoder/six-per-node" not in [one["id"] for one in old]
    assert "transcoder/six-per-node" in [one["id"] for one in new]


@pytest.mark.parametrize("parameter", ["topology", "version"])
def test_an_unknown_topology_or_version_is_told(k0: httpx.Client, parameter: str) -> None:
    """A misspelt filter never gives a shorter list in silence."""
    reply = k0.get("/components/transcoder", params={parameter: "nowhere"})

    assert reply.status_code == 422
    assert reply.json()["type"] == "/problems/invalid-parameter"
    assert reply.json()["pointer"] == f"/query/{parameter}"


def test_the_list_has_every_component_once(client: httpx.Client) -> None:
    """The list is in order of the ids and says how many there are."""
    reply = client.get("/components")

    assert ids(reply) == sorted(ids(reply))
    assert reply.json()["total"] == len(ids(reply)) == 8


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=database", ["repository-database"]),
        ("placement=each-node&level=must", ["backup-service"]),
        (
            "resource=Generic+Service&level=must",
            ["collection-service", "management-service", "rest-service"],
        ),
        ("resource=generic-script&level=must-not", []),
        ("resource=generic-service&level=must-not", ["filter-service"]),
        ("level=automatic", ["filter-service"]),
        ("topology=a/a&kind=Database", ["repository-database"]),
    ],
)
def test_the_list_is_filtered(client: httpx.Client, query: str, expected: list[str]) -> None:
    """Filters narrow the list; what holds of a broad resource holds of its narrower ones."""
    assert ids(client.get(f"/components?{query}")) == expected


def test_the_list_is_filtered_by_product(k0: httpx.Client) -> None:
    """A product has its own components."""
    everything = ids(k0.get("/components"))
    one = ids(k0.get("/components", params={"product": "Kelpline"}))

    assert "kelpline-gatekeeper" in one
    assert "vault-gatekeeper" not in one
    assert set(one) < set(everything)


def test_a_filter_that_several_things_are_called_is_asked_back(k0: httpx.Client) -> None:
    """A name that products share is no reason for a list of one of them, or of none."""
    reply = k0.get("/components", params={"resource": "Gatekeeper"})

    assert reply.status_code == 422
    assert reply.json()["candidates"] == ["kelpline-gatekeeper", "vault-gatekeeper"]
    assert reply.json()["pointer"] == "/query/resource"


def test_the_pages_of_a_list_lead_to_each_other(client: httpx.Client) -> None:
    """Following `next` gives every component once, and the other relations fit."""
    reply = client.get("/components?limit=3&topology=active-active")
    found = ids(reply)
    while address := reply.links.get("next", {}).get("url"):
        reply = client.get(address)
        found += ids(reply)

    assert found == ids(client.get("/components"))
    assert reply.links.keys() == {"first", "prev", "last"}
    assert "topology=active-active" in reply.links["prev"]["url"]


def test_beyond_the_end_of_a_list_is_nothing(client: httpx.Client) -> None:
    """An offset beyond the end is no error."""
    reply = client.get("/components?offset=1000&limit=3")

    assert ids(reply) == []
    assert reply.json()["total"] == 8
    assert ids(client.get(reply.links["prev"]["url"])) == ids(client.get("/components"))[6:]


def test_a_name_may_stand_in_the_query(client: httpx.Client) -> None:
    """?name= gives the same component as the path, for names that a path cannot hold."""
    by_path = client.get("/components/agent")
    by_query = client.get("/components", params={"name": "agent"})

    assert by_query.content == by_path.content
    assert by_query.headers["content-location"] == "/components/backup-service"


def test_an_unknown_name_in_the_query_is_a_problem_too(client: httpx.Client) -> None:
    """?name= is a look-up and no filter: nothing found is a problem with suggestions."""
    reply = client.get("/components", params={"name": "bakup service"})

    assert reply.status_code == 404
    assert reply.json()["did_you_mean"][0] == "backup-service"


@pytest.mark.parametrize("filter_", ["kind=service", "level=must", "limit=5", "offset=0"])
def test_a_name_and_a_filter_of_the_list_do_not_go_together(
    client: httpx.Client, filter_: str
) -> None:
    """What would be passed over is refused."""
    reply = client.get(f"/components?name=agent&{filter_}")

    assert reply.status_code == 422
    assert reply.json()["pointer"] == f"/query/{filter_.partition('=')[0]}"
