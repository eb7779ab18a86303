// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress.h"

#include "app/cli/output.h"

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cw::cli {

namespace {

constexpr int kBarCells = 30;
constexpr qint64 kRedrawMilliseconds = 80;
constexpr qint64 kLineMilliseconds = 10'000;

int terminalColumns() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

QString bar(int done, int total) {
    const int full = total > 0 ? std::clamp(done * kBarCells / total, 0, kBarCells) : 0;
    return u'[' + QString(full, u'=') + QString(kBarCells - full, u' ') + u']';
}

} // namespace

Progress::Progress() : m_terminal(isatty(STDERR_FILENO) != 0) {}

void Progress::show(int done, int total, const QString& what) {
    const bool first = !m_since.isValid();
    const bool isNew = what != m_last && !m_terminal && total == 0; // a new step deserves its line
    const bool isLast = total > 0 && done == total;
    if (!first && !isNew && !isLast && m_since.elapsed() < (m_terminal ? kRedrawMilliseconds : kLineMilliseconds))
        return;
    m_since.start();
    m_last = what;
    const QString count = total > 0 ? QStringLiteral("%1/%2 ").arg(done).arg(total) : QString();
    if (!m_terminal)
        return say(count + what);
    const QString line = (bar(done, total) + u' ' + count + what).left(terminalColumns() - 1);
    std::fprintf(stderr, "\r\033[K%s", line.toStdString().c_str());
    std::fflush(stderr);
    m_drawn = true;
}

void Progress::finish() {
    if (m_drawn)
        std::fputs("\r\033[K", stderr);
    m_drawn = false;
    m_since.invalidate();
}

} // namespace cw::cli
