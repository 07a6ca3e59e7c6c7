"""List what is installed in this environment: name, version, licence.

    python tools/licences.py [--json]

With `--json` the list is a bill of materials in CycloneDX 1.5. Licences are what each package says
of itself: its SPDX expression, else its classifiers, else its free text.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, distributions


def main(arguments: list[str]) -> int:
    """Print the list; return 1 when a package names no licence."""
    found = sorted(
        {name(each): each for each in distributions()}.items(), key=lambda pair: pair[0].lower()
    )
    rows = [(key, each.version, licence(each)) for key, each in found]
    if arguments == ["--json"]:
        print(json.dumps(bill(rows), indent=2, ensure_ascii=False))
    else:
        width = max(len(row[0]) for row in rows)
        for package, version, said in rows:
            print(f"{package:{width}}  {version:16}  {said or 'not named'}")
    return 0 if all(row[2] for row in rows) else 1


def name(distribution: Distribution) -> str:
    """Return the name, as an index writes it."""
    return re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()


def licence(distribution: Distribution) -> str:
    """Return what the package says of its licence, on one line; empty when it says nothing."""
    said = distribution.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    classes = [
        each.rsplit(" :: ", 1)[-1]
        for each in said.get_all("Classifier") or ()
        if each.startswith("License :: ") and each != "License :: OSI Approved"
    ]
    if classes:
        return ", ".join(classes)
    text = str(said.get("License") or "").strip()
    return text.splitlines()[0][:80] if text else ""


def bill(rows: list[tuple[str, str, str]]) -> dict[str, object]:
    """Return the rows as a CycloneDX document."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "components": [
            {
                "type": "library",
                "name": package,
                "version": version,
                "purl": f"pkg:pypi/{package}@{version}",
                "licenses": [{"license": {"name": said}}] if said else [],
            }
            for package, version, said in rows
        ],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
