// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a page may ask of the window that holds it. GUI thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/ids.h"
#include "ui/message.h"

#include <QString>

#include <functional>
#include <optional>

namespace cw {

class ActionRegistry;
class Dialogs;
class Settings;

// A background job as the status bar shows it.
struct JobProgress {
    QString title;  // "Importing"
    int done = 0;
    int total = 0;  // 0: not known yet
    QString detail; // "msa-203.pdf", or empty
    QString within = {};    // how far the one in work is: "page 40 of 2999", or empty
    double withinShare = 0; // the same, 0 to 1
};

class Shell {
public:
    virtual ~Shell() = default;

    virtual ActionRegistry& actions() = 0;
    virtual Dialogs& dialogs() = 0;
    virtual Settings& settings() = 0;

    virtual void showMessage(const Message& message) = 0;
    virtual void openPage(const QString& id) = 0; // "library", "annotate", ...
    // Opens the contract on the annotate page, at the clause if one is named, and shows a place of its text if one is given: from there
    // Escape leads back to the page that was open.
    virtual void openContract(const ContractId& contract, const QString& clause = {}, std::optional<ByteRange> place = {}) = 0;

    // Shows or updates the job in the status bar; `cancel` may be empty.
    virtual void showJob(const QString& id, const JobProgress& progress, std::function<void()> cancel) = 0;
    virtual void endJob(const QString& id) = 0;
};

} // namespace cw
