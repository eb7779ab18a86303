// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the message bar says: one sentence and, where there is one, a next step. Plain data.
#pragma once

#include "app/services/result_qt.h"

#include <QString>

#include <functional>

namespace cw {

struct Message {
    enum class Kind { Info, Success, Warning, Failure };
    Kind kind = Kind::Info;
    QString text = {};
    QString step = {};            // the next step's button, or empty
    std::function<void()> onStep = {}; // run when it is pressed
    QString topic = {};                // a message takes the place of one about the same; empty: of none
};

inline Message failure(const Error& error) {
    return {error.code == ErrorCode::Locked ? Message::Kind::Warning : Message::Kind::Failure, sentence(error), {}, {}};
}

} // namespace cw
