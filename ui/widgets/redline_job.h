// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The redline of two texts for a widget: at once where they are short, else in the background: a coarse one first, then the whole of it. The
// window never waits. GUI thread.
#pragma once

#include "core/text/redline.h"

#include <QObject>

#include <functional>
#include <string>

namespace cw {

class RedlineJob : public QObject {
    Q_OBJECT

public:
    using Shown = std::function<void(const Redline&)>;

    using QObject::QObject;
    // Calls `shown` once for short texts before it returns; for long ones twice, later. A newer start ends what an older one would have shown.
    void start(const std::string& left, const std::string& right, const RedlineOptions& options, Shown shown);
    bool isRefining() const { return m_refining; }

    static constexpr size_t kAtOnce = 64 * 1024; // bytes of both texts together: a few milliseconds

private:
    int m_number = 0;
    bool m_refining = false;
};

} // namespace cw
