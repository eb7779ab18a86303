// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The project's runs, newest first, as two lines each. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"

#include <QAbstractListModel>
#include <QPointer>

namespace cw {

class RunListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { StateRole = Qt::UserRole, DetailRole, ProgressRole }; // RunState as int; second line; 0..1 or -1

    using QAbstractListModel::QAbstractListModel;
    void setSupervisor(RunSupervisor* supervisor);

    RunId id(const QModelIndex& index) const;
    QModelIndex indexOf(const RunId& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void reset();
    QPointer<RunSupervisor> m_supervisor;
    std::vector<RunId> m_ids;
};

QString runTitle(const RunView& run);       // its name, else its kind and the end of its id
QString runStateWord(RunState state);       // "running", "done"
double runProgress(const RunView& run);     // 0..1, -1 where it is not known
QString runScoreName(const std::string& score); // "loss", "F1"
QString runDetail(const RunView& run);      // "120 of 300 steps, loss 0.48", "out of memory ..."

} // namespace cw
