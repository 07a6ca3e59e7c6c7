"""Count what the reading of an answer says about human translations, taken as drafts.

    python benchmarks/quality/drafts.py [--pairs TSV] [--lists FILE]

Whatever it finds so wrong that a draft could not be used is a false alarm here, or a mistake of the
translator's.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from corpus import SEGMENTS, rows
from shifted import ours

from bilingual.model import Kind
from bilingual.prompting import answers, marks
from bilingual.prompting.request import Passage


def main() -> None:
    """Judge every pair in both directions, print the counts of each fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=Path, default=SEGMENTS)
    parser.add_argument("--lists", type=Path)
    options = parser.parse_args()
    pairs = [(row.en, row.ko) for row in rows(options.pairs)]
    pairs += [pair for _, _, found in ours() for pair in found]
    counts: Counter[str] = Counter()
    listed: list[str] = []
    for languages, order in ((("en", "ko"), 1), (("ko", "en"), -1)):
        for pair in pairs:
            source, draft = marks.aligned(*pair[::order])
            passage = Passage("1", Kind.PARAGRAPH, source)
            for fault in answers.judge(passage, marks.protect(pair[::order][0]), draft, languages):
                template = fault.message.template
                if fault.fatal and "mark" not in template.split() and "adds" not in template:
                    counts[template] += 1
                    row = (str(fault.message), source, draft)
                    listed.append("\t".join(each.replace("\n", "⏎") for each in row))
    print(f"{2 * len(pairs):,} drafts")
    print("| fault | drafts | one in |\n|---|---:|---:|")
    for template, count in counts.most_common():
        print(f"| {template} | {count} | {2 * len(pairs) // count:,} |")
    if options.lists:
        options.lists.write_text("\n".join(listed) + "\n", "utf-8")


if __name__ == "__main__":
    main()
