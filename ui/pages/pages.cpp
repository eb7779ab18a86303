// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pages.h"


namespace cw {

QList<Page*> makePages(Shell& shell) { (void)shell; return {}; }

} // namespace cw
