// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/page.h"

#include "ui/action_registry.h"
#include "ui/key_text.h"
#include "ui/shell.h"

namespace cw {

Page::Page(const QString& id, const QString& title, Shell& shell) : m_id(id), m_title(title), m_shell(shell) {
    setObjectName(id + QStringLiteral("Page"));
    setAccessibleName(title);
}

KeyHint Page::hint(const QStringList& actions, const QString& text) const {
    QStringList caps;
    for (const QString& id : actions)
        if (const QAction* action = m_shell.actions().find(id.contains(QLatin1Char('.')) ? id : m_id + QLatin1Char('.') + id))
            caps << keyCaps(action->shortcut());
    return {caps, text};
}

KeyHint Page::allKeysHint() const { return hint({QStringLiteral("window.keys")}, tr("all keys")); }

} // namespace cw
