# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/data/guard_held_out: a second set for the guard, so that it is measured on sentences and changes that it was not made with.

    python3 tests/tools/make_held_out_guard_set.py CONTRACTS KNOWN OUT

CONTRACTS is a folder with annotations.json and the texts of CUAD and ContractNLI (tests/data/README.md: attribution), KNOWN the folder of
the first set (tests/data/guard): no contract of it is used. Sentences are taken from the whole texts, and every change is made by another
template than the first set's (make_guard_set.py). The same folders give the same files, byte for byte. Each line is one case, in the first
set's form. Needs Python's standard library alone.
"""
import json
import pathlib
import random
import re
import sys
import unicodedata

CASES = 500
MOST_OF_CONTRACT = 4  # cases of one kind
MOST_OF_WHAT = 14  # so that frequent words don't fill the set
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
MONTH = "|".join(MONTHS)
DIGIT_NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
               "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
SPANS = r"(?:day|month|year|week|hour|business|calendar|working|consecutive)"


def in_words(number):
    """12 -> "twelve", 45 -> "forty-five"; below a hundred."""
    if number < 20:
        return DIGIT_NAMES[number]
    tens = TENS[number // 10 * 10]
    return tens if number % 10 == 0 else f"{tens}-{DIGIT_NAMES[number % 10]}"


IN_WORDS = {in_words(number): number for number in range(1, 100)}
WORD = "|".join(sorted(IN_WORDS, key=len, reverse=True))


def sentences_of(text):
    """Sentences of running prose: no tables, blanks to fill in, redactions or headings."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s{4,})", text):
        flat = " ".join(paragraph.split())
        for sentence in re.split(r"(?<=[a-z)”\"][.;]) (?=[A-Z(“\"])", flat):
            words = sentence.split()
            plain = sum(word.isalpha() for word in words)
            if 90 <= len(sentence) <= 480 and plain > 0.65 * len(words) and sentence.isprintable() and not re.search(r"\*|_|\.\.\.|…|\[|<|�", sentence):
                yield sentence


def parties_of(contract):
    """The labelled spans by which a CUAD contract names its parties, one list a party: the names of a bracket belong together."""
    clause = next((each for each in contract["clauses"] if each["category"] == "Parties"), None)
    groups = []
    for value in (clause["value"] or "").split(";") if clause else []:
        names = [" ".join(span["text"].split()).strip("()\"“” ,.") for span in clause["spans"]]
        own = [name for name in dict.fromkeys(names) if 4 <= len(name) <= 60 and name in value and not set(name) & set('"“”()')]
        if own:
            groups.append(own)
    return groups


