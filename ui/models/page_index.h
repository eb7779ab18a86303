// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// On which page of its document a place of a contract's text lies. Contracts are read one at a time while nothing else is to do, so that
// no list waits for them. GUI thread.
#pragma once

#include "core/base/ids.h"
#include "core/model/contract.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace cw {

class PageIndex : public QObject {
    Q_OBJECT

public:
    using LinesOf = std::function<std::vector<LineBox>(const ContractId&)>;

    explicit PageIndex(QObject* parent = nullptr);
    void setSource(LinesOf linesOf); // empty: none; forgets what was read
    // From 1; 0: not known, or not yet. What isn't known yet is read, and found() tells.
    int pageOf(const ContractId& contract, size_t byte);

Q_SIGNALS:
    void found();

private:
    void readNext();
    LinesOf m_linesOf;
    std::map<ContractId, std::vector<std::pair<size_t, int>>> m_starts; // where each page begins, in the order of the text
    std::deque<ContractId> m_wanted;
    QTimer m_timer;
};

} // namespace cw
