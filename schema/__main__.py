"""`make schema`: write the schema of the answers and the pages on the options anew."""

import json
from pathlib import Path

from extensions import guard
from schema import answers, files, options

FILE = Path(__file__).with_name("answers.schema.json")


def text() -> str:
    """Return what the file has to hold."""
    return json.dumps(answers.document(guard), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
    options.FILE.write_text(options.text(), "utf-8")
    files.FILE.write_text(files.text(), "utf-8")
