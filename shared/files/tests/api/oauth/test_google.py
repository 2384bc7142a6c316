"""What Google says in its metadata and ID tokens is checked (OpenID Connect Core, 3.1.3.7)."""

from collections.abc import Iterator, Mapping
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from httpx2 import Client

from tests.api.oauth.browser import OAUTH, Browser, Person, Provider, parameters, with_parameters
from tests.api.oauth.google import KEYS, METADATA, Google
from tests.api.support import MakeClient, is_problem, new_email

ALGORITHMS = "id_token_signing_alg_values_supported"


@pytest.fixture
def provider(google: Google) -> Provider:
    return google


@pytest.fixture
def person(google: Google) -> Person:
    return google.enrol(new_email())


@pytest.fixture(scope="module")
def own_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def sign(token: str, key: Any, algorithm: str = "RS256", **changes: object) -> str:
    """Return the token with other claims, signed anew; None takes a claim away."""
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    kept = {name: claim for name, claim in claims.items() if claim is not None}
    return jwt.encode(kept, key, algorithm, headers={"kid": "own"})


def use_key(google: Google, key: rsa.RSAPrivateKey) -> None:
    """Have the provider sign with this key from now on."""
    publish(google, jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True))


def publish(google: Google, key: Mapping[str, Any]) -> None:
    """Have the provider's key document hold this key alone."""
    google.changes[KEYS] = lambda _: {"keys": [{**key, "kid": "own", "use": "sig"}]}


def change_tokens(google: Google, key: Any, algorithm: str = "RS256", **changes: object) -> None:
    google.changes[google.token_path] = lambda answer: {
        **answer,
        "id_token": sign(answer["id_token"], key, algorithm, **changes),
    }


def test_a_nonce_goes_along(browser: Browser, provider: Provider) -> None:
    nonces = {parameters(browser.begin(provider))["nonce"] for _ in range(2)}

    assert len(nonces) == 2
    assert all(len(nonce) >= 43 for nonce in nonces)


def test_verifier_reaches_the_token_endpoint(
    browser: Browser, google: Google, person: Person
) -> None:
    assert browser.log_in(google, person).status_code == 200

    assert len(google.exchanges[-1].form["code_verifier"]) >= 43


def test_good_token_under_another_key_is_taken(
    browser: Browser, google: Google, person: Person, own_key: rsa.RSAPrivateKey
) -> None:
    use_key(google, own_key)
    change_tokens(google, own_key)

    assert browser.log_in(google, person).status_code == 200


def test_keys_are_read_again_when_a_new_one_signs(
    browser: Browser, google: Google, person: Person, own_key: rsa.RSAPrivateKey
) -> None:
    assert browser.log_in(google, person).status_code == 200
    use_key(google, own_key)
    change_tokens(google, own_key)

    assert browser.log_in(google, person).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://accounts.example.com"},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"nonce": "other"},
        {"nonce": None},
        {"nonce": None, "nonce_supported": False},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"azp": "other"},
    ],
    ids=str,
)
def test_wrong_claims_are_refused(
    browser: Browser,
    google: Google,
    person: Person,
    own_key: rsa.RSAPrivateKey,
    changes: dict[str, Any],
) -> None:
    use_key(google, own_key)
    change_tokens(google, own_key, **changes)

    assert is_problem(browser.log_in(google, person), 400)


def test_token_for_another_client_in_our_name_is_refused(
    browser: Browser, google: Google, person: Person, own_key: rsa.RSAPrivateKey
) -> None:
    use_key(google, own_key)
    change_tokens(google, own_key, aud="other", azp=google.environment["GOOGLE_CLIENT_ID"])

    assert is_problem(browser.log_in(google, person), 400)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_address_is_verified_or_not(
    browser: Browser,
    google: Google,
    person: Person,
    own_key: rsa.RSAPrivateKey,
    verified: object,
) -> None:
    use_key(google, own_key)
    change_tokens(google, own_key, email_verified=verified)

    assert is_problem(browser.log_in(google, person), 403)


def test_forged_signature_is_refused(
    browser: Browser, google: Google, person: Person, own_key: rsa.RSAPrivateKey
) -> None:
    change_tokens(google, own_key)

    assert is_problem(browser.log_in(google, person), 400)


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "s" * 32)])
def test_other_algorithms_are_refused(
    browser: Browser, google: Google, person: Person, algorithm: str, key: str | None
) -> None:
    change_tokens(google, key, algorithm)

    assert is_problem(browser.log_in(google, person), 400)


@pytest.fixture(params=[[], ["RS256", "ES256", "HS256", "none"]], ids=str)
def announced(google: Google, request: pytest.FixtureRequest) -> Google:
    """A provider that says by which algorithms it signs; RS256 it is all the same."""
    google.changes[METADATA] = lambda metadata: {
        **{name: value for name, value in metadata.items() if name != ALGORITHMS},
        **({ALGORITHMS: request.param} if request.param else {}),
    }
    return google


def test_rs256_is_taken(
    browser: Browser, announced: Google, person: Person, own_key: rsa.RSAPrivateKey
) -> None:
    use_key(announced, own_key)
    change_tokens(announced, own_key)

    assert browser.log_in(announced, person).status_code == 200


