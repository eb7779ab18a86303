// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The fields of a run and of its data, made from the table of run fields; says at once what is wrong with a value. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"

#include <QWidget>

#include <map>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace cw {

class Fold;
class KeyButton;
class Project;

class RunForm : public QWidget {
    Q_OBJECT

public:
    // Filled with `request`; its paths show as names where the project has one for them.
    RunForm(Project& project, const RunRequest& request, QWidget* parent = nullptr);

    const RunRequest& request() const { return m_request; }
    const QString& problem() const { return m_problem; } // the first thing that is wrong; empty for none

Q_SIGNALS:
    void changed();

private:
    void buildFields();
    void buildDataFields();
    QFormLayout* section(const QString& group, bool advanced, bool isFirst);
    QFormLayout* addForm(int column);
    void alignFields();
    void addField(QFormLayout* form, const RunField& field);
    QWidget* editorFor(const RunField& field);
    QComboBox* modelBox(bool adapters, const std::string& folder);
    QWidget* rateHint();
    void read(); // takes every editor into the request
    void readFields();
    void readData();
    void buildSplitBox(QFormLayout* form);
    void markInvalid(const std::string& key, bool invalid);
    void showRateHint();

    Project& m_project;
    RunRequest m_request;
    QString m_problem;
    bool m_built = false;
    QVBoxLayout* m_columns[2] = {nullptr, nullptr};
    QList<QFormLayout*> m_forms[2]; // by column
    std::map<std::string, QWidget*> m_editors; // by RunField's key
    std::map<std::string, Fold*> m_folds;      // that a field is folded in, by its key
    Fold* m_fold = nullptr;                    // of the section that is being built
    QComboBox *m_split = nullptr, *m_side = nullptr, *m_strategy = nullptr;
    QSpinBox *m_windowBytes = nullptr, *m_overlapBytes = nullptr, *m_stubBytes = nullptr, *m_negatives = nullptr;
    QLineEdit* m_only = nullptr;
    QCheckBox* m_useMined = nullptr;
    QLabel* m_rateHint = nullptr; // of a warm start
    KeyButton* m_useRate = nullptr;
};

} // namespace cw
