// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How runs fail, by names that a program can act on: Error::tag, and "code" in the end event and in the FAILED mark. Any
// thread.
#pragma once

#include "core/run/run_folder.h"

namespace cw {

namespace failure {

inline constexpr std::string_view kOutOfMemory = "out_of_memory";
inline constexpr std::string_view kNotFinite = "not_finite";         // the loss, a gradient or a logit
inline constexpr std::string_view kNoLabels = "no_labels";           // a row has no answer to train on, or none has
inline constexpr std::string_view kRowsTooLong = "rows_too_long";    // rows don't fit, and long_rows is "refuse"
inline constexpr std::string_view kWrongTemplate = "wrong_template"; // an adapter of another chat template or tokenizer
inline constexpr std::string_view kWrongBase = "wrong_base";         // an adapter of another model
inline constexpr std::string_view kBadTensors = "bad_tensors";       // missing, extra or misshapen ones
inline constexpr std::string_view kDataChanged = "data_changed";     // since the checkpoint
inline constexpr std::string_view kSpecChanged = "spec_changed";     // since the checkpoint
inline constexpr std::string_view kStartChanged = "start_changed"; // base or start adapter, since the checkpoint
inline constexpr std::string_view kWrongReference = "wrong_reference"; // preference training doesn't start at margin 0
inline constexpr std::string_view kDisk = "disk";                    // full, or not to be written to

} // namespace failure

Error tagged(std::string_view tag, Error error);

// The error's tag; where it has none, what its ErrorCode says.
std::string_view failureCode(const Error& error);

// With the numbers of the same step in half the memory, from the folder's plan where there is one.
Error outOfMemory(const RunSpec& spec, const RunFolder& folder);

// Adds to a training's failure what stays of it: its newest checkpoint, and how to go on from there.
Error withLastCheckpoint(Error error, const RunFolder& folder);

} // namespace cw
