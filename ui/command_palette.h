// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Ctrl+K: type a few letters, take an action or a contract with Enter. GUI thread.
#pragma once

#include "core/base/ids.h"

#include <QDialog>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace cw {

class ActionRegistry;
class Project;

// True if the letters of `query` occur in `text` in this order, ignoring case and spaces; `score` is less for a tighter match.
bool fuzzyMatch(const QString& query, const QString& text, int& score);

class CommandPalette : public QDialog {
    Q_OBJECT

public:
    struct Entry {
        QString text, detail;
        std::function<void()> run;
    };

    // Without a project it offers actions alone. Deletes itself when it closes.
    CommandPalette(const ActionRegistry& actions, Project* project, QWidget* parent);
    // One of some entries, whatever they are: `prompt` says what.
    CommandPalette(const QString& prompt, std::vector<Entry> entries, QWidget* parent);

Q_SIGNALS:
    void contractChosen(const cw::ContractId& contract);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build(const QString& prompt);
    void collect(const ActionRegistry& actions, Project* project);
    void filter(const QString& query);
    void runCurrent();

    std::vector<Entry> m_entries;
    QLineEdit* m_query;
    QListWidget* m_list;
};

} // namespace cw
