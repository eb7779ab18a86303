// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The kind of a contract by its title.
#include "app/services/contract_guesses.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cw {

namespace {

constexpr size_t kOpening = 2500;            // bytes in which a text says what it is: "This Supply Agreement is made"
constexpr size_t kAtLeast = 3;               // mentions of confidential information ...
constexpr size_t kBytesAMention = 900;       // ... one in so many bytes: an NDA speaks of little else

struct Kind {
    std::string_view word, type;
};

// The first word that a title has decides: narrow kinds come before those whose words many titles have.
// clang-format off
constexpr std::array<Kind, 44> kKinds = {{
    {"non-disclosure", "NDA"}, {"nondisclosure", "NDA"}, {"non disclosure", "NDA"}, {"confidentiality", "NDA"},
    {"confidential disclosure", "NDA"}, {"nda", "NDA"}, {"secrecy", "NDA"},
    {"non-compet", "Non-Compete/Non-Solicit"}, {"noncompet", "Non-Compete/Non-Solicit"}, {"non-solicit", "Non-Compete/Non-Solicit"},
    {"co-brand", "Co-Branding"}, {"cobrand", "Co-Branding"}, {"joint venture", "Joint Venture"}, {"alliance", "Strategic Alliance"},
    {"intellectual property", "IP Agreement"}, {"franchise", "Franchise"}, {"sponsor", "Sponsorship"}, {"endorse", "Endorsement"},
    {"affiliate", "Affiliate"}, {"reseller", "Reseller"}, {"remarketer", "Reseller"}, {"outsourc", "Outsourcing"}, {"hosting", "Hosting"},
    {"transport", "Transportation"}, {"carriage", "Transportation"}, {"shipping", "Transportation"}, {"manufactur", "Manufacturing"},
    {"distribut", "Distributor"}, {"agency", "Agency"}, {"promotion", "Promotion"}, {"marketing", "Marketing"},
    {"collaborat", "Collaboration"}, {"cooperation", "Collaboration"}, {"co-operation", "Collaboration"},
    {"maintenance", "Maintenance"}, {"consult", "Consulting"}, {"development", "Development"}, {"licen", "License"},
    {"supply", "Supply"}, {"lease", "Lease"}, {"employment", "Employment"}, {"loan", "Loan"}, {"purchase", "Supply"}, {"service", "Service"}}};
// clang-format on

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::replace_if(out.begin(), out.end(), [](char c) { return c == '\n' || c == '_'; }, ' ');
    return out;
}

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// At the begin of a word; short words whole, so that "nda" is not in "Honda" nor in "ndabc".
bool hasWord(const std::string& text, std::string_view word) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const size_t behind = at + word.size();
        const bool opens = at == 0 || !isLetter(text[at - 1]);
        const bool closes = word.size() > 4 || behind == text.size() || !isLetter(text[behind]);
        if (opens && closes)
            return true;
    }
    return false;
}

std::string kindOf(const std::string& lower) {
    const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return hasWord(lower, kind.word); });
    return found == kKinds.end() ? std::string() : std::string(found->type);
}

// "this supply agreement": what the text calls itself near its begin.
std::string kindOfOpening(const std::string& opening) {
    for (size_t at = opening.find("this "); at != std::string::npos; at = opening.find("this ", at + 1)) {
        const std::string name = opening.substr(at + 5, 60);
        const size_t noun = std::min({name.find("agreement"), name.find("contract"), name.find("licen"), name.find("deed")});
        if (noun == std::string::npos || name.substr(0, noun).find_first_of(",.;") != std::string::npos)
            continue;
        if (const std::string kind = kindOf(name.substr(0, noun)); !kind.empty())
            return kind;
    }
    return {};
}

bool speaksOfConfidence(const std::string& lower) {
    size_t mentions = 0;
    for (size_t at = lower.find("confidential information"); at != std::string::npos; at = lower.find("confidential information", at + 1))
        ++mentions;
    return mentions >= kAtLeast && mentions * kBytesAMention >= lower.size();
}

} // namespace

std::string guessType(std::string_view title, std::string_view text) {
    if (const std::string kind = kindOf(lowerCase(title)); !kind.empty())
        return kind;
    if (const std::string kind = kindOfOpening(lowerCase(text.substr(0, kOpening))); !kind.empty())
        return kind;
    return speaksOfConfidence(lowerCase(text)) ? "NDA" : "";
}

} // namespace cw
