# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/data/guard: sentences of real contracts, changed so that they mean something else, and changed so that they don't.

    python3 tests/tools/make_guard_set.py CONTRACTS OUT

CONTRACTS is a folder with annotations.json and the texts of CUAD (tests/data/README.md: attribution). The same folder gives the same
files, byte for byte. Each line is one case: id, kind, what was done, the contract's file, the sentence as it is and as it was changed,
and for parties their names. Needs Python's standard library alone.
"""
import json
import pathlib
import random
import re
import sys

CASES = 500
MUTATIONS = ["negation", "number", "unit", "money", "party", "law"]
VARIANTS = ["line_break", "broken_word", "quotes", "dashes", "section_number", "casing", "number_words", "bracketed_number", "spelling",
            "trailing_mark", "invisible", "percent", "decimals"]
MOST_OF_CONTRACT = 3  # cases of one kind
MOST_OF_WHAT = {"not added": 20, "another percentage": 16, "exchanged": 28, "another name": 32, "figures": 30, "words and figures": 30}


def parties_of(contract):
    """One list a party: its name, then the other names that the contract gives it, all of them labelled spans."""
    clause = next((each for each in contract["clauses"] if each["category"] == "Parties"), None)
    if not clause or not clause["value"]:
        return []
    spans = list(dict.fromkeys(" ".join(span["text"].split()).strip("()\"“” ,.") for span in clause["spans"]))
    groups = []
    for value in clause["value"].split(";"):
        names = [name for name in spans if len(name) <= 60 and not set(name) & set('"“”()') and re.search(r"(?<!\w)%s(?!\w)" % re.escape(name), value)]
        if names:
            groups.append(sorted(names, key=len, reverse=True))
    return groups


def sentences(folder):
    """CUAD's labelled passages of one sentence or so, with the names of the contract's parties."""
    for contract in json.loads((folder / "annotations.json").read_text(encoding="utf-8")):
        if not contract["source"].startswith("CUAD"):
            continue
        names = parties_of(contract)
        seen = set()
        for clause in contract["clauses"]:
            for span in clause["spans"]:
                text = " ".join(span["text"].split())
                if 120 <= len(text) <= 420 and text not in seen and "***" not in text and "[*" not in text and text.isprintable():
                    seen.add(text)
                    yield contract["contract_file"], text, names


def replace_at(text, match, new):
    return text[:match.start()] + new + text[match.end():]


def pick(rng, matches):
    matches = list(matches)
    return rng.choice(matches) if matches else None


def like(word, model):
    """`word` in the casing of `model`."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word


# ---- changes of meaning: each gives (what, changed) or None ----

def negation(rng, text, names):
    ways = [
        (r"\b(shall|may|will|does|do|is|are|must|should|would) not\b", lambda m: m.group(1), "not dropped"),
        (r"\b(shall|may|will|must) (?!not\b|have no\b|be no\b)(?=[a-z])", lambda m: m.group(1) + " not ", "not added"),
        (r"\bwithout\b(?= (?:the |such |its |any |prior |first )*(?:prior|written|express|consent|approval|cause|notice|limit))",
         lambda m: like("with", m.group(0)), "without -> with"),
        (r"\bunless\b", lambda m: like("if", m.group(0)), "unless -> if"),
        (r"\bNeither\b", lambda m: "Either", "neither -> either"),
        (r"\bneither\b", lambda m: "either", "neither -> either"),
        (r"\bnon-(?=exclusive|transferable|assignable|refundable|sublicensable)", lambda m: "", "non- dropped"),
        (r"\bnon(?=exclusive|transferable|assignable|refundable)", lambda m: "", "non dropped"),
        (r"\birrevocabl(?=e|y)", lambda m: "revocabl", "ir- dropped"),
        (r"\bunlimited\b", lambda m: "limited", "un- dropped"),
        (r"\bno (?=party|event|obligation|right|liability|case|assignment|such|other)", lambda m: "any ", "no -> any"),
        (r"\bexcept (?=for|as|that|with|in|to)", lambda m: "including ", "except -> including"),
        (r"\bcannot\b", lambda m: "can", "cannot -> can"),
    ]
    found = [(match, make(match), what) for pattern, make, what in ways for match in re.finditer(pattern, text)
             if what != "not added" or not re.search(r"\b(?:no|nor|neither|nothing|none)\b", text, re.I)]
    if not found:
        return None
    whats = sorted({what for _, _, what in found})
    what = rng.choice(whats)  # so that the frequent ones don't fill the set
    match, new, _ = rng.choice([each for each in found if each[2] == what])
    return what, replace_at(text, match, new)


WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
         "eighteen": 18, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PLAIN = r"(?<!ty )(?<!ty-)(?<!hundred )(?<!thousand )(?<!and )"  # no part of "twenty four"
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def number(rng, text, names):
    match = pick(rng, re.finditer(PLAIN + r"\b(%s) \((\d+)\)" % "|".join(WORDS), text, re.I))
    if match:
        word = rng.choice([each for each, value in WORDS.items() if value != WORDS[match.group(1).lower()]])
        return "words and figures", replace_at(text, match, f"{like(word, match.group(1))} ({WORDS[word]})")
    match = pick(rng, re.finditer(r"\b(%s)(?= (?:anniversary|year|calendar|business|day|month|quarter|contract))" % "|".join(ORDINALS), text, re.I))
    if match and rng.random() < 0.6:
        old = ORDINALS.index(match.group(1).lower())
        return "ordinal", replace_at(text, match, like(ORDINALS[(old + 1 + rng.randrange(4)) % 10], match.group(1)))
    match = pick(rng, re.finditer(PLAIN + r"\b(%s) (?=days?|months?|years?|weeks?|business|calendar|consecutive|additional)" % "|".join(WORDS), text, re.I))
    if match:
        word = rng.choice([each for each, value in WORDS.items() if value != WORDS[match.group(1).lower()]])
        return "words", replace_at(text, match, like(word, match.group(1)) + " ")
    match = pick(rng, (each for each in re.finditer(r"(?<![\d.,$£€(])\b(\d{1,4})\b(?![\d.,)]\d|\))", text) if each.start() > 2))
    if match:
        value = int(match.group(1))
        is_day = re.search(r"(?:%s) $" % MONTHS, text[:match.start()]) or re.match(r" (?:%s)" % MONTHS, text[match.end():])
        return "figures", replace_at(text, match, str(value % 28 + 1 if is_day else value + rng.choice([1, 2, 5, 10, 30])))
    return None


UNITS = [("days", "months"), ("business days", "days"), ("months", "years"), ("years", "months"), ("year", "month"), ("month", "year"),
         ("day", "month"), ("hours", "days"), ("weeks", "months"), ("monthly", "annual"), ("quarterly", "monthly"), ("annual", "monthly"),
         ("annually", "quarterly"), ("quarter", "year"), ("quarter", "month"), ("calendar days", "business days"), ("days", "business days"),
         ("working days", "days"), ("day", "week"), ("years", "weeks")]


def unit(rng, text, names):
    found = []
    for old, new in UNITS:
        for match in re.finditer(r"(?<![a-z] )\b%s\b" % old if " " not in old else r"\b%s\b" % old, text, re.I):
            if " " not in old and re.search(r"(?:business|calendar|working|banking)$", text[:match.start()].rstrip(), re.I):
                continue
            found.append((match, f"{old} -> {new}", new))
    for match in re.finditer(r"(?<=[)\d] )(days|months|years|weeks|hours)\b", text, re.I):
        new = rng.choice([each for each in ["days", "months", "years", "weeks"] if each != match.group(1).lower()])
        found.append((match, f"{match.group(1).lower()} -> {new}", new))
    if not found:
        return None
    match, what, new = rng.choice(found)
    return what, replace_at(text, match, like(new, match.group(0)))


