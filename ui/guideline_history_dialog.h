// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The wordings of a guideline: who changed it when, and the words in which one differs from the one before it. GUI thread.
#pragma once

#include "core/taxonomy/guideline_history.h"

#include <QDialog>

#include <vector>

class QListWidget;

namespace cw {

class DiffView;

class GuidelineHistoryDialog : public QDialog {
    Q_OBJECT

public:
    // `wordings` oldest first; `title` is the clause type's.
    GuidelineHistoryDialog(const QString& title, std::vector<GuidelineWording> wordings, QWidget* parent);

private:
    void show(int row);
    std::vector<GuidelineWording> m_wordings; // newest first
    QListWidget* m_list;
    DiffView* m_diff;
};

} // namespace cw
