"""JUnit XML, as build servers show test results: a suite a file, a failed case a finding.

Source: the Jenkins xUnit plug-in's ``junit-10.xsd``, which GitLab, Jenkins and others read. XML 1.0
has no control characters; they are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bilingual.language.message import say
from bilingual.report.base import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.model import Finding
    from bilingual.report.base import CheckReport

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(result: CheckReport, gettext: Callable[[str], str] = plain) -> str:
    """Return the findings as JUnit XML; without any there is one suite with one passed case."""
    root = Element("testsuites", name="bilingual check")
    files: dict[str, list[Finding]] = {}
    for finding in result.findings:
        files.setdefault(finding.path, []).append(finding)
    for path, findings in files.items():
        _suite(root, path, findings, gettext)
    if not files:
        suite = SubElement(root, "testsuite", name="bilingual check", tests="1", failures="0")
        SubElement(suite, "testcase", classname="bilingual", name=f"{result.units} units")
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(
    root: Element, path: str, findings: Sequence[Finding], gettext: Callable[[str], str]
) -> None:
    count = str(len(findings))
    suite = SubElement(root, "testsuite", name=_legal(path), tests=count, failures=count)
    for finding in findings:
        case = SubElement(
            suite,
            "testcase",
            classname=_legal(path),
            name=f"{finding.rule} {finding.line}:{finding.column}",
        )
        message = _legal(say(finding.message, gettext))
        failure = SubElement(case, "failure", message=message, type=finding.severity.value)
        failure.text = _legal(
            f"{path}:{finding.line}:{finding.column}: {message}\n{finding.source}\n{finding.target}"
        )


def _legal(text: str) -> str:
    return ILLEGAL.sub("", text)
