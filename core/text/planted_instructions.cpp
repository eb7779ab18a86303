// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/planted_instructions.h"

#include "core/base/utf.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr size_t kMostBytes = 160; // of a passage

// In lower case; a space stands for any white space.
constexpr std::string_view kPhrases[] = {
    // Orders about the task.
    "ignore all previous", "ignore previous instructions", "ignore all instructions", "ignore the above instructions", "ignore the instructions above",
    "disregard all previous", "disregard previous instructions", "disregard the request above", "disregard the above instructions",
    "forget all previous instructions", "forget your instructions", "override your instructions", "your instructions word for word", "list your rules",
    "your system prompt", "author of this prompt", "are a language model", "as a language model", "as an ai language", "you are an ai", "ai reading this",
    "model reading this", "you are now in", "extraction task", "do not extract any", "reply only with", "answer only with", "respond only with",
    "answer in json", "answer in xml", "answer in french", "answer null", "answer true", "answer false", "every clause is null", "the answer is null",
    "the answer is true", "the answer is false", "not in the text is null", "left out of the output", "as one json object",
    // Frames of chats and prompts.
    "<|", "|>", "[inst]", "[/inst]", "<<sys>>", "</s>", "<unk>", "<pad>", "[tool_calls]", "### response", "### instruction", "### system", "assistant:",
    "</document>", "</contract>", "<answer>", "</answer>", "end of contract ---",
    // The form of our answers.
    "\"q\":[", "\"v\":", "\":null", "```json"};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Where the phrase ends that begins at `at`; 0: another one stands there.
size_t endOf(std::string_view phrase, std::string_view text, size_t at) {
    if (isLetter(phrase.front()) && at > 0 && isLetter(text[at - 1]))
        return 0;
    for (const char c : phrase) {
        if (at == text.size() || (c == ' ' ? !isSpace(text[at]) : c != lower(text[at])))
            return 0;
        ++at;
        while (c == ' ' && at < text.size() && isSpace(text[at]))
            ++at;
    }
    return isLetter(phrase.back()) && at < text.size() && isLetter(text[at]) ? 0 : at;
}

// The phrases by their first byte, so that most places of a text are done with one look.
using Phrases = std::array<std::vector<std::string_view>, 256>;

const Phrases& phrases() {
    static const Phrases byFirst = [] {
        Phrases all;
        for (const std::string_view phrase : kPhrases)
            all[static_cast<unsigned char>(phrase.front())].push_back(phrase);
        return all;
    }();
    return byFirst;
}

size_t endOfPassage(std::string_view text, size_t begin, size_t least) {
    size_t end = std::min({text.size(), text.find('\n', least), begin + kMostBytes});
    while (!isCodePointBoundary(text, end))
        --end;
    return std::max(end, least);
}

} // namespace

std::vector<ByteRange> findPlantedInstructions(std::string_view text) {
    std::vector<ByteRange> found;
    for (size_t at = 0; at < text.size(); ++at)
        for (const std::string_view phrase : phrases()[static_cast<unsigned char>(lower(text[at]))])
            if (const size_t end = endOf(phrase, text, at)) {
                found.push_back({at, endOfPassage(text, at, end)});
                at = found.back().end - 1;
                break;
            }
    return found;
}

} // namespace cw
