"""Checks the JSON of `hotseat grade --json`: its keys, and a quote for every score. Usage: check_report.py FILE"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

KEYS = {"format", "rubric", "judge", "verdicts", "delivery", "overall"}
PIN_KEYS = {"id", "version", "sha256"}
VERDICT_KEYS = {"state", "level", "score", "confidence", "evidence", "reasoning"}


def faults(report: dict[str, Any]) -> list[str]:
    """What is wrong with a report, in words; empty when nothing is."""
    found = [f"no {key!r} in the report" for key in sorted(KEYS - report.keys())]
    found += [f"no {key!r} in the rubric" for key in sorted(PIN_KEYS - report.get("rubric", {}).keys())]
    verdicts = report.get("verdicts", {})
    for competency, verdict in verdicts.items():
        found += [f"no {key!r} in the verdict on {competency}" for key in sorted(VERDICT_KEYS - verdict.keys())]
    scored = [verdict for verdict in verdicts.values() if verdict.get("state") == "scored"]
    if not scored:
        found.append("nothing was scored")
    found += [f"a scored verdict without a quote: {verdict}" for verdict in scored if not verdict.get("evidence")]
    return found


def main() -> int:
    """The exit code: 0 when the report is whole."""
    found = faults(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print("\n".join(found) or "The report is whole")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
