// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/start_page.h"

#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_button.h"

#include <QAction>
#include <QVBoxLayout>

namespace cw {

StartPage::StartPage(Shell& shell, QAction* openSample, QAction* openProject, QAction* newProject)
    : Page(QStringLiteral("start"), QStringLiteral("Clausewright"), shell) {
    auto* state = new EmptyState(
        QStringLiteral("library"), tr("Turn your contracts into your own clause model"),
        tr("A project holds contracts, what people marked in them, and the models trained from that. The sample project has twelve "
           "real contracts with labels and a tiny model, so every page has something to show."));
    auto* sample = KeyButton::forAction(openSample, KeyButton::Kind::Primary);
    state->addButton(sample);
    state->addButton(KeyButton::forAction(openProject));
    state->addButton(KeyButton::forAction(newProject));
    m_first = state;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(state);
}

QList<KeyHint> StartPage::keyHints() const { return {allKeysHint()}; }

} // namespace cw
