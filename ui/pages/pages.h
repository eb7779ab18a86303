// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pages of the window, in the order of the rail. GUI thread.
#pragma once

#include <QList>

namespace cw {

class Page;
class Shell;

// New pages; the caller gives them a parent.
QList<Page*> makePages(Shell& shell);

} // namespace cw
