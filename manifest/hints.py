"""How many functions say the types of all their parameters and of their result.

It runs by itself, `python hints.py FILE...`, on an interpreter that knows the syntax of the files:
it needs nothing but the standard library.
"""

import ast
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef


def coverage(modules: Iterable[Path]) -> dict[str, Any]:
    """Return the share of annotated functions: of all, of public ones and of private ones."""
    total: Counter[bool] = Counter()
    annotated: Counter[bool] = Counter()
    for path in modules:
        for function, public, method in _functions(ast.parse(path.read_bytes(), str(path))):
            total[public] += 1
            annotated[public] += _is_annotated(function, method=method)
    return {
        "percent": _percent(annotated.total(), total.total()),
        "public": {"functions": total[True], "annotated": annotated[True]},
        "private": {"functions": total[False], "annotated": annotated[False]},
    }


def _functions(
    node: ast.AST, *, public: bool = True, in_class: bool = False
) -> Iterator[tuple[Function, bool, bool]]:
    """Yield each function, whether public names lead to it, and whether it is a method."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            seen = public and _is_public(child.name)
            yield child, seen, in_class
            yield from _functions(child, public=False)
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, public=public and _is_public(child.name), in_class=True)
        else:
            yield from _functions(child, public=public, in_class=in_class)


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _is_annotated(function: Function, *, method: bool) -> bool:
    given = function.args
    static = any(
        isinstance(decorator, ast.Name) and decorator.id == "staticmethod"
        for decorator in function.decorator_list
    )
    positional = [*given.posonlyargs, *given.args][1 if method and not static else 0 :]
    rest = [argument for argument in (given.vararg, given.kwarg) if argument]
    typed = all(argument.annotation for argument in [*positional, *given.kwonlyargs, *rest])
    return typed and (function.returns is not None or function.name == "__init__")


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 100.0


def main() -> int:
    """Print the coverage of the files named, or the one that is no Python; return the status."""
    try:
        print(json.dumps(coverage(map(Path, sys.argv[1:]))))
    except SyntaxError as error:
        print(error.filename, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
