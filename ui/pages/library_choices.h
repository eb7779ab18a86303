// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The choices of the library's filters. GUI thread.
#pragma once

#include "ui/widgets/choice_button.h"

#include <QCoreApplication>
#include <QStringList>

namespace cw {

// How the State filter reads its choices.
enum StateChoice { kNotStarted = 1, kInProgress, kComplete, kFlagged, kGuessed, kToAdjudicate, kMySecondReadings };

inline std::vector<ChoiceButton::Choice> stateChoices() {
    const auto word = [](const char* text) { return QCoreApplication::translate("LibraryPage", text); };
    return {{word("any"), {}},
            {word("not started"), kNotStarted},
            {word("in progress"), kInProgress},
            {word("complete"), kComplete},
            {word("with something unsure"), kFlagged},
            {word("with a guess"), kGuessed},
            {word("to adjudicate"), kToAdjudicate},
            {word("my second readings"), kMySecondReadings}};
}

inline std::vector<ChoiceButton::Choice> anyOf(const QStringList& texts) {
    std::vector<ChoiceButton::Choice> choices{{QCoreApplication::translate("LibraryPage", "any"), {}}};
    for (const QString& text : texts)
        choices.push_back({text, text});
    return choices;
}

} // namespace cw
