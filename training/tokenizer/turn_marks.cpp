// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/turn_marks.h"

#include "core/base/byte_range.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cw {

namespace {

constexpr std::string_view kOpen = "[INST]", kClose = "[/INST]";

std::vector<std::string_view> marksOf(ChatFormat format) {
    switch (format) {
    case ChatFormat::Instruct:
    case ChatFormat::InstructTokens:
        return {kOpen, kClose};
    case ChatFormat::ChatMl:
        return {"<|im_start|>", "<|im_end|>"};
    case ChatFormat::Llama3:
        break;
    }
    return {"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"};
}

// Where marks of words lie in a part of a text.
std::vector<ByteRange> findMarks(std::string_view text, ByteRange within) {
    std::vector<ByteRange> found;
    for (const std::string_view mark : {kOpen, kClose})
        for (size_t at = text.find(mark, within.begin); at != std::string_view::npos && at + mark.size() <= within.end; at = text.find(mark, at + 1))
            found.push_back({at, at + mark.size()});
    return found;
}

// The token of each single byte; -1: none. A piece of the vocabulary, which models know, has a later id than the token that stands in for
// missing pieces.
std::array<std::int64_t, 256> singleBytes(const Tokenizer& tokenizer) {
    std::array<std::int64_t, 256> tokens;
    tokens.fill(-1);
    for (std::int64_t id = 0; id < tokenizer.vocabSize(); ++id)
        if (const std::string_view bytes = tokenizer.tokenBytes(id); bytes.size() == 1)
            tokens[static_cast<unsigned char>(bytes.front())] = id;
    return tokens;
}

// The same bytes, with single ones for every token that has a part in a mark.
TokenIds spelledOut(const TokenIds& ids, const std::vector<ByteRange>& marks, const Tokenizer& tokenizer) {
    const std::array<std::int64_t, 256> single = singleBytes(tokenizer);
    TokenIds spelled;
    size_t begin = 0;
    for (const std::int64_t id : ids) {
        const std::string_view bytes = tokenizer.tokenBytes(id);
        const ByteRange place{begin, begin + bytes.size()};
        begin = place.end;
        const bool isOfMark = std::any_of(marks.begin(), marks.end(), [&](ByteRange mark) { return mark.overlaps(place); });
        const bool isSpellable = std::all_of(bytes.begin(), bytes.end(), [&](unsigned char byte) { return single[byte] >= 0; });
        if (!isOfMark || !isSpellable)
            spelled.push_back(id);
        else
            for (const unsigned char byte : bytes)
                spelled.push_back(single[byte]);
    }
    return spelled;
}

} // namespace

std::string_view markIn(std::string_view text, ChatFormat format) {
    std::string_view first;
    size_t place = std::string_view::npos;
    for (const std::string_view mark : marksOf(format))
        if (const size_t at = text.find(mark); at < place) {
            first = mark;
            place = at;
        }
    return first;
}

TokenIds encodeInstructTurn(std::string_view turn, const Tokenizer& tokenizer) {
    TokenIds ids = tokenizer.encode(turn);
    std::string bytes; // which lack what the tokenizer has no tokens for
    for (const std::int64_t id : ids)
        bytes += tokenizer.tokenBytes(id);
    const std::vector<ByteRange> marks = findMarks(bytes, {tokenizer.textPrefix().size() + kOpen.size(), bytes.size() - kClose.size()});
    return marks.empty() ? ids : spelledOut(ids, marks, tokenizer);
}

} // namespace cw
