// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Parties from CUAD's answers: Corio Inc. ("CORIO"); Changepoint, Inc. ("Vendor").
#include "core/extraction/canonical_json.h"
#include "core/extraction/derive.h"
#include "core/extraction/tokens.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

// A name with the brackets behind it that hold aliases.
struct Part {
    std::string name;
    std::vector<std::string> brackets;
};

// Words that name a function; a phrase of two words goes first.
// clang-format off
constexpr std::array<std::pair<std::string_view, std::string_view>, 36> kRoles = {{
    {"disclosing party", "discloser"}, {"receiving party", "recipient"}, {"service provider", "supplier"},
    {"customer", "customer"}, {"client", "customer"}, {"buyer", "customer"}, {"purchaser", "customer"},
    {"supplier", "supplier"}, {"vendor", "supplier"}, {"seller", "supplier"}, {"provider", "supplier"},
    {"licensor", "licensor"}, {"franchisor", "licensor"}, {"licensee", "licensee"}, {"franchisee", "licensee"},
    {"distributor", "distributor"}, {"reseller", "distributor"}, {"manufacturer", "manufacturer"},
    {"discloser", "discloser"}, {"recipient", "recipient"}, {"agent", "agent"}, {"agency", "agent"},
    {"contractor", "contractor"}, {"subcontractor", "contractor"}, {"consultant", "contractor"},
    {"partner", "partner"}, {"guarantor", "guarantor"}, {"company", ""}, {"sponsor", ""}, {"employee", ""},
    {"bank", ""}, {"fund", ""}, {"club", ""}, {"owner", ""}, {"host", ""}, {"shipper", ""}}};
// clang-format on

std::string plainLower(std::string_view text) {
    std::string out;
    for (const Token& token : tokenize(text))
        if (token.kind != TokenKind::Mark)
            out += (out.empty() ? "" : " ") + token.lower;
    return out;
}

// The role that an alias names; nothing if it names none, an empty text for a word that stands for a party without
// telling its function.
std::optional<std::string> roleOf(std::string_view alias) {
    std::string plain = plainLower(alias);
    if (plain.starts_with("the "))
        plain.erase(0, 4);
    for (const auto& [word, role] : kRoles)
        if (plain == word)
            return std::string(role);
    return std::nullopt;
}

bool isQuote(const Token& token) {
    return token.lower == "\"";
}

// The texts in quotes: ("Servicing Agent", "you") gives two.
std::vector<std::string> quotedTexts(std::string_view text) {
    std::vector<std::string> out;
    std::optional<size_t> opened;
    for (const Token& token : tokenize(text)) {
        if (!isQuote(token))
            continue;
        if (opened)
            out.emplace_back(text.substr(*opened, token.begin - *opened));
        opened = opened ? std::nullopt : std::optional(token.end);
    }
    return out;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view kEdges = " \t\n\r,;";
    const size_t begin = std::min(text.find_first_not_of(kEdges), text.size());
    return std::string(text.substr(begin, text.find_last_not_of(kEdges) + 1 - begin));
}

// The pieces of an answer between semicolons that are not in brackets; a bracket round the whole answer is taken off.
std::vector<std::string> pieces(std::string_view answer) {
    std::string text = trimmed(answer);
    if (text.starts_with('(') && text.ends_with(')') && text.find(';') != std::string::npos)
        text = text.substr(1, text.size() - 2);
    if (text.starts_with('(') &&
        std::count(text.begin(), text.end(), '(') == std::count(text.begin(), text.end(), ')') + 1)
        text.erase(0, 1);
    std::vector<std::string> out(1);
    int depth = 0;
    for (char c : text) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ';' && depth <= 0)
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

// "("Buyer")" or "("Party" and "Parties")" whole, from its opening bracket on.
std::string bracketAt(const std::string& text, size_t open) {
    int depth = 0;
    for (size_t i = open; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0)
            return text.substr(open, i + 1 - open);
    }
    return text.substr(open);
}

// "d/b/a Alliance Bank", "(formerly known as ...", "and its affiliates": trading and earlier names are aliases,
// affiliates no parties.
std::string withoutTail(const std::string& name) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    size_t end = name.size();
    for (const char* tail : {"d/b/a", "f/k/a", "a/k/a", "t/a ", "(formerly", "formerly known as", "doing business as",
                             "trading as", "and its affiliates"})
        if (const size_t at = lower.find(tail); at != std::string::npos && at > 0)
            end = std::min(end, at);
    return trimmed(std::string_view(name).substr(0, end));
}

