# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/data/date_order/contracts.jsonl: of contracts under the law of a US state their heads, sentences with dates, an address, and law.

    python3 tests/tools/make_date_order_set.py CONTRACTS OUT

CONTRACTS is a folder with annotations.json and the texts of CUAD (tests/data/README.md: attribution). The test writes American and British
documents of them, in which all dates are spelt with the month first here. Needs Python's standard library alone.
"""
import json
import pathlib
import re
import sys

CONTRACTS = 25
MOST_OF_HEAD = 1000
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = r"(?:%s) \d{1,2}, \d{4}" % MONTH
NUMERIC = r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"
PLACES = ["AZ", "CA", "CO", "CT", "FL", "GA", "IL", "MA", "MD", "MI", "MN", "MO", "NC", "NJ", "NY", "OH", "PA", "TX", "VA", "WA", "Arizona", "California",
          "Colorado", "Connecticut", "Florida", "Georgia", "Illinois", "Maryland", "Massachusetts", "Michigan", "Minnesota", "New Jersey", "New York", "Ohio",
          "Pennsylvania", "Texas", "Virginia", "Washington"]
STATE = r"[Ll]aws? of (?:the )?(?:(?:State|Commonwealth) of )?(?:%s)\b" % "|".join(place for place in PLACES if len(place) > 2)


def sentences(text):
    return [" ".join(each.split()) for each in re.split(r"(?<=[a-z)][.;])\s+(?=[A-Z(])", text)]


def law_of(text):
    found = [each for each in sentences(text) if re.search(r"govern|construed", each) and re.search(STATE, each) and len(each) < 700]
    return found[0] if found else None


def address_of(text):
    """What ends in a ZIP code."""
    found = re.search(r"\b(?:%s),? +\d{5}\b" % "|".join(PLACES), text)
    return text[max(0, found.start() - 100):found.end()].split("\n\n")[-1].strip() if found else None


def parts_of(text):
    told = re.search(r"%s|[A-Za-z],? +\d{5}\b" % NUMERIC, text[:MOST_OF_HEAD])  # a numeric date or a ZIP code would tell the order
    parts = {"head": text[:told.start() if told else MOST_OF_HEAD].rsplit("\n", 1)[0], "law": law_of(text), "address": address_of(text)}
    others = sentences(text[MOST_OF_HEAD:])
    parts["dated"] = [each for each in others if re.search(DATE, each) and len(each) < 700 and not re.search(r"govern|construed|\d{5}|%s" % NUMERIC, each)][:3]
    words = " ".join([parts["head"], *parts["dated"]])
    if re.search(r"govern|construed|(?:day of|\d(?:st|nd|rd|th)?) +(?:%s)|(?:%s) \d{1,2}(?!\d|, \d{4})" % ((MONTH,) * 2), words, re.I):
        return None  # tells the order too
    if len(re.findall(DATE, words, re.I)) > len(re.findall(DATE, words)):
        return None  # in capitals, which the test wouldn't rewrite
    dates = len(parts["dated"]) + len(re.findall(DATE, parts["head"]))
    return parts if parts["dated"] and dates >= 2 and parts["law"] and parts["address"] else None


def main(contracts, out):
    folder = pathlib.Path(contracts)
    lines = []
    for contract in json.loads((folder / "annotations.json").read_text(encoding="utf-8")):
        text = (folder / contract["contract_file"]).read_text(encoding="utf-8")
        parts = parts_of(text) if contract["source"].startswith("CUAD") else None
        if parts and len(lines) < CONTRACTS:
            lines.append(json.dumps({"contract": contract["contract_file"], **parts}, ensure_ascii=False) + "\n")
    (pathlib.Path(out) / "contracts.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(len(lines), "contracts")


main(*sys.argv[1:])
