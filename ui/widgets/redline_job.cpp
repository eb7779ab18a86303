// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/redline_job.h"

#include "app/services/background.h"

#include <utility>

namespace cw {

void RedlineJob::start(const std::string& left, const std::string& right, const RedlineOptions& options, Shown shown) {
    const int number = ++m_number;
    m_refining = left.size() + right.size() > kAtOnce;
    if (!m_refining)
        return shown(redline(left, right, options));
    RedlineOptions coarse = options;
    coarse.coarse = true;
    inBackground(
        this, [left, right, coarse] { return redline(left, right, coarse); },
        [this, number, left, right, options, shown = std::move(shown)](Redline first) {
            if (number != m_number)
                return;
            shown(first);
            inBackground(
                this, [left, right, options] { return redline(left, right, options); },
                [this, number, shown](Redline whole) {
                    if (number != m_number)
                        return;
                    m_refining = false;
                    shown(whole);
                });
        });
}

} // namespace cw