def test_es256_is_refused(browser: Browser, announced: Google, person: Person) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    publish(announced, jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True))
    change_tokens(announced, key, "ES256")

    assert is_problem(browser.log_in(announced, person), 400)


def test_hs256_is_refused(browser: Browser, announced: Google, person: Person) -> None:
    secret = "s" * 32
    publish(announced, jwt.algorithms.HMACAlgorithm.to_jwk(secret, as_dict=True))
    change_tokens(announced, secret, "HS256")

    assert is_problem(browser.log_in(announced, person), 400)


def test_unsigned_token_is_refused(
    browser: Browser, announced: Google, person: Person, own_key: rsa.RSAPrivateKey
) -> None:
    use_key(announced, own_key)
    change_tokens(announced, None, "none")

    assert is_problem(browser.log_in(announced, person), 400)


@pytest.mark.parametrize("token", [None, "", "a.b.c", 7])
def test_login_without_an_id_token_is_refused(
    browser: Browser, google: Google, person: Person, token: object
) -> None:
    def change(answer: dict[str, Any]) -> dict[str, Any]:
        rest = {name: value for name, value in answer.items() if name != "id_token"}
        return rest if token is None else {**rest, "id_token": token}

    google.changes[google.token_path] = change

    assert is_problem(browser.log_in(google, person), 400)


@pytest.mark.parametrize(
    "change",
    [
        lambda metadata: {**metadata, "issuer": "https://accounts.example.com"},
        lambda metadata: {**metadata, "issuer": f"{metadata['issuer']}/"},
        lambda metadata: {k: v for k, v in metadata.items() if k != "issuer"},
        lambda metadata: {k: v for k, v in metadata.items() if k != "authorization_endpoint"},
        lambda metadata: {**metadata, "authorization_endpoint": 7},
        lambda metadata: {**metadata, "token_endpoint": "/oauth2/token"},
        lambda _: [],
        lambda _: "text",
    ],
)
def test_metadata_of_another_issuer_is_not_believed(
    browser: Browser, google: Google, person: Person, change: Any
) -> None:
    google.changes[METADATA] = change
    assert is_problem(browser.get(f"{OAUTH}/google/authorize"), 503)

    google.changes.clear()
    assert browser.log_in(google, person).status_code == 200


@pytest.mark.parametrize("failure", [404, 500])
def test_metadata_that_cannot_be_had_is_asked_for_again(
    browser: Browser, google: Google, person: Person, failure: int
) -> None:
    google.failures[METADATA] = failure
    assert is_problem(browser.get(f"{OAUTH}/google/authorize"), 503)

    google.failures.clear()
    assert browser.log_in(google, person).status_code == 200


def test_state_is_spent_while_metadata_cannot_be_had(
    browser: Browser, make_client: MakeClient, google: Google, person: Person
) -> None:
    callback = google.approve(browser.begin(google), person)
    with make_client(**google.environment) as restarted:
        browser.service = restarted
        google.failures[METADATA] = 500
        assert is_problem(browser.get(callback), 503)

        google.failures.clear()
        assert is_problem(browser.get(callback), 400)


def test_metadata_is_read_for_a_callback_that_names_the_issuer(
    browser: Browser, make_client: MakeClient, google: Google, person: Person
) -> None:
    callback = google.approve(browser.begin(google), person)
    with make_client(**google.environment) as restarted:
        browser.service = restarted

        assert browser.get(with_parameters(callback, iss=google.issuer)).status_code == 200


def test_keys_that_cannot_be_had_are_503(browser: Browser, google: Google, person: Person) -> None:
    google.failures[KEYS] = 500

    assert is_problem(browser.log_in(google, person), 503)


@pytest.mark.parametrize(
    "keys",
    [
        {"error": "unavailable"},
        {"keys": "text"},
        {"keys": ["text"]},
        {"keys": [{"kty": "unknown"}]},
        {"keys": [{"kty": "RSA", "n": "?", "e": "AQAB"}]},
        ["text"],
        "text",
    ],
    ids=str,
)
def test_what_are_no_keys_is_not_kept(
    browser: Browser, google: Google, person: Person, keys: object
) -> None:
    google.changes[KEYS] = lambda _: keys
    assert is_problem(browser.log_in(google, person), 400)

    google.changes.clear()
    assert browser.log_in(google, person).status_code == 200


@pytest.fixture
def announcing(client: Client, google: Google, make_client: MakeClient) -> Iterator[Browser]:
    """A browser of a service that knows that the provider names itself in its answers."""
    google.changes[METADATA] = lambda metadata: {
        **metadata,
        "authorization_response_iss_parameter_supported": True,
    }
    with make_client(**google.environment) as service:
        yield Browser(service)


def test_provider_that_says_that_it_names_itself_has_to(
    announcing: Browser, google: Google, person: Person
) -> None:
    unnamed = google.approve(announcing.begin(google), person)
    assert is_problem(announcing.get(unnamed), 400)

    named = google.approve(announcing.begin(google), person)
    assert announcing.get(f"{named}&iss={google.issuer}").status_code == 200