// An alias is what stands in brackets with quotes: "(Beijing)" and "(UK)" belong to the name.
Part splitPiece(const std::string& piece) {
    Part part{"", {}};
    size_t end = piece.size();
    for (size_t open = piece.find('('); open != std::string::npos; open = piece.find('(', open + 1)) {
        const std::string bracket = bracketAt(piece, open);
        if (quotedTexts(bracket).empty())
            continue;
        end = std::min(end, open);
        part.brackets.push_back(bracket);
        open += bracket.size() - 1;
    }
    part.name = withoutTail(trimmed(std::string_view(piece).substr(0, end)));
    return part;
}

// "each a "Party" and together the "Parties"": of all, not of one.
bool isCollective(const std::string& text) {
    const auto aliases = quotedTexts(text);
    const auto isWordForAll = [](const std::string& alias) {
        const std::string plain = plainLower(alias);
        return plain == "party" || plain == "parties" || plain == "member" || plain == "members" ||
               plain == "joint venturers";
    };
    return !aliases.empty() && std::all_of(aliases.begin(), aliases.end(), isWordForAll);
}

// A bracket that speaks of several parties at once.
bool isShared(const std::string& bracket) {
    const std::string plain = " " + plainLower(bracket) + " ";
    for (const char* word : {" each ", " both ", " collectively ", " together ", " individually ", " jointly "})
        if (plain.find(word) != std::string::npos)
            return true;
    return false;
}

// No name: a redaction, a form's blank, or a word for a function alone ("sales agent").
bool isBlank(const std::string& name) {
    const bool hasCapital =
        std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z' && c != 'X'; });
    return !hasCapital || name.find_first_of("[]*_\"") != std::string::npos || roleOf(name).has_value();
}

std::string roleIn(const std::vector<std::string>& brackets) {
    for (const std::string& bracket : brackets)
        for (const std::string& alias : quotedTexts(bracket))
            if (const auto role = roleOf(alias); role && !role->empty())
                return *role;
    return "other";
}

// What an answer has given so far.
struct Reading {
    std::vector<Party> parties;
    std::vector<std::string> known; // names and aliases, plain

    bool knows(const std::string& plain) const { return std::find(known.begin(), known.end(), plain) != known.end(); }
    // "Miltenyi and Bellicum", of which both are known.
    bool knowsBoth(const std::string& plain) const {
        const size_t word = plain.find(" and ");
        return word != std::string::npos && knows(plain.substr(0, word)) && knows(plain.substr(word + 5));
    }
    void add(const Part& part) {
        if (!knows(plainLower(part.name)))
            parties.push_back({part.name, roleIn(part.brackets)});
        known.push_back(plainLower(part.name));
        for (const std::string& bracket : part.brackets)
            for (const std::string& alias : quotedTexts(bracket))
                known.push_back(plainLower(alias));
    }
};

// Reads one piece. False: it is neither a party nor something that is safe to leave out.
bool takePiece(const std::string& piece, Reading& reading) {
    Part part = splitPiece(piece);
    if (part.brackets.empty() && isCollective(part.name))
        return true;
    const size_t collective = std::erase_if(part.brackets, isCollective);
    if (part.name.empty())
        return part.brackets.empty();
    if (collective > 0 && part.name.find(" and ") != std::string::npos)
        return reading.knowsBoth(plainLower(part.name));
    if (isBlank(part.name) || std::any_of(part.brackets.begin(), part.brackets.end(), isShared))
        return false;
    reading.add(part);
    return true;
}

} // namespace

std::vector<Party> partiesFromCuadAnswer(const std::vector<std::string>& answers) {
    Reading reading;
    for (const std::string& answer : answers)
        for (const std::string& piece : pieces(answer))
            if (!takePiece(piece, reading))
                return {};
    const bool isPlausible =
        reading.parties.size() >= 2 && reading.parties.size() <= kMaxParties; // nobody contracts alone
    return isPlausible ? reading.parties : std::vector<Party>();
}

} // namespace cw
