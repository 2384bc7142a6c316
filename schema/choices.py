"""The questions whose choices decide what is rendered, and how a choice is written in the docs."""

from extensions import guard


def deciding() -> list[str]:
    """Return the questions whose choices decide what is rendered."""
    guiding = {"preset", *guard.choosing()}
    return [
        name
        for name, question in guard.asked().items()
        if guard.choices(question) and name not in guiding
    ]


def answer(name: str, choice: object) -> object:
    """Return the answer that is this choice alone, as a list where several can be chosen."""
    if guard.asked()[name].get("multiselect"):
        return [choice] if choice else []
    return choice


def shown(choice: object) -> str:
    """Return a choice as it is given by `--data`."""
    return str(choice).lower() if isinstance(choice, bool) else str(choice)
