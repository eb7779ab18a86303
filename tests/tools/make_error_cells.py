# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the cells of tests/data/error_kinds: passages of real contracts with their gold, and what a model might have written that is wrong.

    python3 tests/tools/make_error_cells.py CONTRACTS OUT

CONTRACTS is a folder with annotations.json and the texts of CUAD (tests/data/README.md: attribution). What a cell is wrong in is not
written: a person labelled each one by reading it (labels.tsv beside the cells). The same folder gives the same file, byte for byte.
Needs Python's standard library alone.
"""
import json
import pathlib
import random
import re
import sys

MOST_BYTES = 3200
AROUND = 600
STATES = {"New York": "US-NY", "Delaware": "US-DE", "California": "US-CA", "Texas": "US-TX", "Florida": "US-FL", "Illinois": "US-IL", "Nevada": "US-NV",
          "Massachusetts": "US-MA", "New Jersey": "US-NJ", "Pennsylvania": "US-PA", "Ohio": "US-OH", "Colorado": "US-CO", "Minnesota": "US-MN",
          "Virginia": "US-VA", "Michigan": "US-MI", "Utah": "US-UT", "Arizona": "US-AZ", "North Carolina": "US-NC", "Maryland": "US-MD"}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
BOOLEAN = {"Anti-Assignment", "Change Of Control", "Termination For Convenience", "Exclusivity", "Non-Compete", "Audit Rights", "Insurance",
           "Ip Ownership Assignment", "Non-Transferable License", "No-Solicit Of Employees", "Covenant Not To Sue"}
TEXT = {"License Grant", "Uncapped Liability", "Post-Termination Services", "Competitive Restriction Exception", "Document Name"}
VALUED = {"Agreement Date", "Effective Date", "Expiration Date", "Renewal Term", "Notice Period To Terminate Renewal", "Governing Law", "Cap On Liability",
          "Warranty Duration", "Parties"}
KEYS = {"Notice Period To Terminate Renewal": "renewal_notice_period", "No-Solicit Of Employees": "no_solicit_of_employees",
        "Ip Ownership Assignment": "ip_ownership_assignment"}


def key_of(category):
    return KEYS.get(category, category.lower().replace(" ", "_").replace("-", "_"))


def plain(text):
    return " ".join(text.replace("\u00ad", "").split())


def date_of(text):
    found = re.search(r"\b(%s) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b" % "|".join(MONTHS), text)
    return found and "%s-%02d-%02d" % (found.group(3), MONTHS.index(found.group(1)) + 1, int(found.group(2)))


def duration_of(text):
    found = re.findall(r"\((\d+)\)[ -](day|month|year)s?", text)
    return f"P{found[0][0]}{found[0][1][0].upper()}" if len(set(found)) == 1 else None


def money_of(text):
    found = re.findall(r"\$ ?(\d[\d,]*\d)(?!\.\d)", text)
    return f"USD {int(found[0].replace(',', ''))}" if len(found) == 1 else None


def law_of(text):
    found = [code for state, code in STATES.items() if re.search(r"\b%s\b" % state, text)]
    return found[0] if len(found) == 1 else None


def parties_of(text, spans):
    names = [plain(span["text"]).strip(" ,") for span in spans]
    full = [name for name in dict.fromkeys(names) if re.search(r"\b(?:Inc|Corp|Corporation|LLC|Ltd|Limited|L\.L\.C)\b\.?$", name, re.I)]
    return [{"n": name, "r": role} for name, role in zip(full, ("supplier", "customer"))] if len(full) == 2 else None


def value_of(category, quotes, spans):
    words = " ".join(quotes)
    if category in BOOLEAN:
        return True
    if category in TEXT:
        return None
    if category.endswith("Date"):
        return date_of(words)
    if category == "Governing Law":
        return law_of(words)
    if category == "Cap On Liability":
        return money_of(words)
    return parties_of(words, spans) if category == "Parties" else duration_of(words)


def passage_of(text, clause):
    """The bytes around a clause's spans, from the begin of a line or sentence to the end of one; nothing if they lie far apart."""
    begin, end = min(span["start"] for span in clause["spans"]), max(span["end"] for span in clause["spans"])
    if end - begin > MOST_BYTES - AROUND:
        return None
    first = max(text.rfind(b"\n", 0, max(0, begin - AROUND)), text.rfind(b". ", 0, max(0, begin - AROUND)) + 1, 0)
    stop = min(len(text), end + AROUND)
    last = text.find(b". ", stop)
    last = last + 1 if 0 <= last < stop + 300 else (text.find(b"\n", stop) if text.find(b"\n", stop) >= 0 else len(text))
    return (first, last) if last - first <= MOST_BYTES + AROUND else None


