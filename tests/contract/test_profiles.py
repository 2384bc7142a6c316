"""The minimal profile's contract is the whole one's, less what the profile leaves out."""

from tests.contract import profiles
from tests.contract.compare import differences
from tests.contract.normalise import facts


def test_it_says_nothing_that_the_whole_contract_does_not() -> None:
    whole = facts(profiles.full())
    said = {
        place: fact
        for place, fact in facts(profiles.minimal()).items()
        if "authenticated" not in place
    }
    assert said
    assert said.items() <= whole.items()


def test_it_has_its_operations_for_anybody() -> None:
    paths = profiles.minimal()["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    assert len(operations) == 10
    assert not any(
        "security" in operation or "401" in operation["responses"] for operation in operations
    )


def test_a_tag_in_it_is_a_difference() -> None:
    minimal = profiles.minimal()
    planted = profiles.minimal()
    planted["components"]["schemas"]["Todo"]["properties"]["tags"] = {"type": "string"}
    found = differences(planted, minimal)
    assert found
    assert all(".tags" in line for line in found)


def test_opaque_tokens_add_a_logout_and_leave_the_rest() -> None:
    whole, opaque = facts(profiles.full()), facts(profiles.served("token"))
    added = {place for place, fact in opaque.items() if whole.get(place) != fact}
    assert whole.items() <= opaque.items()
    assert added
    assert all(place.startswith("POST /api/v1/auth/logout-everywhere ") for place in added)


def test_logins_elsewhere_add_their_two_pages_and_leave_the_rest() -> None:
    whole, more = facts(profiles.full()), facts(profiles.served("oauth2"))
    added = {place for place, fact in more.items() if whole.get(place) != fact}
    assert whole.items() <= more.items()
    assert {place.split()[1].rpartition("/")[2] for place in added} == {"authorize", "callback"}
    assert all(place.startswith("GET /api/v1/auth/oauth/{provider}/") for place in added)


def test_sessions_replace_tokens_and_ask_for_proof_of_each_change() -> None:
    document = profiles.served("session")
    said = facts(document)
    assert not any(word in place for place in said for word in ("auth/token", "auth/revoke"))
    for operations in document["paths"].values():
        for method, operation in operations.items():
            proof: dict[str, list[str]] = {} if method == "get" else {"csrfToken": []}
            if "security" in operation:
                assert operation["security"] == [{"sessionCookie": [], **proof}]
                assert not proof or "403" in operation["responses"]
    rest = {
        place: fact
        for place, fact in facts(profiles.full()).items()
        if "auth/token" not in place and "auth/revoke" not in place
    }
    assert rest.items() <= said.items()


def test_a_change_merges_and_null_takes_out() -> None:
    document = {"a": {"b": 1, "c": 2}, "d": [3]}
    assert profiles.adapted(document, {"a": {"b": None, "e": {"f": 4}}, "d": [5]}) == {
        "a": {"c": 2, "e": {"f": 4}},
        "d": [5],
    }
    assert document["a"] == {"b": 1, "c": 2}
