// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/page.h"

namespace cw {

Page::Page(const QString& id, const QString& title, Shell& shell) : m_id(id), m_title(title), m_shell(shell) {
    setObjectName(id + QStringLiteral("Page"));
    setAccessibleName(title);
}

} // namespace cw