def gold_of(contract, first, last):
    """The clauses whose spans all lie in the passage, with values where they can be read off."""
    gold = {}
    for clause in contract["clauses"]:
        category = clause["category"]
        if category not in BOOLEAN | TEXT | VALUED or not clause["spans"]:
            continue
        if not all(first <= span["start"] and span["end"] <= last for span in clause["spans"]) or any(span.get("part_of_omitted") for span in clause["spans"]):
            continue
        spans = sorted(clause["spans"], key=lambda span: (span["start"], span["end"]))
        if any(a["end"] > b["start"] for a, b in zip(spans, spans[1:])):
            continue
        quotes = [plain(span["text"]) for span in spans]
        value = value_of(category, quotes, spans)
        if value is None and category not in TEXT:
            continue
        gold[key_of(category)] = {"q": quotes, "v": value, "s": [[span["start"] - first, span["end"] - first] for span in spans]}
    return gold


def sentences_of(passage):
    return [each for each in re.split(r"(?<=[.;]) (?=[A-Z(])", plain(passage)) if 40 <= len(each) <= 400]


# ---- ways to be wrong: each gives what is predicted for the clause (None: null), or a whole output ----

def like(gold, **changes):
    return {"q": changes.get("q", list(gold["q"])), "v": changes.get("v", gold["v"])}


def null(rng, case):
    return {"predicted": None}


