"""What the suite runs of the fuzz and of the faults, in one process: to make ready takes as long as 30 runs.

`python -m tests.support.fuzz_suite` prints as JSON what each part has found.
"""

from __future__ import annotations

import json

from tests.support.faults_everywhere import Faults, make_environ
from tests.support.fuzz_commands import Fuzz, describe_attempt, open_fuzz

ODD_LINES, USUAL_LINES = 120, 65  # a usual line may have two more after it
FAULTY = ("init", "add", "remember", "forget", "select")


def run_lines(fuzz: Fuzz, runs: int, *, reads_back: bool) -> dict[str, object]:
    """Return the attempts with a problem, and how many commands ended in how many ways."""
    attempts = [fuzz.make_attempt(f"suite-{number}", reads_back=reads_back) for number in range(runs)]
    return {
        "problems": [describe_attempt(attempt) for attempt in attempts if attempt.problems],
        "ends": len({(attempt.line.command, attempt.ended and attempt.ended.code) for attempt in attempts}),
    }


def main() -> None:
    """Run all parts on copies of the same worlds."""
    with open_fuzz() as fuzz:
        faults = Faults(fuzz.folder, make_environ(fuzz.urls), fuzz.templates)
        found = {
            "odd lines": run_lines(fuzz, ODD_LINES, reads_back=False),
            "spoiled files": run_lines(fuzz, USUAL_LINES, reads_back=True),
            "faults": [problem for name in FAULTY for problem in faults.list_problems(name)],
        }
    print(json.dumps(found))  # noqa: T201 - a program of its own


if __name__ == "__main__":
    main()
