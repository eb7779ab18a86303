// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Pictures of every page, for the README and for looking at. GUI thread.
#pragma once

#include "core/base/result.h"

#include <QString>

namespace cw {

class MainWindow;

// Shows each page at 1440 x 900 and writes <folder>/<page>.png. Without an open project it writes start.png alone.
Status takeScreenshots(MainWindow& window, const QString& folder);

} // namespace cw