def money(rng, text, names):
    ways = []
    for match in re.finditer(r"(US)?\$ ?(\d[\d,]*)(\.\d+)?", text):
        digits = match.group(2).replace(",", "")
        whole = int(digits)
        if whole == 0:
            continue
        prefix = text[match.start():match.start(2)]
        for what, value in (("ten times", whole * 10), ("another amount", whole + max(1, 10 ** (len(digits) - 1)))):
            ways.append((what, replace_at(text, match, prefix + f"{value:,}" + (match.group(3) or ""))))
        ways.append(("dollar -> pound", replace_at(text, match, "£" + text[match.start(2):match.end()])))
        ways.append(("dollar -> euro", replace_at(text, match, "€" + text[match.start(2):match.end()])))
        if not match.group(1):
            ways.append(("dollar -> Canadian dollar", replace_at(text, match, "C" + match.group(0))))
    for old, new in (("million", "billion"), ("thousand", "million"), ("U.S. Dollars", "Euros"), ("Dollars", "Euros"), ("dollars", "pounds"),
                     ("USD", "GBP"), ("RMB", "USD"), ("hundred", "thousand")):
        for match in re.finditer(r"\b%s\b" % re.escape(old), text):
            ways.append((f"{old} -> {new}", replace_at(text, match, new)))
    for match in re.finditer(r"\b(\d+(?:\.\d+)?) ?%", text):
        ways.append(("another percentage", replace_at(text, match, f"{float(match.group(1)) + rng.choice([1, 5, 10]):g}%")))
    if not ways:
        return None
    whats = sorted({what for what, _ in ways})
    what = rng.choice(whats)
    return what, rng.choice([changed for each, changed in ways if each == what])


COUNTERPARTS = [("Licensor", "Licensee"), ("Supplier", "Customer"), ("Seller", "Buyer"), ("Vendor", "Customer"), ("Company", "Distributor"),
                ("Franchisor", "Franchisee"), ("Lessor", "Lessee"), ("Manufacturer", "Distributor"), ("Provider", "Customer"),
                ("Company", "Consultant"), ("Disclosing Party", "Receiving Party"), ("Indemnifying Party", "Indemnified Party"),
                ("Company", "Agent"), ("Contractor", "Client"), ("Supplier", "Purchaser"), ("Sponsor", "Company"), ("Reseller", "Company"),
                ("Company", "Franchisee"), ("Company", "Customer"), ("Company", "Supplier"), ("Distributor", "Supplier"),
                ("Provider", "Recipient"), ("Licensee", "Company"), ("Company", "Manufacturer"), ("Contractor", "Company")]


def is_role(name):
    return any(name.lower() == role.lower() for pair in COUNTERPARTS for role in pair)


def party(rng, text, names):
    ways = []
    for one, other in COUNTERPARTS:
        pattern = r"\b(%s)\b(?!-| [A-Z]| polic| product)" % "|".join([one, other, one.upper(), other.upper()])
        matches = list(re.finditer(pattern, text))
        there = {match.group(1).lower() for match in matches}
        if len(there) == 2:
            swapped = re.sub(pattern, lambda m: like(other if m.group(1).lower() == one.lower() else one, m.group(1)), text)
            ways.append(("swapped", swapped))
        elif matches:
            match = rng.choice(matches)
            ways.append(("exchanged", replace_at(text, match, like(other if match.group(1).lower() == one.lower() else one, match.group(1)))))
    for group in names:
        for other in names:
            if other is group or set(group) & set(other):
                continue
            for name in group:
                matches = list(re.finditer(r"(?<!\w)%s(?!\w)" % re.escape(name), text))
                if len(name) > 3 and matches and not is_role(name):
                    new = rng.choice([each for each in other if not is_role(each)] or [other[0]])
                    ways.append(("another name", replace_at(text, rng.choice(matches), new)))
    if not ways:
        return None
    what = rng.choice(sorted({what for what, _ in ways}))
    return rng.choice([way for way in ways if way[0] == what])


STATES = ["New York", "Delaware", "California", "Texas", "Florida", "Illinois", "Nevada", "Massachusetts", "New Jersey", "Pennsylvania", "Ohio",
          "Georgia", "Colorado", "Minnesota", "Virginia", "Michigan", "Utah", "Arizona", "North Carolina", "Maryland", "Oregon", "Wisconsin",
          "Connecticut", "Indiana", "Tennessee", "Missouri", "Kansas", "Louisiana", "South Carolina", "Puerto Rico"]
COUNTRIES = ["England", "Wales", "Scotland", "Ireland", "Israel", "Japan", "China", "Germany", "France", "Switzerland", "Hong Kong", "Singapore",
             "India", "Canada", "Ontario", "British Columbia", "Australia", "Bermuda", "Korea", "Taiwan", "Netherlands", "Sweden",
             "Cayman Islands"]
