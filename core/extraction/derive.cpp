// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/derive.h"

#include "core/extraction/tokens.h"
#include "core/extraction/values.h"

namespace cw {

namespace {

// Phrases that may turn a boolean clause round, in plain words with single spaces.
struct Denial {
    std::string_view key;
    std::vector<std::string_view> phrases;
};

const std::vector<Denial>& denials() {
    static const std::vector<Denial> table = {
        {"termination_for_convenience",
         {"may not terminate", "shall not terminate", "cannot terminate", "no right to terminate",
          "not be entitled to terminate"}},
        {"change_of_control",
         {"not constitute a change of control", "not be deemed an assignment", "not constitute an assignment"}},
        {"anti_assignment", {"freely assign", "freely assignable", "freely transfer", "freely transferable"}},
        {"covenant_not_to_sue", {"nothing shall prevent", "no covenant not to sue"}},
        {"third_party_beneficiary",
         {"no third party", "no third parties", "no other person", "no person", "not intended", "nothing in this",
          "nothing herein", "not confer", "not create", "not be deemed to create", "not for the benefit",
          "not enforceable by", "not a third party", "not third party"}},
        {"non_compete",
         {"not be restricted", "not restrict", "no restriction", "not prohibit", "not prevent", "free to compete",
          "nothing in this"}},
        {"exclusivity", {"non exclusive", "nonexclusive", "not exclusive", "not be exclusive", "no exclusivity"}},
        {"no_solicit_of_customers", {"not restrict", "not prohibit", "not prevent", "free to solicit"}},
        {"no_solicit_of_employees", {"not be restricted", "free to solicit", "free to hire"}},
        {"most_favored_nation", {"no obligation to offer", "not be obligated to offer", "not be required to offer"}},
        {"audit_rights",
         {"no right to audit", "not be entitled to audit", "no right to inspect", "not be entitled to inspect"}},
        {"ip_ownership_assignment",
         {"not assign", "no assignment", "not be construed as an assignment", "not transfer", "no transfer"}},
        {"joint_ip_ownership", {"no joint ownership", "not be jointly owned", "not jointly own", "not be joint"}},
        {"non_transferable_license", {"freely transferable", "freely transfer"}},
        {"affiliate_license_licensor", {"not include affiliates", "not extend to affiliates", "no license is granted"}},
        {"affiliate_license_licensee",
         {"not include affiliates", "not extend to affiliates", "no right to sublicense to affiliates"}},
        {"unlimited_license", {"not unlimited"}},
        {"irrevocable_or_perpetual_license",
         {"a revocable", "revocable at", "non perpetual", "not perpetual", "not irrevocable", "limited term"}},
        {"source_code_escrow", {"not be required to deposit", "no obligation to deposit", "no escrow"}},
        {"non_disparagement", {"not be restricted"}},
        {"insurance",
         {"not be required to maintain", "not required to maintain", "no obligation to maintain",
          "no obligation to insure"}}};
    return table;
}

// The words and numbers of a text with single spaces, and one at each end.
std::string plainWords(std::string_view text) {
    std::string out = " ";
    for (const Token& token : tokenize(text))
        if (token.kind != TokenKind::Mark)
            out += token.lower + " ";
    return out;
}

bool hasWords(const std::string& plain, std::string_view phrase) {
    return plain.find(" " + std::string(phrase) + " ") != std::string::npos;
}

std::optional<std::string> disputeResolution(const std::string& plain) {
    const bool arbitration = plain.find(" arbitrat") != std::string::npos;
    const bool courts = hasWords(plain, "jurisdiction") || hasWords(plain, "court") || hasWords(plain, "courts");
    if (arbitration == courts)
        return std::nullopt;
    if (arbitration)
        return "arbitration";
    if (hasWords(plain, "non exclusive jurisdiction") || hasWords(plain, "nonexclusive jurisdiction"))
        return "courts_non_exclusive";
    return hasWords(plain, "exclusive jurisdiction") || hasWords(plain, "exclusively") ? "courts_exclusive"
                                                                                       : "courts_unspecified";
}

std::optional<std::string> firstRefusal(const std::string& plain) {
    std::optional<std::string> code;
    for (const auto& [phrase, name] :
         {std::pair("first refusal", "rofr"), std::pair("first offer", "rofo"), std::pair("first negotiation", "rofn")})
        if (hasWords(plain, phrase))
            code = code ? "several" : name;
    return code;
}

std::optional<std::string> codeOf(const std::string& key, std::string_view evidence) {
    if (key == "governing_law")
        return governingLawFromText(evidence);
    if (key == "dispute_resolution")
        return disputeResolution(plainWords(evidence));
    return key == "rofr_rofo_rofn" ? firstRefusal(plainWords(evidence)) : std::nullopt;
}

std::optional<std::string> textValue(const ClauseType& type, std::string_view evidence, std::optional<DateOrder> order) {
    if (type.kind == ValueKind::Date) {
        const auto date = dateFromText(evidence, order);
        return date || type.key == "agreement_date" ? date : relativeDateFromText(evidence);
    }
    if (type.kind == ValueKind::Duration)
        return durationFromText(evidence);
    if (type.kind == ValueKind::Number)
        return numberFromText(evidence);
    if (type.kind == ValueKind::Money)
        return moneyFromText(evidence);
    return type.kind == ValueKind::Enum ? codeOf(type.key, evidence) : std::nullopt;
}

} // namespace

bool mayDeny(std::string_view key, std::string_view evidence) {
    const std::string plain = plainWords(evidence);
    for (const Denial& denial : denials())
        if (denial.key == key)
            for (std::string_view phrase : denial.phrases)
                if (hasWords(plain, phrase))
                    return true;
    return false;
}

std::optional<ClauseValue> valueFromEvidence(const ClauseType& type, std::string_view evidence, std::optional<DateOrder> order) {
    if (type.kind == ValueKind::Boolean)
        return mayDeny(type.key, evidence) ? std::nullopt : std::optional<ClauseValue>(true);
    const auto text = textValue(type, evidence, order);
    if (!text || !isCanonicalValue(type, *text))
        return std::nullopt;
    return ClauseValue(*text);
}

} // namespace cw
