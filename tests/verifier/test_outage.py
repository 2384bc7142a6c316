"""What counts as surviving the loss of the database, shown on planted answers."""

import pytest

from tests.verifier import outage
from tests.verifier.outage import Answer
from tests.verifier.project import StageError

BEFORE = Answer(began=1.0, took=0.01, status=200, retry_after=None)
DURING = Answer(began=11.0, took=0.5, status=503, retry_after="1")
GONE, UNTIL = 10.0, 14.0


def test_prompt_refusals_pass() -> None:
    outage._check_outage([BEFORE, DURING], GONE, UNTIL)


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        (Answer(11.0, 0.1, 500, None), r"status \[500\]"),
        (Answer(11.0, 0.1, 200, None), r"status \[200\]"),
        (Answer(9.9, 0.2, 500, None), r"status \[500\]"),
        (Answer(11.0, 2.5, 503, "1"), r"took 2\.5 s"),
        (Answer(9.9, 2.5, 200, None), r"took 2\.5 s"),
        (Answer(11.0, 0.1, 503, None), "without Retry-After"),
    ],
)
def test_anything_else_fails(planted: Answer, reason: str) -> None:
    with pytest.raises(StageError, match=reason):
        outage._check_outage([BEFORE, DURING, planted], GONE, UNTIL)


def test_no_answer_fails() -> None:
    with pytest.raises(StageError, match="nothing was answered"):
        outage._check_outage([BEFORE], GONE, UNTIL)


def test_a_slow_answer_before_it_is_of_no_account() -> None:
    outage._check_outage([Answer(1.0, 2.5, 200, None), DURING], GONE, UNTIL)


def test_a_load_that_goes_well_is_waited_for() -> None:
    outage._await_load([Answer(1.0, 0.1, 503, "1"), *[BEFORE] * outage.WARM_UP_ANSWERS])


@pytest.mark.parametrize("answers", [[], [DURING], [*[BEFORE] * 200, DURING]])
def test_an_error_before_it_fails(answers: list[Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "WARM_UP_SECONDS", 0.2)
    with pytest.raises(StageError, match="the database being up"):
        outage._await_load(answers)
