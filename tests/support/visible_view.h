// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The view of a page's contract that a person sees, pages or text.
#pragma once

#include "ui/widgets/contract_view.h"

namespace cw::test {

inline ContractView& visibleView(QWidget& page) {
    for (ContractView* view : page.findChildren<ContractView*>())
        if (view->isVisible())
            return *view;
    qFatal("no view");
}

} // namespace cw::test
