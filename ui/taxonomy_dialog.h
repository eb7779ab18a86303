// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The taxonomy editor: the clause types of the project, the texts of the current one, and what the edits so far would change. Nothing is
// written before Apply. GUI thread.
#pragma once

#include "ui/models/taxonomy_draft.h"

#include <QDialog>
#include <QTimer>

class QAction;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace cw {

class Card;
class Project;
class Shell;
class TaxonomyTable;

class TaxonomyDialog : public QDialog {
    Q_OBJECT

public:
    // Both outlive it.
    TaxonomyDialog(Project& project, Shell& shell, QWidget* parent);

    TaxonomyDraft& draft() { return m_draft; }

public Q_SLOTS:
    void reject() override; // asks before edits are dropped

private:
    QAction* add(const QString& id, const QString& text, const QString& shortText, const QKeySequence& keys, void (TaxonomyDialog::*run)());
    void addActions();
    QWidget* makeList();
    QWidget* makeTexts();
    Card* makePreview();
    QWidget* makeFoot();
    void load();

    void showType();
    void showDraft(); // after every edit
    void refreshActions();
    void takeTexts();
    void takeCodes();
    void take(const Status& status);
    void preview();

    void addType();
    void retireOrRevive();
    void merge();
    void split();
    void moveUp();
    void moveDown();
    void moveBy(int step);
    void moveToGroup();
    void showHistory();
    void takeBack();
    void discard();
    void applyChange();

    Project& m_project;
    Shell& m_shell;
    TaxonomyDraft m_draft;
    QTimer m_previewTimer;
    int m_previewed = 0; // counts the edits, so that a preview that comes late is dropped
    std::string m_shown; // the key that the texts are of
    bool m_filling = false; // the texts are being shown
    bool m_typing = false;  // a person is at the texts: they stay as they are
    QAction *m_addType = nullptr, *m_retire = nullptr, *m_merge = nullptr, *m_split = nullptr, *m_up = nullptr, *m_down = nullptr;
    QAction *m_history = nullptr, *m_takeBack = nullptr, *m_discard = nullptr, *m_apply = nullptr;
    TaxonomyTable* m_table = nullptr;
    QLabel* m_head = nullptr;
    QFormLayout* m_form = nullptr;
    QLineEdit* m_title = nullptr;
    QComboBox* m_group = nullptr;
    QPlainTextEdit* m_guideline = nullptr;
    QLineEdit* m_example = nullptr;
    QPlainTextEdit* m_terms = nullptr;
    QLineEdit* m_codes = nullptr;
    QLabel* m_edits = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_problem = nullptr;
};

} // namespace cw
