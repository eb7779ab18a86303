// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The similarity of pairs of texts, as check_similarity.py asks for it: two lines in, "lcs total passes" out.
#include "core/eval/similarity.h"

#include <iostream>
#include <string>

int main() {
    std::ios::sync_with_stdio(false);
    std::string a, b;
    while (std::getline(std::cin, a) && std::getline(std::cin, b)) {
        const cw::Similarity found = cw::similarity(a, b);
        std::cout << found.lcs << ' ' << found.total << ' ' << found.passes() << '\n';
    }
}
