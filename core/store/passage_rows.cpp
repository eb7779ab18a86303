// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/passage_rows.h"

#include "core/store/database.h"
#include "core/store/statement.h"
#include "core/text/passages.h"
#include "core/text/search_query.h"

#include <algorithm>

namespace cw {

namespace {

// The forms of the words [from, to), parted by blanks.
std::string formsOf(const std::vector<SearchWord>& words, size_t from, size_t to) {
    std::string out;
    for (size_t i = from; i < to; ++i) {
        if (i > from)
            out += ' ';
        out += words[i].form;
    }
    return out;
}

} // namespace

Status indexPassages(Database& database, std::int64_t contract, std::string_view text) {
    CW_TRY_ASSIGN(number, database.queryInteger("SELECT coalesce(max(number), 0) FROM passages"));
    CW_TRY_ASSIGN(passageRow, Statement::prepare(database, "INSERT INTO passages (number, contract, begin_byte, end_byte) "
                                                           "VALUES (:number, :contract, :begin, :end)"));
    CW_TRY_ASSIGN(wordsRow, Statement::prepare(database, "INSERT INTO passage_words (rowid, text) VALUES (:number, :words)"));
    const std::vector<SearchWord> words = searchWords(text);
    size_t from = 0;
    for (const ByteRange passage : splitPassages(text)) {
        size_t to = from;
        while (to < words.size() && words[to].place.begin < passage.end)
            ++to;
        ++number;
        passageRow.bind(":number", number).bind(":contract", contract).bind(":begin", passage.begin);
        CW_TRY(passageRow.bind(":end", passage.end).run());
        const std::string forms = formsOf(words, from, std::min(words.size(), to + kMostTermWords));
        CW_TRY(wordsRow.bind(":number", number).bind(":words", forms).run());
        from = to;
    }
    return {};
}

} // namespace cw
