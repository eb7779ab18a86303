// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A PDF of many pages in the manner of a contract: 46 full lines a page, each page with its number.
#pragma once

#include "core/base/rng.h"

#include <cstdio>
#include <string>
#include <vector>

namespace cw::test {

inline std::string contractLine(Rng& rng) {
    static const std::vector<std::string> words = {"the", "Agreement", "shall", "party", "license", "term", "renewal", "notice", "of", "and",
                                                   "to", "liability", "Products", "any", "under", "this", "hereof", "payment", "by", "either"};
    std::string line;
    while (line.size() < 78)
        line += words[rng.below(words.size())] + (rng.below(14) == 0 ? ". " : " ");
    line.pop_back();
    return line;
}

inline std::string longPage(int number, Rng& rng) {
    std::string content = "BT /F1 11 Tf 14 TL 72 740 Td\n";
    for (int line = 0; line < 46; ++line)
        content += "(" + contractLine(rng) + ") Tj T*\n";
    return content + "T* (Page " + std::to_string(number) + ") Tj ET";
}

inline std::string longPdf(int pages) {
    Rng rng(20261126, "long pdf");
    std::string kids;
    std::vector<std::string> objects(3);
    for (int page = 0; page < pages; ++page) {
        const std::string content = longPage(page + 1, rng);
        kids += std::to_string(objects.size() + 1) + " 0 R ";
        objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents " + std::to_string(objects.size() + 2) +
                          " 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
        objects.push_back("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
    }
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>";
    objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) + " >>";
    objects[2] = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>";
    std::string out = "%PDF-1.4\n", table = "0000000000 65535 f \n";
    for (size_t i = 0; i < objects.size(); ++i) {
        char entry[24];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
        table += entry;
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string count = std::to_string(objects.size() + 1), start = std::to_string(out.size());
    return out + "xref\n0 " + count + "\n" + table + "trailer << /Size " + count + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

} // namespace cw::test