PLACES = STATES + COUNTRIES


def law(rng, text, names):
    if not re.search(r"\b(?:laws?|courts?|jurisdiction|governed|arbitration|venue)\b", text, re.I):
        return None
    match = pick(rng, re.finditer(r"\b(%s)\b(?! (?:Times|Stock|Exchange|City|Bank|Branch|Mercantile|University|Post))" % "|".join(PLACES), text, re.I))
    if not match:
        return None
    old = match.group(1)
    if old.lower() == "wales" and text[:match.start()].lower().endswith(" and "):
        return "Wales dropped", text[:match.start() - len(" and ")] + text[match.end():]
    alike = STATES if any(state.lower() == old.lower() for state in STATES) else COUNTRIES
    new = rng.choice([place for place in alike if place.lower() not in (old.lower(), "wales")])
    return "another place", replace_at(text, match, like(new, old))


# ---- changes of form ----

def line_break(rng, text, names):
    spaces = [match.start() for match in re.finditer(" ", text)]
    for at in sorted(rng.sample(spaces, min(len(spaces), 3)), reverse=True):
        text = text[:at] + rng.choice(["\n", "\r\n", "  ", " \n  ", "\t"]) + text[at + 1:]
    return "breaks and blanks", text


def broken_word(rng, text, names):
    match = pick(rng, re.finditer(r"\b[a-z]{4}(?=[a-z]{4})", text))
    return ("hyphen and break", text[:match.end()] + "-\n" + text[match.end():]) if match else None


def quotes(rng, text, names):
    if '"' in text or "'" in text:
        out, opens = "", True
        for each in text:
            if each == '"':
                out, opens = out + ("“" if opens else "”"), not opens
            else:
                out += "’" if each == "'" else each
        return "curly", out
    if any(each in text for each in "“”‘’"):
        return "straight", text.translate(str.maketrans("“”‘’", "\"\"''"))
    return None


def dashes(rng, text, names):
    return ("en dash or no-break hyphen", text.replace("-", rng.choice("–‑"))) if "-" in text else None


def section_number(rng, text, names):
    if not text[0].isupper():
        return None
    return "number before", rng.choice(["11.2 ", "4. ", "(a) ", "(iv) ", "7.1.3. ", "• ", "(12) "]) + text


def casing(rng, text, names):
    return rng.choice([("upper", text.upper()), ("lower", text.lower()), ("title", text.title().replace("'S", "'s").replace("’S", "’s"))])


def number_words(rng, text, names):
    match = pick(rng, re.finditer(PLAIN + r"\b(%s) \((\d+)\)" % "|".join(WORDS), text, re.I))
    if not match or WORDS[match.group(1).lower()] != int(match.group(2)):
        return None
    new = rng.choice([match.group(1), match.group(2)])
    return "thirty (30) -> " + ("thirty" if new == match.group(1) else "30"), replace_at(text, match, new)


def bracketed_number(rng, text, names):
    match = pick(rng, re.finditer(PLAIN + r"\b(%s) (?=days?\b|months?\b|years?\b)" % "|".join(WORDS), text, re.I))
    if match:
        return "thirty -> thirty (30)", replace_at(text, match, f"{match.group(1)} ({WORDS[match.group(1).lower()]}) ")
    match = pick(rng, re.finditer(r"(?<![\d.,$(-])\b(\d+) (?=days?\b|months?\b|years?\b)", text))
    word = match and {value: word for word, value in WORDS.items()}.get(int(match.group(1)))
    return ("30 -> thirty (30)", replace_at(text, match, f"{word} ({match.group(1)}) ")) if word else None


SPELLINGS = [("organization", "organisation"), ("authorized", "authorised"), ("authorize", "authorise"), ("license", "licence"),
             ("licensed", "licenced"), ("honor", "honour"), ("favor", "favour"), ("recognize", "recognise"), ("utilize", "utilise"),
             ("labor", "labour"), ("center", "centre"), ("defense", "defence"), ("judgment", "judgement"), ("fulfill", "fulfil"),
             ("cancelation", "cancellation"), ("program", "programme"), ("realize", "realise"), ("minimize", "minimise"),
             ("unauthorized", "unauthorised"), ("sublicense", "sublicence"), ("behavior", "behaviour"), ("endeavors", "endeavours"),
             ("customize", "customise"), ("finalize", "finalise"), ("analyze", "analyse"), ("commercialize", "commercialise"),
             ("commercialization", "commercialisation"), ("catalog", "catalogue"), ("acknowledgment", "acknowledgement")]