def null_behind_cut(rng, case):
    begin, end = case["gold"]["s"][0]
    cut = rng.choice([begin + (end - begin) // 2, begin + (end - begin) // 3])
    return {"predicted": None, "cut": cut}


def null_elsewhere_cut(rng, case):
    return {"predicted": None, "cut": max(1, case["gold"]["s"][0][0] // 2)}


def read_to(rng, case):
    return {"predicted": None, "read_to": max(1, case["gold"]["s"][0][0] - 5)}


def prose(rng, case):
    return {"output": rng.choice(["The clause reads: %s" % case["gold"]["q"][0][:80], "{\"%s\":" % case["clause"], "```json\n{}\n```", "null", "[]",
                                  "{\"%s\":{\"quote\":\"%s\"}}" % (case["clause"], "see above"), "{'%s': None}" % case["clause"]])}


def cut_output(rng, case):
    return {"output": "{\"%s\":{\"q\":[\"%s" % (case["clause"], case["gold"]["q"][0][:60].replace("\\", "").replace('"', "")), "finish": "length"}


def other_sentence(rng, case):
    free = [each for each in case["sentences"] if not any(each[:40] in quote or quote[:40] in each for entry in case["all"].values() for quote in entry["q"])]
    return {"predicted": like(case["gold"], q=[rng.choice(free)])} if free else None


def false_positive(make):
    def way(rng, case):
        made = make(rng, case)
        return made and {**made, "absent": True}
    way.__name__ = "absent_" + make.__name__
    return way


def made_up(rng, case):
    words = rng.choice(["The Supplier shall maintain public liability insurance of not less than $5,000,000 per claim",
                        "Neither party may assign this Agreement without the prior written consent of the other party hereto",
                        "Customer may audit the books of Vendor once each calendar year on ten days' notice",
                        "During the Term and for two years thereafter the Consultant shall not solicit any employee",
                        "This Agreement renews automatically for successive periods of one (1) year each"])
    return {"predicted": like(case["gold"], q=[words], v=case["other_value"](rng))}


def quote_of_other(rng, case):
    others = [entry for key, entry in case["all"].items() if key != case["clause"]
              and not any(a in b or b in a for a in entry["q"] for b in case["gold"]["q"])]
    return {"predicted": like(case["gold"], q=list(rng.choice(others)["q"]), v=case["other_value"](rng))} if others else None


def flipped(rng, case):
    return {"predicted": like(case["gold"], v=not case["gold"]["v"])} if isinstance(case["gold"]["v"], bool) else None


def reworded(rules):
    def way(rng, case):
        if case["gold"]["v"] is not None:
            return None
        at = rng.randrange(len(case["gold"]["q"]))
        quote = case["gold"]["q"][at]
        found = [quote[:match.start()] + (new(match) if callable(new) else new) + quote[match.end():] for pattern, new in rules for match in re.finditer(pattern, quote)]
        found = [each for each in found if each != quote]
        if not found or len(quote) < 90:
            return None
        return {"predicted": like(case["gold"], q=case["gold"]["q"][:at] + [rng.choice(found)] + case["gold"]["q"][at + 1:])}
    return way


other_polarity = reworded([(r"\b(shall|may|will) not\b", lambda m: m.group(1)), (r"\bnon-(?=exclusive|transferable)", ""), (r"\bwithout\b", "with"), (r"\bnot\b ", "")])
other_duty = reworded([(r"\bshall\b", "may"), (r"\bmay\b", "shall"), (r"\bwill\b", "may")])
other_number = reworded([(r"\((\d+)\)", lambda m: f"({int(m.group(1)) + 4})"), (r"(?<=Section )(\d+)", lambda m: str(int(m.group(1)) + 1))])
other_unit = reworded([(r"\bdays\b", "months"), (r"\bmonths?\b", "year"), (r"\byears?\b", "months")])
other_place = reworded([(r"\bUnited States\b", "United Kingdom"), (r"\bCanada\b", "Mexico"), (r"\bNorth America\b", "South America")])
other_role = reworded([(r"\bLicensee\b", "Licensor"), (r"\bLicensor\b", "Licensee"), (r"\bCompany\b", "Distributor"), (r"\bDistributor\b", "Company")])


def date_changed(change):
    def way(rng, case):
        value = case["gold"]["v"]
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return None
        new = change(rng, case, *value.split("-"))
        return {"predicted": like(case["gold"], v=new)} if new and new != value else None
    return way


day_for_month = date_changed(lambda rng, case, y, m, d: f"{y}-{d}-{m}" if int(d) <= 12 else None)
less_precise = date_changed(lambda rng, case, y, m, d: rng.choice([f"{y}-{m}", y]))
other_date = date_changed(lambda rng, case, y, m, d: rng.choice([f"{int(y) + 1}-{m}-{d}", f"{y}-{m}-{int(d) % 28 + 1:02d}"]))
relative_date = date_changed(lambda rng, case, y, m, d: rng.choice(["effective_date+P1Y", "agreement_date+P30D"]))
date_of_other = date_changed(lambda rng, case, y, m, d: next((entry["v"] for key, entry in case["all"].items() if key.endswith("_date") and entry["v"] != case["gold"]["v"]), None))


def spelt_date(rng, case):
    value = case["gold"]["v"]
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return None
    y, m, d = value.split("-")
    return {"output": json.dumps({case["clause"]: {"q": case["gold"]["q"], "v": f"{MONTHS[int(m) - 1]} {int(d)}, {y}"}}, ensure_ascii=False, separators=(",", ":"))}


def parties_changed(change):
    def way(rng, case):
        return {"predicted": like(case["gold"], v=change([dict(each) for each in case["gold"]["v"]]))} if isinstance(case["gold"]["v"], list) else None
    return way


def other_form(parties):
    forms = [("Inc.", "LLC"), ("INC.", "LLC"), ("Inc", "LLC"), ("Corporation", "Company"), ("CORPORATION", "COMPANY"), ("LLC", "Inc."), ("Ltd.", "plc"), ("Limited", "plc"), ("Corp.", "Co.")]
    for old, new in forms:
        if parties[0]["n"].endswith(old):
            parties[0]["n"] = parties[0]["n"][:-len(old)] + new
            return parties
    parties[0]["n"] += " Holdings"
    return parties


roles_exchanged = parties_changed(lambda parties: [{"n": parties[0]["n"], "r": parties[1]["r"]}, {"n": parties[1]["n"], "r": parties[0]["r"]}])
one_party = parties_changed(lambda parties: parties[:1])
three_parties = parties_changed(lambda parties: parties + [{"n": parties[0]["n"].split()[0], "r": "other"}])
form_exchanged = parties_changed(other_form)


def duration_changed(change):
    def way(rng, case):
        value = case["gold"]["v"]
        found = re.fullmatch(r"P(\d+)([DMY])", value) if isinstance(value, str) else None
        return {"predicted": like(case["gold"], v=change(int(found.group(1)), found.group(2)))} if found else None
    return way


days_for_months = duration_changed(lambda count, unit: {"D": f"P{max(1, count // 30)}M", "M": f"P{30 * count}D", "Y": f"P{365 * count}D"}[unit])
other_count = duration_changed(lambda count, unit: f"P{count + (30 if unit == 'D' else 1)}{unit}")
bare_unit = duration_changed(lambda count, unit: f"P{count}{'M' if unit != 'M' else 'D'}")


def money_changed(change):
    def way(rng, case):
        value = case["gold"]["v"]
        found = re.fullmatch(r"USD (\d+)", value) if isinstance(value, str) else None
        return {"predicted": like(case["gold"], v=change(int(found.group(1))))} if found else None
    return way


ten_times = money_changed(lambda amount: f"USD {10 * amount}")
in_pounds = money_changed(lambda amount: f"GBP {amount}")
other_amount = money_changed(lambda amount: f"USD {3 * amount}")


def other_law(rng, case):
    value = case["gold"]["v"]
    return {"predicted": like(case["gold"], v=rng.choice([code for code in [*STATES.values(), "GB-EAW", "CA-ON"] if code != value]))} if case["clause"] == "governing_law" else None


def section(rng, case):
    quote, words = case["gold"]["q"], plain(case["text"])
    at = words.find(quote[0])
    if case["gold"]["v"] is not None or len(quote) != 1 or at < 0 or len(quote[0]) > 900:
        return None
    return {"predicted": like(case["gold"], q=[words[max(0, at - len(quote[0]) // 2 - 100):at + len(quote[0]) + len(quote[0]) // 2 + 100].split(" ", 1)[1].rsplit(" ", 1)[0]])}


def part(rng, case):
    quote = case["gold"]["q"]
    if case["gold"]["v"] is not None or len(quote) != 1 or len(quote[0]) < 120:
        return None
    share = rng.choice([0.3, 0.45, 0.55])
    return {"predicted": like(case["gold"], q=[quote[0][:int(len(quote[0]) * share)].rsplit(" ", 1)[0]])}


def neighbour(rng, case):
    quote, words = case["gold"]["q"], plain(case["text"])
    at = words.find(quote[0])
    behind = words[at + len(quote[0]):].lstrip(" .;,")[:rng.choice([120, 200])]
    if case["gold"]["v"] is not None or len(quote) != 1 or at < 0 or len(behind) < 100:
        return None
    return {"predicted": like(case["gold"], q=[behind.rsplit(" ", 1)[0]])}


def half_and_next(rng, case):
    quote, words = case["gold"]["q"], plain(case["text"])
    at = words.find(quote[0])
    if case["gold"]["v"] is not None or len(quote) != 1 or at < 0 or len(quote[0]) < 120:
        return None
    half = len(quote[0]) // 2
    shifted = words[at + half:at + half + len(quote[0])]
    return {"predicted": like(case["gold"], q=[shifted.split(" ", 1)[1].rsplit(" ", 1)[0]])} if len(shifted) == len(quote[0]) else None


def one_fewer(rng, case):
    quotes = case["gold"]["q"]
    gone = rng.randrange(len(quotes))
    return {"predicted": like(case["gold"], q=quotes[:gone] + quotes[gone + 1:])} if len(quotes) > 1 and case["gold"]["v"] is None else None


def one_more(rng, case):
    made = other_sentence(rng, case)
    return {"predicted": like(case["gold"], q=case["gold"]["q"] + made["predicted"]["q"])} if made and case["gold"]["v"] is None else None


def twice(rng, case):
    return {"predicted": like(case["gold"], q=case["gold"]["q"] + case["gold"]["q"][:1])} if case["gold"]["v"] is None else None


def dots(rng, case):
    quote = case["gold"]["q"]
    if case["gold"]["v"] is not None or len(quote) != 1 or len(quote[0]) < 160:
        return None
    words = quote[0].split(" ")
    kept = max(3, len(words) // 4)
    return {"predicted": like(case["gold"], q=[" ".join(words[:kept]) + " ... " + " ".join(words[-kept:])])}


WAYS = [(null, 16), (null_behind_cut, 8), (null_elsewhere_cut, 3), (read_to, 4), (prose, 9), (cut_output, 5), (false_positive(other_sentence), 10),
        (false_positive(made_up), 8), (false_positive(quote_of_other), 8), (quote_of_other, 9), (made_up, 4), (flipped, 10), (other_polarity, 6), (other_duty, 4),
        (other_number, 5), (other_unit, 3), (other_place, 3), (other_role, 4), (day_for_month, 6), (less_precise, 5), (other_date, 4), (relative_date, 3),
        (date_of_other, 5), (spelt_date, 5), (roles_exchanged, 4), (one_party, 4), (three_parties, 4), (form_exchanged, 4), (days_for_months, 4),
        (other_count, 4), (bare_unit, 3), (ten_times, 3), (in_pounds, 3), (other_amount, 3), (other_law, 7), (section, 6), (part, 6), (neighbour, 5),
        (half_and_next, 4), (one_fewer, 5), (one_more, 5), (twice, 3), (dots, 4)]


def other_value_of(gold):
    """Of a clause with a value: another one, so that the cell isn't right by its value."""
    def draw(rng):
        if isinstance(gold["v"], bool):
            return not gold["v"]
        if isinstance(gold["v"], list):
            return [{"n": "Oakfield Robotics plc", "r": "other"}]
        if gold["v"] is None or re.match(r"\d", gold["v"]):
            return gold["v"] and f"{int(gold['v'][:4]) + 2}{gold['v'][4:]}"
        return {"P": "P2Y", "U": "USD 5000"}[gold["v"][0]] if not re.match(r"[A-Z]{2}-", gold["v"]) else "US-WY"
    return draw


def cases_of(contracts, folder):
    for contract in contracts:
        text = (folder / contract["contract_file"]).read_bytes()
        for clause in contract["clauses"]:
            if clause["category"] not in BOOLEAN | TEXT | VALUED or not clause["spans"]:
                continue
            passage = passage_of(text, clause)
            gold = gold_of(contract, *passage) if passage else {}
            if key_of(clause["category"]) in gold:
                words = text[passage[0]:passage[1]].decode("utf-8")
                yield {"contract": contract["contract_file"], "clause": key_of(clause["category"]), "text": words, "all": gold, "gold": gold[key_of(clause["category"])],
                       "sentences": sentences_of(words), "other_value": other_value_of(gold[key_of(clause["category"])])}


def main(contracts, out):
    folder = pathlib.Path(contracts)
    rng = random.Random(20260301)
    annotated = [each for each in json.loads((folder / "annotations.json").read_text(encoding="utf-8")) if each["source"].startswith("CUAD")]
    pool = list(cases_of(annotated, folder))
    used, lines = set(), []
    for way, wanted in WAYS:
        made = 0
        for case in rng.sample(pool, len(pool)):
            if made == wanted:
                break
            name = (case["contract"], case["clause"])
            wrong = way(rng, case) if name not in used else None
            if not wrong:
                continue
            used.add(name)
            made += 1
            gold = {key: entry for key, entry in case["all"].items() if key != case["clause"] or not wrong.get("absent")}
            row = {"id": "", "contract": case["contract"], "clause": case["clause"], "text": case["text"], "gold": gold}
            row.update({key: value for key, value in wrong.items() if key != "absent"})
            lines.append(row)
    rng.shuffle(lines)
    for at, row in enumerate(lines):
        row["id"] = f"cell-{at + 1}"
    (pathlib.Path(out) / "cells.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines), encoding="utf-8", newline="\n")
    print(len(pool), "clauses,", len(lines), "cells")


main(*sys.argv[1:])
