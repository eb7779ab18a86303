// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/page_index.h"

#include <algorithm>

namespace cw {

PageIndex::PageIndex(QObject* parent) : QObject(parent) {
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &PageIndex::readNext);
}

void PageIndex::setSource(LinesOf linesOf) {
    m_linesOf = std::move(linesOf);
    m_starts.clear();
    m_wanted.clear();
    m_timer.stop();
}

int PageIndex::pageOf(const ContractId& contract, size_t byte) {
    const auto found = m_starts.find(contract);
    if (found == m_starts.end()) {
        if (m_linesOf && std::find(m_wanted.begin(), m_wanted.end(), contract) == m_wanted.end()) {
            m_wanted.push_back(contract);
            m_timer.start();
        }
        return 0;
    }
    const auto after = std::upper_bound(found->second.begin(), found->second.end(), byte, [](size_t at, const auto& start) { return at < start.first; });
    return after == found->second.begin() ? 0 : std::prev(after)->second;
}

void PageIndex::readNext() {
    if (m_wanted.empty())
        return m_timer.stop();
    const ContractId contract = m_wanted.front();
    m_wanted.pop_front();
    std::vector<std::pair<size_t, int>>& starts = m_starts[contract];
    std::vector<LineBox> lines = m_linesOf(contract);
    std::sort(lines.begin(), lines.end(), [](const LineBox& a, const LineBox& b) { return a.range.begin < b.range.begin; });
    for (const LineBox& line : lines)
        if (starts.empty() || starts.back().second != line.page + 1)
            starts.emplace_back(line.range.begin, line.page + 1);
    if (m_wanted.empty())
        m_timer.stop();
    Q_EMIT found();
}

} // namespace cw
