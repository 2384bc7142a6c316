"""What Copier runs in a project, once before it is updated and once after; see README.md here."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from migrations import after, before

if __name__ == "__main__":
    stage = {"before": before, "after": after}[os.environ["STAGE"]]
    print(stage.run(Path(), Path(sys.argv[1])), end="")
