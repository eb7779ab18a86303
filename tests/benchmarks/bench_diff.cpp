// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How long the redline of two long texts takes: the first, coarse picture and the whole of it. `bench_diff [megabytes] [rounds]`; prints the
// middle of the rounds and asserts nothing. The words are drawn as those of a language are: few of them often, most of them rarely.
#include "core/base/rng.h"
#include "core/text/redline.h"
#include "core/text/word_diff.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace cw;

namespace {

constexpr size_t kVocabulary = 30'000;
constexpr size_t kMovedWords = 20'000;

// Rank r of the vocabulary comes up about 1/r as often as the first (Zipf).
std::string drawWord(Rng& rng) {
    const double share = static_cast<double>(rng.below(1'000'000)) / 1e6;
    const auto rank = static_cast<size_t>(std::pow(static_cast<double>(kVocabulary), share));
    std::string word;
    for (size_t rest = rank * 7919 + 13; rest > 0 && word.size() < 9; rest /= 19)
        word += static_cast<char>('a' + rest % 19);
    return word;
}

std::vector<std::string> drawWords(Rng& rng, size_t bytes) {
    std::vector<std::string> words;
    for (size_t size = 0; size < bytes; size += words.back().size()) {
        words.push_back(drawWord(rng));
        words.back() += rng.below(14) == 0 ? ".\n" : " ";
    }
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += word;
    return out;
}

// Of a hundred words so many are replaced, taken out or doubled by a new one.
std::vector<std::string> edited(Rng& rng, const std::vector<std::string>& words, unsigned percent) {
    std::vector<std::string> out;
    for (const std::string& word : words) {
        const auto edit = rng.below(100) < percent ? rng.below(3) : 3;
        if (edit != 0 && edit != 1)
            out.push_back(word);
        if (edit == 0 || edit == 2)
            out.push_back(drawWord(rng) + " ");
    }
    return out;
}

std::vector<std::string> withMovedBlock(std::vector<std::string> words) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(words.size() / 4);
    std::rotate(begin, begin + static_cast<std::ptrdiff_t>(std::min(kMovedWords, words.size() / 4)), words.end());
    return words;
}

double middleMilliseconds(int rounds, const std::function<void()>& work) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void measure(const char* name, const std::string& left, const std::string& right, int rounds) {
    Redline coarse, fine;
    const double first = middleMilliseconds(rounds, [&] { coarse = redline(left, right, {false, true, {}}); });
    const double whole = middleMilliseconds(rounds, [&] { fine = redline(left, right); });
    size_t shortest = 0;
    const double myers = middleMilliseconds(1, [&] { shortest = diffWords(left, right).size(); });
    const auto changed = [](const Redline& shown) {
        size_t bytes = 0;
        for (const RedlineRun& run : shown.runs)
            bytes += run.kind == RedlineKind::Deleted || run.kind == RedlineKind::Inserted ? run.left.size() + run.right.size() : 0;
        return bytes;
    };
    std::printf("%-28s first %7.1f ms (%8zu bytes changed)   whole %7.1f ms (%8zu bytes changed, %d moved)   Myers alone %8.1f ms (%zu runs)\n", name, first,
                changed(coarse), whole, changed(fine), fine.moves, myers, shortest);
}

} // namespace

int main(int argc, char** argv) {
    const double megabytes = argc > 1 ? std::atof(argv[1]) : 1;
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    Rng rng(19);
    const std::vector<std::string> words = drawWords(rng, static_cast<size_t>(megabytes * 1e6));
    const std::string left = joined(words);
    std::printf("%zu bytes, %zu words\n", left.size(), words.size());
    measure("equal", left, left, rounds);
    measure("1 % edits", left, joined(edited(rng, words, 1)), rounds);
    measure("30 % edits", left, joined(edited(rng, words, 30)), rounds);
    measure("20,000 words moved", left, joined(withMovedBlock(words)), rounds);
    measure("moved, 30 % edits", left, joined(edited(rng, withMovedBlock(words), 30)), rounds);
    measure("nothing in common but words", left, joined(drawWords(rng, static_cast<size_t>(megabytes * 1e6))), rounds);
    return 0;
}
