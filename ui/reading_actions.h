// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Double annotation from a list of contracts: assign a second reader, finish, reopen, show the agreement; and which contracts are waiting
// for whom. GUI thread.
#pragma once

#include "core/base/ids.h"

#include <QObject>

#include <functional>
#include <set>
#include <vector>

class QAction;
class QWidget;

namespace cw {

class Project;
class Shell;

class ReadingActions : public QObject {
    Q_OBJECT

public:
    using Selection = std::function<std::vector<ContractId>()>;

    // `page` is the list's page: the keys work there, and the heading on the page of keys is `section`. `selected` gives the contracts to
    // act on.
    ReadingActions(Shell& shell, QWidget* page, const QString& section, Selection selected);

    void setProject(Project* project);
    QList<QAction*> actions() const { return m_actions; }

    std::set<ContractId> toAdjudicate() const;
    std::set<ContractId> mySecondReadings() const;

Q_SIGNALS:
    void changed(); // who reads what, or which contracts wait

private:
    QAction* add(const char* id, const QString& text, const QList<int>& keys, const QString& icon, void (ReadingActions::*run)());
    bool canWrite() const;
    void assign();
    void withdraw();
    void finish();
    void reopen();
    void showAgreement();
    void giveTo(const std::vector<ContractId>& contracts, const QString& person);
    template <typename Accepts> std::set<ContractId> contractsWhere(Accepts accepts) const;

    Shell& m_shell;
    QWidget* m_page;
    QString m_section;
    Selection m_selected;
    Project* m_project = nullptr;
    QList<QAction*> m_actions;
};

} // namespace cw