def pool_of(folder, known):
    used = {json.loads(line)["contract"] for name in ("mutations", "variants")
            for line in (known / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()}
    pool, seen = [], set()
    for contract in json.loads((folder / "annotations.json").read_text(encoding="utf-8")):
        name = contract["contract_file"]
        if name in used:
            continue
        names = parties_of(contract) if name.startswith("cuad") else []
        for sentence in sentences_of((folder / name).read_text(encoding="utf-8")):
            if sentence not in seen:
                seen.add(sentence)
                pool.append((name, sentence, names))
    return pool


def replaced(text, match, new, group=0):
    return text[:match.start(group)] + new + text[match.end(group):]


def cased(word, model):
    """`word` in the casing of `model`."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def by_rules(rng, text, rules):
    """Of every rule that applies one place where it does, in a drawn order. A rule is a pattern, a replacement (or a function of the match)
    of the whole match or of its group `at`, and what it does."""
    found = {}
    for pattern, new, what in rules:
        for match in re.finditer(pattern, text, re.I):
            group = "at" if "at" in match.re.groupindex else 0
            text_of = new(match) if callable(new) else cased(new, match.group(group))
            if text_of is not None and text_of != match.group(group):
                found.setdefault(what, []).append(replaced(text, match, text_of, group))
    if not found:
        return []
    return [(what, rng.choice(found[what])) for what in rng.sample(sorted(found), len(found))]


# ---- changes of meaning: each gives a list of (what, changed), in a drawn order ----

MODALITY = [
    (r"\b(?:shall|must|will) (?=[a-z]+ [a-z])(?!have)", "may ", "duty -> may"),
    (r"\bmay (?=[a-z]+ [a-z])(?!have|be (?:made|used|deemed))", "shall ", "may -> duty"),
    (r"\bis entitled to\b", "is obliged to", "entitled -> obliged"),
    (r"\bagrees? to (?=[a-z])", "may ", "agrees to -> may"),
]


def negation(rng, text, names):
    denies = re.search(r"\b(?:no|not|nor|neither|nothing|none|without|unless|only)\b", text, re.I)  # "no party may" is "no party shall"
    return by_rules(rng, text, ([] if denies else MODALITY) + [
        (r"\b(has|have|had|was|were|can|could|did|being|if|and|or|but|is|are) not\b(?! only)", lambda m: m.group(1), "not dropped"),
        (r"\b(is|are|was|were|has been|have been) (?=(?:the|a|an|in|subject|liable|required|entitled|permitted|bound|responsible|obliged|available|already)\b)",
         lambda m: m.group(1) + " not ", "not after to be"),
        (r"\bno (?=(?:[a-z]+ ){0,2}(?:party|information|person|license|warranty|employee|rights?|copies|waiver|failure|amendment|agreement|provision))",
         "each ", "no -> each"),
        (r"\bin no event\b", "in any event", "in no event -> in any event"),
        (r"\bunder no circumstances\b", "under all circumstances", "under no circumstances"),
        (r"\bnor\b" if "neither" not in text.lower() else r"(?!)", "and", "nor -> and"),
        (r"\bnever\b", "always", "never -> always"),
        (r"\bwithout (?=prejudice|regard|reference|charge|breach|limiting|restriction|use|access|further)", "with ", "without -> with"),
        (r"\bother than\b", "including", "other than -> including"),
        (r"\b(?:excluding|exclusive of)\b", "including", "excluding -> including"),
        (r"\bincluding\b(?! but not)", "excluding", "including -> excluding"),
        (r"(?<=, )if\b|^If\b", "unless", "if -> unless"),
        (r"\bunless and until\b|\bunless\b", "where", "unless -> where"),
        (r"\bexcept\b", "also", "except -> also"),
        (r"\bnon-?(?=public|breaching|disclosing|confidential|party|compet|infring|solicit|waivable|performance|assertion)", "", "non- dropped"),
        (r"\b(?:in|un|dis|il|ir)(?=(?:valid|enforceable|lawful|able|affiliated|published|related|legal|applicable|accurate|complete|approved|claimed|paid|"
         r"interrupted|disputed|continued|eligible|regular|necessary|known|available)\b)", "", "prefix dropped"),
        (r"\bexclusive (?=rights?|licen[sc]e|jurisdiction|property|owner|distributor|use)", "non-exclusive ", "non- added"),
        (r"\bnothing (?=in|contained|herein)", "everything ", "nothing -> everything"),
        (r"\bnone of\b", "all of", "none -> all"),
        (r"\b(?:neither|nor) party\b", "each party", "neither -> each"),
    ])


def another(rng, value, choices):
    return rng.choice([each for each in choices if each != value])


def digit_changed(rng, digits):
    """One digit of a number is another one; never the same number, never a leading zero."""
    places = [at for at, each in enumerate(digits) if each.isdigit()]
    at = rng.choice(places)
    least = 1 if at == places[0] and len(places) > 1 else 0
    new = another(rng, int(digits[at]), range(least, 10))
    changed = digits[:at] + str(new) + digits[at + 1:]
    return None if re.fullmatch(r"[0,.]+", changed) else changed


def number(rng, text, names):
    def word_only(m):
        return cased(in_words(another(rng, IN_WORDS[m.group(1).lower()], [2, 4, 7, 11, 14, 21, 25, 28, 36, 45, 75, 80])), m.group(1)) + m.group(2)

    ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "tenth", "fifteenth", "twentieth", "thirtieth"]
    return by_rules(rng, text, [
        (r"\b(?<!-)(%s)( \(\d+\))" % WORD, word_only, "words of a number said twice"),
        (r"(?<=[a-z] \()(\d{1,3})(?=\) %s)" % SPANS, lambda m: digit_changed(rng, m.group(1)), "figures of a number said twice"),
        (r"\b(?<!-)(?<!of )(%s)([ -]%ss?\b)" % (WORD, SPANS), word_only, "number in words"),
        (r"(?<![\d.,$£€/(-])(\d{1,3})(?=[ -]%ss?\b)" % SPANS, lambda m: digit_changed(rng, m.group(1)), "number in figures"),
        (r"\b(?:Section|Article) (?P<at>\d+(?:\.\d+)*)\b", lambda m: digit_changed(rng, m.group(1)), "another section"),
        (r"\b(?:Paragraph|Clauses?|Exhibit|Item) (?P<at>\d+(?:\.\d+)*)\b", lambda m: digit_changed(rng, m.group(1)), "another exhibit"),
        (r"(?<=, )((?:19|20)\d\d)\b", lambda m: str(int(m.group(1)) + rng.choice([-3, -2, -1, 1, 2, 3])), "another year"),
        (r"\b(%s)(?= (?:\d{1,2},|\d{4}))" % MONTH, lambda m: cased(another(rng, m.group(1).capitalize(), MONTHS), m.group(1)), "another month"),
        (r"\b(?:%s) (?P<at>\d{1,2})(?=,)" % MONTH, lambda m: str((int(m.group(1)) + rng.randrange(1, 27)) % 28 + 1), "another day"),
        (r"\b(\d{1,2})(st|nd|rd|th)\b", lambda m: f"{int(m.group(1)) + 10}th", "ordinal in figures"),
        (r"\b(%s)(?= (?:day|year|month|quarter|anniversary|business|renewal|extension|party's))" % "|".join(ordinals),
         lambda m: cased(another(rng, m.group(1).lower(), ordinals), m.group(1)), "ordinal"),
        (r"\bone hundred (and )?(twenty|eighty|fifty)\b", lambda m: "two hundred " + (m.group(1) or "") + m.group(2), "hundreds"),
        (r"\bhalf\b", "third", "half -> third"),
        (r"\b(?:twice|two times|double)\b", "three times", "twice -> three times"),
        (r"\btwo[- ]thirds\b", "three-fourths", "two-thirds"),
        (r"\ba majority\b", "two-thirds", "majority -> two-thirds"),
        (r"\bat least\b", "at most", "at least -> at most"),
        (r"\b(?:not|no) less than\b", "not more than", "less -> more"),
        (r"\b(?:not|no) (?:more|later|greater) than\b", "not less than", "more -> less"),
        (r"(?<!not )(?<!no )\bmore than\b", "less than", "more -> less"),
        (r"\bgreater of\b", "lesser of", "greater -> lesser"),
        (r"\bminimum\b", "maximum", "minimum -> maximum"),
        (r"\bmaximum\b", "minimum", "maximum -> minimum"),
        (r"\bprior to\b|\bbefore\b", "after", "before -> after"),
        (r"\b(\d{1,2}):(\d\d)(?= ?[ap]\.?m)", lambda m: f"{int(m.group(1)) % 12 + 1}:{m.group(2)}", "another hour"),
        (r"(?<=\d )a\.?m\b", "p.m", "a.m. -> p.m."),
        (r"(?<=\d )p\.?m\b", "a.m", "p.m. -> a.m."),
    ])


def unit(rng, text, names):
    lone = r"(?<!business )(?<!working )(?<!calendar )(?<!banking )"
    return by_rules(rng, text, [
        (lone + r"\bdays\b", "hours", "days -> hours"),
        (lone + r"\bdays\b", "weeks", "days -> weeks"),
        (lone + r"\bdays?'? (?=notice|prior)", "months' ", "days' -> months'"),
        (r"\bbusiness days?\b", lambda m: cased("calendar day", m.group(0)) + ("s" if m.group(0)[-1] in "sS" else ""), "business -> calendar"),
        (r"\bbusiness days?\b", "months", "business days -> months"),
        (r"\bcalendar (?=days?\b)", "working ", "calendar -> working"),
        (r"\bmonths\b", "weeks", "months -> weeks"),
        (r"\bmonths\b", "quarters", "months -> quarters"),
        (r"\byears\b", "days", "years -> days"),
        (r"\byears\b", "decades", "years -> decades"),
        (r"[-\d)] ?(?P<at>year )(?=period|term|renewal)", "month ", "year -> month"),
        (r"[-\d)] ?(?P<at>day )(?=period|notice|written|cure)", "week ", "day -> week"),
        (r"\bper (?:year|annum)\b", "per month", "per year -> per month"),
        (r"\bper (?:month|day|hour)\b", "per year", "per month -> per year"),
        (r"\bhours\b", "minutes", "hours -> minutes"),
        (r"\bweeks?\b", "fortnights", "weeks -> fortnights"),
        (r"\bmonthly\b", "weekly", "monthly -> weekly"),
        (r"\bquarterly\b", "half-yearly", "quarterly -> half-yearly"),
        (r"\bannual(?=ly\b)", "semi-annual", "semi- added"),
        (r"\bsemi-?(?=annual)", "", "semi- dropped"),
        (r"\bannual\b", "biennial", "annual -> biennial"),
        (r"\bfiscal (?=year|quarter|month)", "calendar ", "fiscal -> calendar"),
        (r"\bcalendar (?=year|quarter|month)", "fiscal ", "calendar -> fiscal"),
        (r"\bdaily\b", "weekly", "daily -> weekly"),
        (r"\bmiles?\b", "kilometers", "miles -> kilometers"),
        (r"(?<=\d )(?:square )?feet\b", "yards", "feet -> yards"),
        (r"\b(?:gallons?|pounds of)\b", "tons of", "gallons -> tons"),
        (r"(?<=\d)(?: ?%| percent\b)", " basis points", "% -> basis points"),
        (r"(?<=\d)%", "", "% dropped"),
    ])


def money(rng, text, names):
    def scaled(m):
        amount = m.group(1)
        digits = amount.replace(",", "")
        return m.group(0).replace(amount, f"{int(digits) // 10:,}") if len(digits) > 2 and digits.endswith("0") else None

    def changed(m):
        new = digit_changed(rng, m.group(1))
        return new and m.group(0).replace(m.group(1), new)

    def other_sign(m):
        return rng.choice(["HK$", "A$", "NZ$", "CHF ", "¥"]) + m.group(1)

    return by_rules(rng, text, [
        (r"\$ ?(\d[\d,]*\d)", scaled, "a tenth"),
        (r"\$ ?(\d[\d,]*\d|[1-9])", changed, "one digit of a sum"),
        (r"(?<![A-Z])\$ ?(\d)", other_sign, "dollars of another country"),
        (r"[€£] ?(\d)", lambda m: "$" + m.group(1), "euro or pound -> dollar"),
        (r"\bmillion\b", "thousand", "million -> thousand"),
        (r"\bthousand\b", "hundred", "thousand -> hundred"),
        (r"\bhundred (?=thousand|dollars)", "", "hundred dropped"),
        (r"\b(?:US|U\.S\.|United States) dollars\b", "Swiss francs", "US dollars -> Swiss francs"),
        (r"(?<!U\.S\. )(?<!States )(?<!US )(?<!split[- ])\bdollars?\b", "rupees", "dollars -> rupees"),
        (r"\b(?:USD|US\$)(?= ?\d)", lambda m: rng.choice(["EUR ", "CAD ", "AUD ", "INR "]), "USD -> another code"),
        (r"\bUSD\b", "SEK", "USD -> another code"),
        (r"\bEuros?\b", "Dollars", "euros -> dollars"),
        (r"\bpounds sterling\b", "Euros", "sterling -> euros"),
        (r"(?<!per )\bcents?\b", "dollars", "cents -> dollars"),
        (r"(?<=\d)\.(\d)(?=\d? ?%)", lambda m: "", "point of a percentage dropped"),
        (r"(?<![\d.])(\d{1,2})(?= ?(?:%|percent\b|per cent\b))", lambda m: m.group(1) + "0", "percentage times ten"),
        (r"(?<=\.)(\d\d)(?=%| per| percent)", lambda m: digit_changed(rng, m.group(1)), "decimals of a percentage"),
        (r"\b(%s)(?= (?:percent|per cent)\b)" % WORD, lambda m: cased(in_words(IN_WORDS[m.group(1).lower()] % 90 + 5), m.group(1)), "percentage in words"),
        (r"(?<=\$)(\d[\d,]*)\.(\d\d)\b(?!\d)", lambda m: f"{m.group(1)}{m.group(2)}", "point of a sum dropped"),
        (r"\b(?:plus|in addition to)(?= (?:interest|VAT|tax|the costs?))", "less", "plus -> less"),
    ])


ROLES = [("Recipient", "Discloser"), ("Receiving Party", "Disclosing Party"), ("Discloser", "Receiving Party"), ("Owner", "Operator"), ("Bank", "Merchant"),
         ("Shipper", "Carrier"), ("Contractor", "Subcontractor"), ("Publisher", "Author"), ("Member", "Manager"), ("User", "Provider"),
         ("Employee", "Employer"), ("Vendor", "Purchaser"), ("Bidder", "Authority"), ("Participant", "Organizer"), ("Licensee", "Licensor"),
         ("Buyer", "Vendor"), ("Franchisee", "Franchisor"), ("Company", "Recipient"), ("Supplier", "Client"), ("Consultant", "Customer"),
         ("Servicer", "Trustee"), ("Agent", "Owner"), ("Sponsor", "Promoter"), ("Transporter", "Shipper"), ("Investor", "Company"),
         ("Customer", "Provider"), ("Seller", "Company"), ("Distributor", "Manufacturer"), ("Proponent", "Owner"), ("Tenant", "Landlord"),
         ("Borrower", "Lender"), ("Applicant", "Bank"), ("Artist", "Publisher"), ("Executive", "Company"), ("Assignee", "Assignor")]


def party(rng, text, names):
    rules = []
    for one, other in ROLES:
        for old, new in ((one, other), (other, one)):
            # a defined term: a capital in the middle of a sentence; "Agent" alone, not "Agent Bank"
            rules.append((r"(?<=[a-z,(] )(?-i:%s|%s)\b(?!['’ -][A-Z])(?! (?:information|party))" % (old, old.upper()), new, f"{old} -> another role"))
    rules += [
        (r"\b(?:either|each) party\b(?=[ ,])", lambda m: cased(rng.choice(["the Supplier", "the Recipient", "the Purchaser", "the Licensee"]), m.group(0)), "each party -> one of them"),
        (r"\bthe parties\b(?= (?:shall|will|may|agree|must|acknowledge))", lambda m: cased("the recipient", m.group(0)), "the parties -> one of them"),
        (r"\bboth parties\b", "one party", "both -> one"),
    ]
    ways = by_rules(rng, text, rules)
    for group in names:
        for other in names:
            if other is group or set(group) & set(other):
                continue
            for name in group:
                for new in other[:2]:
                    pattern = r"(?<!\w)(%s|%s)(?!\w)" % (re.escape(name), re.escape(new))
                    there = re.findall(pattern, text)
                    if re.search(r"%s(?:,| and| or|, and) (?:the )?%s" % ((pattern,) * 2), text):
                        continue  # "the Buyer and the Seller": of a list nobody can tell
                    if name in there and new in there and len(name) > 3 and len(new) > 3:
                        swapped = re.sub(pattern, lambda m: new if m.group(1) == name else name, text)
                        ways.insert(0, ("names swapped", swapped))
                    elif name in there:
                        match = next(re.finditer(pattern, text))
                        ways.append(("the other party's name", replaced(text, match, new)))
    rng.shuffle(ways)
    return ways


NEW_STATES = ["Alabama", "Alaska", "Arkansas", "Hawaii", "Idaho", "Iowa", "Kentucky", "Maine", "Mississippi", "Montana", "Nebraska", "New Hampshire",
              "New Mexico", "North Dakota", "Oklahoma", "Rhode Island", "South Dakota", "Vermont", "Washington", "West Virginia", "Wyoming"]
OLD_STATES = ["New York", "Delaware", "California", "Texas", "Florida", "Illinois", "Nevada", "Massachusetts", "New Jersey", "Pennsylvania", "Ohio",
              "Georgia", "Colorado", "Minnesota", "Virginia", "Michigan", "Utah", "Arizona", "North Carolina", "Maryland", "Oregon", "Wisconsin",
              "Connecticut", "Indiana", "Tennessee", "Missouri", "Kansas", "Louisiana", "South Carolina"]
STATES = "|".join(OLD_STATES + NEW_STATES)
NEW_COUNTRIES = ["Norway", "Denmark", "Finland", "Poland", "Austria", "Belgium", "Italy", "Spain", "Portugal", "Greece", "Turkey", "Brazil", "Mexico",
                 "South Africa", "Malta", "Cyprus", "Luxembourg", "Jersey", "Guernsey", "Estonia", "Qatar", "Kuwait", "Morocco", "Sri Lanka", "Ghana",
                 "Bahrain", "Jordan", "Barbados", "Mauritius", "Ecuador"]
COUNTRIES = "|".join(["England and Wales", "England", "Wales", "Scotland", "Ireland", "Israel", "Japan", "China", "Germany", "France", "Switzerland", "Hong Kong",
                      "Singapore", "India", "Canada", "Ontario", "British Columbia", "Australia", "Bermuda", "Korea", "Taiwan", "Netherlands", "Sweden",
                      "Cayman Islands", "United Kingdom", "Malaysia", "Nigeria", "Philippines", "Thailand", "Luxembourg", "Belgium", "Finland", "Kenya"] + NEW_COUNTRIES)
ADJECTIVES = ["English", "German", "French", "Swiss", "Dutch", "Danish", "Swedish", "Italian", "Spanish", "Irish", "Indian", "Canadian", "Finnish", "Belgian"]
CITIES = ["London", "Paris", "Geneva", "Stockholm", "San Francisco", "Los Angeles", "Chicago", "Boston", "Houston", "Atlanta", "Denver", "Dallas", "Miami",
          "Seattle", "Tel Aviv", "Toronto", "Dublin", "Zurich", "Vienna", "Mumbai", "Santa Clara", "San Diego", "Phoenix", "Philadelphia", "Munich"]


def law(rng, text, names):
    if not re.search(r"\b(?:laws?|courts?|jurisdiction|governed|arbitrat\w*|venue)\b", text, re.I):
        return []

    def another_place(places):
        return lambda m: cased(another(rng, m.group(1), places), m.group(1))

    return by_rules(rng, text, [
        (r"\b(%s)\b(?= laws?\b| (?:state |federal )?courts?\b)" % STATES, another_place(NEW_STATES), "state before law or court"),
        (r"(?<=\bstate of )(%s)\b" % STATES, another_place(NEW_STATES), "state of another name"),
        (r"(?<=, )(%s)\b(?=[ ,.;])" % STATES, another_place(NEW_STATES), "state behind a place"),
        (r"\b(?:of|in) (?P<at>%s)\b(?! (?:City|County|Stock|courts?|laws?))" % STATES, another_place(NEW_STATES), "state alone"),
        (r"\bState of (?:%s)\b" % STATES, "Republic of Austria", "state -> country"),
        (r"\b(?:of|in) (?:the )?(?P<at>%s)\b(?! (?:and Wales))" % COUNTRIES, lambda m: another(rng, m.group(1), NEW_COUNTRIES), "another country"),
        (r"\bEngland and Wales\b", "Scotland", "England and Wales -> Scotland"),
        (r"\b(%s)(?= (?:laws?|courts?)\b)" % "|".join(ADJECTIVES), another_place(ADJECTIVES), "adjective"),
        (r"\b(?:in|of|at) (?P<at>%s)\b" % "|".join(CITIES), another_place(CITIES), "another city"),
        (r"\bUnited States\b(?! (?:dollar|currency|person))", "United Kingdom", "United States -> United Kingdom"),
    ])


MUTATIONS = [negation, number, unit, money, party, law]


# ---- changes of form: as the changes of meaning ----

def spaces(rng, text, names):
    odd = rng.choice(["\u3000", "\u202f", "\u2007", "\f", "\v", "\u2028", "\n\n", " \t "])
    places = rng.sample([match.start() for match in re.finditer(" ", text)], 4)
    return [("odd blanks", "".join(odd if at in places else each for at, each in enumerate(text)))]


def breaks(rng, text, names):
    match = rng.choice(list(re.finditer(r"\b[a-z]{3,6}(?=[a-z]{4})", text)) or [None])
    return [("soft hyphen and break", text[:match.end()] + "\u00ad\n" + text[match.end():])] if match else []


def ligatures(rng, text, names):
    changed = text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")
    return [("ligatures", changed)] if changed != text else []


def marks(rng, text, names):
    ways = []
    if '"' in text or "“" in text:
        outer = rng.choice(["''", "«»", "„“"])
        opens = [True]

        def other(m):
            opens[0] = not opens[0] if m.group(0) == '"' else m.group(0) != "“"
            return outer[1 if opens[0] else 0]
        ways.append(("other quotation marks", re.sub('["“”]', other, text)))
    if ", and " in text or ", or " in text:
        ways.append(("serial comma dropped", re.sub(r", (and|or) ", r" \1 ", text, count=1)))
    if ";" in text[:-1]:
        ways.append(("semicolon -> comma", text.replace(";", ",", 1)))
    if re.search(r"\((i|ii|iii|a|b|c)\)", text):
        ways.append(("one bracket", re.sub(r"\((i|ii|iii|iv|v|a|b|c|d)\)", r"\1)", text)))
    if "(" in text:
        ways.append(("blanks in brackets", text.replace("(", "( ").replace(")", " )")))
    if "and/or" in text:
        ways.append(("and / or", text.replace("and/or", "and / or")))
    rng.shuffle(ways)
    return ways


def hyphens(rng, text, names):
    ways = by_rules(rng, text, [
        (r"\bnon-(exclusive|transferable|public|disclosure|refundable|assignable|compete)", lambda m: "non" + m.group(1), "non-x -> nonx"),
        (r"\bnon-(exclusive|transferable|public|disclosure|refundable|assignable|compete)", lambda m: "non " + m.group(1), "non-x -> non x"),
        (r"\bnon(exclusive|transferable|public|disclosure|refundable|assignable|compete)", lambda m: "non-" + m.group(1), "nonx -> non-x"),
        (r"\bsub-?(licens|contract)", lambda m: ("sub" if "-" in m.group(0) else "sub-") + m.group(1), "sublicense"),
        (r"\bthird[- ]part(?=y|ies)", lambda m: m.group(0).replace("-", "@").replace(" ", "-").replace("@", " "), "third-party"),
        (r"\be-?mail\b", lambda m: "email" if "-" in m.group(0) else "e-mail", "e-mail"),
        (r"\b(\d+|%s)[- ](day|month|year)(?= )" % WORD, lambda m: m.group(1) + (" " if m.group(0)[len(m.group(1))] == "-" else "-") + m.group(2), "30-day"),
        (r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](one|two|three|four|five|six|seven|eight|nine)\b",
         lambda m: m.group(1) + (" " if "-" in m.group(0) else "-") + m.group(2), "twenty-four"),
        (r"\bcannot\b", "can not", "cannot"),
    ])
    if "-" in text:
        ways.append(("figure dash or minus", text.replace("-", rng.choice("‒−―"))))
    return ways


def front(rng, text, names):
    if not text[0].isupper():
        return []
    return [(f"before: {mark.strip()}", mark + text) for mark in rng.sample(["§ 4.1 ", "Section 9.3. ", "SECTION 12.1 ", "1.1.1.1 ", "B. ", "(B) ", "- ", "iv) ", "12) ",
                                                                             "Article 5. ", "ARTICLE IV. ", "Clause 7.2: ", "▪ ", "– ", "(xii) ", "14.1(b) ", "3 - "], 4)]


def capitals(rng, text, names):
    words = [match for match in re.finditer(r"\b[a-z]{4,}\b", text)]
    if len(words) < 6:
        return []
    first = rng.randrange(len(words) - 4)
    begin, end = words[first].start(), words[first + 4].end()
    swap = "".join(each.upper() if at % 2 else each for at, each in enumerate(text))
    return [rng.choice([("five words in capitals", text[:begin] + text[begin:end].upper() + text[end:]), ("capitals at random", swap)])]


def figures(rng, text, names):
    def bracket(m):
        return f"{m.group(2)} ({m.group(1).lower()})"

    return by_rules(rng, text, [
        (r"\b(?<!-)(%s) \((\d+)\)" % WORD, lambda m: bracket(m) if IN_WORDS[m.group(1).lower()] == int(m.group(2)) else None, "thirty (30) -> 30 (thirty)"),
        (r"\b(?<!-)(%s) \((\d+)\)" % WORD, lambda m: m.group(0).replace(" (", "(") if IN_WORDS[m.group(1).lower()] == int(m.group(2)) else None, "thirty (30) -> thirty(30)"),
        (r"(?<!hundred )(?<!hundred and )\b(?<!-)(%s)(?= (?:days|months|years|weeks|hours|business days)\b)" % WORD, lambda m: str(IN_WORDS[m.group(1).lower()]), "thirty -> 30"),
        (r"(?<![\d.,$£€/(-])(\d{1,2})(?= (?:days|months|years|weeks|hours)\b)", lambda m: in_words(int(m.group(1))) if int(m.group(1)) else None, "30 -> thirty"),
        (r"\b(first|second|third|fifth|tenth)(?= (?:anniversary|year|day|month|calendar))",
         lambda m: {"first": "1st", "second": "2nd", "third": "3rd", "fifth": "5th", "tenth": "10th"}[m.group(1).lower()], "third -> 3rd"),
        (r"\b(1st|2nd|3rd|5th|10th|15th|20th|30th)\b", lambda m: {"1st": "first", "2nd": "second", "3rd": "third", "5th": "fifth", "10th": "tenth", "15th": "fifteenth",
                                                              "20th": "twentieth", "30th": "thirtieth"}[m.group(1)], "3rd -> third"),
        (r"\bone hundred and (?=twenty|eighty|fifty)", "one hundred ", "and of a number dropped"),
        (r"\bone hundred (?=twenty|eighty|fifty)", "one hundred and ", "and of a number added"),
    ])


def dates(rng, text, names):
    return by_rules(rng, text, [
        (r"\b(%s) (\d{1,2}), (\d{4})\b" % MONTH, lambda m: f"{m.group(2)} {m.group(1)} {m.group(3)}", "day first"),
        (r"\b(%s) (\d{1,2}), (\d{4})\b" % MONTH, lambda m: f"{m.group(1)} {m.group(2)} {m.group(3)}", "comma dropped"),
        (r"\b(January|February|August|September|October|November|December) (?=\d{1,2}, \d{4})", lambda m: m.group(1)[:3] + ". ", "Jan."),
        (r"\b(%s) (\d{1,2}), (?=\d{4})" % MONTH, lambda m: f"{m.group(1)} {m.group(2)}{'th' if 4 <= int(m.group(2)) <= 20 else ''}, ", "April 7th"),
    ])


def sums(rng, text, names):
    return by_rules(rng, text, [
        (r"\$ ?([1-9]\d?),000,000\b(?!\.)", lambda m: f"${m.group(1)} million", "$5,000,000 -> $5 million"),
        (r"\$ ?(\d+) million\b", lambda m: f"${m.group(1)},000,000", "$5 million -> $5,000,000"),
        (r"(?<=\$)(\d[\d,]*)\.00\b", lambda m: m.group(1), "cents dropped"),
        (r"\$(?=\d)", "$ ", "blank behind the sign"),
        (r"\$ (?=\d)", "$", "no blank behind the sign"),
        (r"\bUS\$ ?(?=\d)", "USD ", "US$ -> USD"),
        (r"\bUSD ?(?=\d)", "US$", "USD -> US$"),
        (r"\bU\.S\. (?=dollars)", "US ", "U.S. dollars"),
        (r"\bUnited States (?=dollars)", "U.S. ", "United States dollars -> U.S. dollars"),
        (r"(?<=\d) ?%", " per cent", "% -> per cent"),
        (r"(?<=\d) ?percent\b", "%", "percent -> %"),
        (r"(?<![.\d])(\d{1,2})%", lambda m: m.group(1) + ".0%", "5% -> 5.0%"),
        (r"(?<= )0?\.(?=\d+ ?%)", lambda m: "." if m.group(0)[0] == "0" else "0.", "0.5% and .5%"),
        (r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])", lambda m: m.group(0).replace(",", ""), "1,000 -> 1000"),
    ])


def short_forms(rng, text, names):
    return by_rules(rng, text, [
        (r"\bSection (?=\d)", "Sec. ", "Section -> Sec."),
        (r"\bSection (?=\d)", "§ ", "Section -> §"),
        (r"\bInc\.(?= )", "Incorporated", "Inc. -> Incorporated"),
        (r"(?<=[a-z] )Ltd\.(?= )", "Limited", "Ltd. -> Limited"),
        (r" & ", " and ", "& -> and"),
        (r"\bU\.S\.(?! [Dd]oll)(?= )", "US", "U.S. -> US"),
        (r"\bU\.S\.(?! [Dd]oll)(?= )", "United States", "U.S. -> United States"),
        (r"\bUnited States of America\b", "USA", "United States of America -> USA"),
        (r"\be\.g\.,?", "for example,", "e.g. -> for example"),
        (r"\bi\.e\.,?", "that is,", "i.e. -> that is"),
        (r"\bpursuant to Article (?=\d)", "pursuant to Art. ", "Article -> Art."),
        (r"\bNumber (?=\d)", "No. ", "Number -> No."),
        (r"(?<=\d) ?a\.m\.", " am", "a.m. -> am"),
        (r"(?<=\d) ?p\.m\.", " PM", "p.m. -> PM"),
    ])


SPELLINGS = [("whilst", "while"), ("toward", "towards"), ("amongst", "among"), ("cheque", "check"), ("installments?", "instalment"), ("organisation", "organization"),
             ("authorised", "authorized"), ("favour", "favor"), ("honour", "honor"), ("licence", "license"), ("programme", "program"), ("recognised", "recognized"),
             ("judgement", "judgment"), ("fulfil", "fulfill"), ("practise", "practice"), ("offence", "offense"), ("defence", "defense"), ("counselors", "counsellors"),
             ("minimize", "minimise"), ("summarized", "summarised"), ("characterized", "characterised"), ("notarized", "notarised"), ("apologize", "apologise"),
             ("emphasized", "emphasised"), ("prioritize", "prioritise"), ("materialized", "materialised"), ("jeopardize", "jeopardise"),
             ("memorialized", "memorialised"), ("specialized", "specialised"), ("capitalized", "capitalised"), ("itemized", "itemised"), ("computerized", "computerised"),
             ("neighboring", "neighbouring"), ("colored", "coloured"), ("labeled", "labelled"), ("modeling", "modelling"), ("canceled", "cancelled"), ("totaling", "totalling"),
             ("willful", "wilful"), ("skillful", "skilful"), ("enrollment", "enrolment"), ("meters", "metres"), ("theater", "theatre"), ("gray", "grey"),
             ("inquiry", "enquiry"), ("inquiries", "enquiries"), ("artifacts", "artefacts"), ("ageing", "aging"), ("unauthorised", "unauthorized"),
             ("utilised", "utilized"), ("utilizing", "utilising"), ("organized", "organised"), ("authorization", "authorisation"), ("summarize", "summarise"),
             ("favorable", "favourable"), ("endeavor", "endeavour")]


def spelling(rng, text, names):
    return by_rules(rng, text, [(r"\b%s\b" % old, new, "spelling of the other side of the sea") for old, new in SPELLINGS])


def duty_words(rng, text, names):
    return by_rules(rng, text, [
        (r"\bshall(?= (?:be|not|have|pay|use|keep|provide|remain|comply|return|notify|ensure))", "will", "shall -> will"),
        (r"\bwill(?= (?:be|not|have|pay|use|keep|provide|remain|comply|return|notify|ensure))", "shall", "will -> shall"),
        (r"\bmust(?= (?:be|not|have|pay|use|keep|provide|remain|comply|return|notify|ensure))", "shall", "must -> shall"),
        (r"\bshall(?= (?:be|not|pay|use|keep|provide|comply|return|notify|ensure))", "must", "shall -> must"),
    ])


def accents(rng, text, names):
    ways = []
    decomposed = unicodedata.normalize("NFD", text)
    if decomposed != text:
        ways.append(("accents apart", decomposed))
    at = rng.choice([match.end() for match in re.finditer(r"\b[A-Za-z]{3}(?=[a-z]{2})", text)] or [1])
    mark = rng.choice("\u200d\u200c\ufeff\u2060")
    return ways + [("joiner within a word", text[:at] + mark + text[at:])]


def ending(rng, text, names):
    bare = text.rstrip(".;:, ")
    return [(what, changed) for what, changed in rng.sample([("and behind", bare + "; and"), ("mark doubled", bare + ".."), ("comma", bare + ","),
                                                              ("dash", bare + " -"), ("quotation mark", '"' + bare + '."')], 5)]


VARIANTS = [spaces, breaks, ligatures, marks, hyphens, front, capitals, figures, dates, sums, short_forms, spelling, duty_words, accents, ending]


def collect(pool, makers, seed):
    rng = random.Random(seed)
    cases = {maker.__name__: [] for maker in makers}
    known, of_what, of_contract = set(), {}, {}
    for round_of in range(2):  # kinds that the texts have too few of are made up for by the others
        for at, maker in enumerate(makers):
            kind, missing = maker.__name__, CASES - sum(map(len, cases.values()))
            wanted = CASES * (at + 1) // len(makers) - CASES * at // len(makers) if round_of == 0 else len(cases[kind]) + missing // (len(makers) - at)
            most = MOST_OF_WHAT * (1 + round_of)
            for contract, text, names in rng.sample(pool, len(pool)):
                if len(cases[kind]) >= wanted:
                    break
                if of_contract.get((kind, contract), 0) >= MOST_OF_CONTRACT * (1 + round_of):
                    continue
                for what, changed in maker(rng, text, names):
                    if changed == text or (kind, text) in known or of_what.get((kind, what), 0) >= (most if len(makers) == len(MUTATIONS) else 3 * most):
                        continue
                    known.add((kind, text))
                    of_what[kind, what] = of_what.get((kind, what), 0) + 1
                    of_contract[kind, contract] = of_contract.get((kind, contract), 0) + 1
                    case = {"id": f"{kind}-{len(cases[kind]) + 1}", "kind": kind, "what": what, "contract": contract, "text": text, "changed": changed}
                    if kind == "party" and names:
                        case["parties"] = [group[0] for group in names]
                        case["party_quotes"] = [name for group in names for name in group]
                    cases[kind].append(case)
                    break
    return [case for each in cases.values() for case in each]


def main(contracts, known, out):
    pool = pool_of(pathlib.Path(contracts), pathlib.Path(known))
    print(len(pool), "sentences of", len({contract for contract, _, _ in pool}), "contracts")
    for name, makers, seed in (("mutations", MUTATIONS, 20260201), ("variants", VARIANTS, 20260202)):
        cases = collect(pool, makers, seed)
        lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
        (pathlib.Path(out) / f"{name}.jsonl").write_text(lines, encoding="utf-8", newline="\n")
        print(name, len(cases), {maker.__name__: sum(case["kind"] == maker.__name__ for case in cases) for maker in makers})


main(*sys.argv[1:])
