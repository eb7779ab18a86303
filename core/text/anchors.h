// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs of tokens that two sequences share and that each of them has once. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cw {

struct Anchor {
    size_t left = 0, right = 0; // where the run begins
    size_t length = 0;          // tokens
    friend bool operator==(const Anchor&, const Anchor&) = default;
};

// Every run of `length` tokens that stands exactly once in each sequence, by its place on the left. Those that overlap on one diagonal are
// one longer anchor.
std::vector<Anchor> sharedRuns(std::span<const std::uint32_t> left, std::span<const std::uint32_t> right, size_t length);

// Those of them that follow each other on both sides, as many tokens as can be had by the longest increasing subsequence of their places;
// they don't overlap.
std::vector<Anchor> inOrder(const std::vector<Anchor>& anchors);

} // namespace cw