def spelling(rng, text, names):
    changed = text
    for american, british in SPELLINGS:
        changed = re.sub(r"\b%s\b" % american, lambda m: like(british, m.group(0)), changed, flags=re.I)
    return ("UK", changed) if changed != text else None


def trailing_mark(rng, text, names):
    bare = text.rstrip(".;:, ")
    return "other marks at the end", bare + rng.choice([";", ".", ":", ",", "", " ."]) if text != bare else bare + "."


def invisible(rng, text, names):
    at = rng.choice([match.start() for match in re.finditer(" ", text)])
    if rng.random() < 0.5:
        return "no-break space", text[:at] + "\u00a0" + text[at + 1:]
    match = pick(rng, re.finditer(r"\b[A-Za-z]{4}(?=[a-z]{3})", text))
    return ("soft hyphen or zero width", text[:match.end()] + rng.choice("\u00ad\u200b\u2060") + text[match.end():]) if match else None


def percent(rng, text, names):
    match = pick(rng, re.finditer(r"(?<=\d) ?%(?!\w)", text))
    if match:
        return "% in words", replace_at(text, match, rng.choice([" percent", " per cent"]))
    match = pick(rng, re.finditer(r"\bpercent\b", text))
    return ("percent -> per cent", replace_at(text, match, "per cent")) if match else None


def decimals(rng, text, names):
    match = pick(rng, re.finditer(r"\$ ?\d{1,3}(?:,\d{3})+(?![\d,]|\.\d)", text))
    if match:
        return rng.choice([("cents added", replace_at(text, match, match.group(0) + ".00")),
                           ("no separators", replace_at(text, match, match.group(0).replace(",", "")))])
    return None


def collect(folder, kinds, seed):
    rng = random.Random(seed)
    pool = list(sentences(folder))
    cases = []
    for at, kind in enumerate(kinds):
        wanted = CASES * (at + 1) // len(kinds) - CASES * at // len(kinds)
        order = list(range(len(pool)))
        rng.shuffle(order)
        taken, of_contract, of_what = 0, {}, {}
        for index in order:
            contract, text, names = pool[index]
            if taken == wanted:
                break
            if of_contract.get(contract, 0) == MOST_OF_CONTRACT:
                continue
            made = globals()[kind](rng, text, names)
            if not made or made[1] == text:
                continue
            if of_what.get(made[0], 0) >= MOST_OF_WHAT.get(made[0], wanted):
                continue
            of_what[made[0]] = of_what.get(made[0], 0) + 1
            case = {"id": f"{kind}-{taken + 1}", "kind": kind, "what": made[0], "contract": contract, "text": text, "changed": made[1]}
            if kind == "party" and made[0] == "another name":
                case["parties"] = [group[0] for group in names]
                case["party_quotes"] = [name for group in names for name in group]
            cases.append(case)
            taken += 1
            of_contract[contract] = of_contract.get(contract, 0) + 1
        print(kind, taken)
    return cases


def fill(cases, folder, kinds, seed):
    """Kinds that the corpus has too few of are made up for by the others, so that the set has its size."""
    have = {(case["text"], case["changed"]) for case in cases}
    for case in collect(folder, kinds, seed):
        if len(cases) == CASES:
            break
        if (case["text"], case["changed"]) not in have:
            have.add((case["text"], case["changed"]))
            case["id"] += "-more"
            cases.append(case)
    return cases


def main(contracts, out):
    folder = pathlib.Path(contracts)
    for name, kinds, seed in (("mutations", MUTATIONS, 20260101), ("variants", VARIANTS, 20260102)):
        cases = fill(collect(folder, kinds, seed), folder, kinds, seed + 7)
        lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
        (pathlib.Path(out) / f"{name}.jsonl").write_text(lines, encoding="utf-8", newline="\n")
        print(name, len(cases))


main(*sys.argv[1:])
