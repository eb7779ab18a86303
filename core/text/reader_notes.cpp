// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/reader_notes.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace cw {

namespace {

constexpr std::string_view kBetween = "; ";
constexpr size_t kMostPages = 300; // that are named one by one: the frame limits the whole line

void add(std::string& out, std::string_view word) { out.append(kBetween).append(word); }

void addCount(std::string& out, std::string_view word, int count) {
    if (count > 0)
        add(out, std::string(word) + ' ' + std::to_string(count));
}

void addPages(std::string& out, std::string_view word, const std::vector<int>& pages) {
    if (pages.empty())
        return;
    add(out, word);
    for (size_t i = 0; i < std::min(pages.size(), kMostPages); ++i)
        out += ' ' + std::to_string(pages[i]);
}

// The positive numbers behind a note's word; nothing if something else stands there.
std::optional<std::vector<int>> numbersOf(std::string_view text) {
    std::vector<int> out;
    while (!text.empty()) {
        int number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || number <= 0)
            return std::nullopt;
        out.push_back(number);
        text.remove_prefix(static_cast<size_t>(end - text.data()));
        if (text.starts_with(' '))
            text.remove_prefix(1);
    }
    return out;
}

void take(ReaderNotes& notes, std::string_view note) {
    const size_t space = std::min(note.find(' '), note.size());
    const std::string_view word = note.substr(0, space);
    const auto numbers = numbersOf(note.substr(std::min(space + 1, note.size())));
    if (!numbers)
        return;
    if (word == "macros")
        notes.macros = true;
    else if (word == "unrecognised")
        notes.noRecognition = true;
    else if (word == "external" && numbers->size() == 1)
        notes.externalTargets = numbers->front();
    else if (word == "embedded" && numbers->size() == 1)
        notes.embeddedParts = numbers->front();
    else if (word == "pictures")
        notes.picturePages = *numbers;
    else if (word == "slow")
        notes.slowPages = *numbers;
}

} // namespace

std::string encodeNotes(const ReaderNotes& notes) {
    std::string out = notes.reader;
    if (notes.macros)
        add(out, "macros");
    addCount(out, "external", notes.externalTargets);
    addCount(out, "embedded", notes.embeddedParts);
    addPages(out, "pictures", notes.picturePages);
    addPages(out, "slow", notes.slowPages);
    if (notes.noRecognition)
        add(out, "unrecognised");
    return out;
}

ReaderNotes decodeNotes(std::string_view text) {
    ReaderNotes notes;
    size_t end = std::min(text.find(kBetween), text.size());
    notes.reader = std::string(text.substr(0, end));
    while (end < text.size()) {
        text.remove_prefix(end + kBetween.size());
        end = std::min(text.find(kBetween), text.size());
        take(notes, text.substr(0, end));
    }
    return notes;
}

} // namespace cw
