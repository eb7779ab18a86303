// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/search_query.h"

#include <algorithm>

namespace cw {

namespace {

// A piece of the input: between quotes, or between blanks.
struct Piece {
    std::string_view text;
    bool quoted = false;
    bool excluded = false;
    bool starred = false; // a star follows the quotes
};

constexpr std::string_view kOpening[] = {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E"}; // " and its printed forms
constexpr std::string_view kBlanks = " \t\n\r\f\v";

size_t quoteLength(std::string_view rest) {
    for (const std::string_view quote : kOpening)
        if (rest.starts_with(quote))
            return quote.size();
    return 0;
}

size_t nextQuote(std::string_view input, size_t at) {
    while (at < input.size() && quoteLength(input.substr(at)) == 0)
        ++at;
    return at;
}

std::vector<Piece> pieces(std::string_view input) {
    std::vector<Piece> out;
    for (size_t at = 0; (at = input.find_first_not_of(kBlanks, at)) != std::string_view::npos;) {
        Piece piece;
        piece.excluded = input[at] == '-';
        at += piece.excluded;
        if (const size_t quote = quoteLength(input.substr(at))) {
            const size_t end = nextQuote(input, at + quote);
            piece.text = input.substr(at + quote, end - at - quote);
            piece.quoted = true;
            at = end + quoteLength(input.substr(end));
            piece.starred = at < input.size() && input[at] == '*';
        } else {
            const size_t end = std::min({input.size(), input.find_first_of(kBlanks, at), nextQuote(input, at)});
            piece.text = input.substr(at, end - at);
            piece.starred = piece.text.ends_with('*');
            at = end;
        }
        out.push_back(piece);
    }
    return out;
}

SearchTerm termOf(const Piece& piece) {
    SearchTerm term;
    for (SearchWord& word : searchWordsFrom(piece.text, 0, kMostTermWords))
        term.words.push_back(std::move(word.form));
    term.prefix = piece.starred;
    return term;
}

bool isOr(const Piece& piece) { return !piece.quoted && !piece.excluded && (piece.text == "or" || piece.text == "OR"); }

bool occursAt(const std::vector<SearchWord>& words, size_t at, const SearchTerm& term) {
    if (words.size() - at < term.words.size())
        return false;
    const size_t last = term.words.size() - 1;
    for (size_t i = 0; i < last; ++i)
        if (words[at + i].form != term.words[i])
            return false;
    const std::string& form = words[at + last].form;
    return term.prefix ? form.starts_with(term.words[last]) : form == term.words[last];
}

} // namespace

SearchQuery parseSearchQuery(std::string_view input) {
    SearchQuery query;
    size_t terms = 0;
    bool alternative = false; // an "or" stands between the last wanted term and the next
    const std::vector<Piece> all = pieces(input);
    for (size_t i = 0; i < all.size() && terms < kMostTerms; ++i) {
        if (isOr(all[i]) && !query.all.empty() && i + 1 < all.size()) {
            alternative = true;
            continue;
        }
        SearchTerm term = termOf(all[i]);
        if (term.words.empty())
            continue;
        ++terms;
        if (all[i].excluded)
            query.without.push_back(std::move(term));
        else if (alternative)
            query.all.back().push_back(std::move(term));
        else
            query.all.push_back({std::move(term)});
        alternative = false;
    }
    return query;
}

std::vector<ByteRange> findPlaces(const std::vector<SearchWord>& words, const SearchQuery& query) {
    std::vector<ByteRange> places;
    for (size_t at = 0; at < words.size(); ++at) {
        size_t end = 0;
        for (const std::vector<SearchTerm>& alternatives : query.all)
            for (const SearchTerm& term : alternatives)
                if (occursAt(words, at, term))
                    end = std::max(end, words[at + term.words.size() - 1].place.end);
        if (end == 0)
            continue;
        if (!places.empty() && words[at].place.begin < places.back().end)
            places.back().end = std::max(places.back().end, end);
        else
            places.push_back({words[at].place.begin, end});
    }
    return places;
}

} // namespace cw
