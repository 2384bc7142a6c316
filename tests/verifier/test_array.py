"""The array covers every pair that the rules allow, and asks for nothing that they refuse."""

from extensions import guard
from tests.verifier import array


def test_every_pair_of_choices_occurs() -> None:
    covered = {
        frozenset((one, other))
        for levels in map(array.levels_of, (row.answers for row in array.rows()))
        for one in levels.items()
        for other in levels.items()
    }
    assert [pair for pair in array.pairs() if frozenset(pair) not in covered] == []


def test_what_stands_apart_is_paired_with_the_framework_alone() -> None:
    beside = {
        other
        for pair in array.pairs()
        for (one, _), (other, _) in (pair, pair[::-1])
        if one in array.APART
    }
    assert beside == {"framework"}


def test_rows_of_the_array_alone_are_not_thorough() -> None:
    fixed = {row.name for row in array.fixed_rows()}
    assert {row.name for row in array.rows() if row.thorough} == fixed
    assert array.random_row(1, []).thorough


def test_every_choice_of_every_question_occurs() -> None:
    answers = [row.answers for row in array.rows()]
    for name, question in array.deciding().items():
        given = [row[name] for row in answers if name in row]
        flat = [v for value in given for v in (value if isinstance(value, list) else [value])]
        assert set(guard.choices(question)) <= set(flat), name
        assert given, name


def test_every_question_varies() -> None:
    asked = {factor.partition(":")[0] for factor in array.factors()}
    assert asked == set(guard.asked()) - {"preset"} - guard.choosing()
    assert {row.answers["preset"] for row in array.preset_rows()} == set(guard.presets())


def test_rules_and_validators_accept_every_row() -> None:
    for row in array.rows():
        assert guard.conflicts(row.answers) == [], row.name
        wrong = {name: guard.problem(name, value) for name, value in row.answers.items()}
        assert not any(wrong.values()), (row.name, wrong)


def test_bare_has_everything_off_and_full_everything_on() -> None:
    bare, full = array.bare(), array.full()
    for name, question in array.deciding().items():
        if question["type"] == "bool":
            assert (bare[name], full[name]) == (False, True)
        elif question.get("multiselect"):
            possible = [
                choice
                for choice in guard.choices(question)
                if not guard.conflicts({**full, name: [choice]})
            ]
            assert (bare[name], full[name]) == ([], possible)


def test_names_are_unique_and_rows_come_in_the_same_order() -> None:
    names = [row.name for row in array.rows()]
    assert len(set(names)) == len(names)
    assert array.covering() == array.covering.__wrapped__()
    fixed = [*(row.name for row in array.framework_rows()), "bare", "full"]
    assert names[: len(fixed)] == fixed
    assert names[0] == "default"


def test_each_framework_has_a_default_row() -> None:
    frameworks = {row.answers["framework"] for row in array.framework_rows()}
    assert frameworks == set(guard.choices(guard.asked()["framework"]))


def test_a_random_row_is_allowed_whole_and_none_of_the_array() -> None:
    known = array.rows()
    decided = {name for name, question in array.deciding().items() if guard.choices(question)}
    for seed in range(20):
        row = array.random_row(seed, known)
        assert guard.conflicts(row.answers) == [], row
        assert decided <= set(row.answers)
        assert row.answers not in [other.answers for other in known]


def test_a_seed_has_its_own_row() -> None:
    drawn = [array.random_row(seed, []) for seed in range(20)]
    assert drawn == [array.random_row(seed, []) for seed in range(20)]
    assert len({str(row.answers) for row in drawn}) == len(drawn)
    assert drawn[1] != array.random_row(1, [drawn[1]])


def test_a_list_with_no_member_so_far_may_still_have_one() -> None:
    begun = {"framework": "fastapi", "auth": "oauth2", "oauth_providers:google": False}
    assert array.possible(begun)
    assert array.possible(begun | {"oauth_providers:github": True})
    assert not array.possible(begun | {"oauth_providers:github": False})
