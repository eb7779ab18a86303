// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/strategy_box.h"

#include <QComboBox>
#include <QCoreApplication>

namespace cw {

QComboBox* strategyBox(ChunkStrategy chosen) {
    const auto tr = [](const char* text) { return QCoreApplication::translate("StrategyBox", text); };
    auto* box = new QComboBox;
    box->addItems({tr("words"), tr("sentences"), tr("sections"), tr("clauses, with a stub")});
    box->setCurrentIndex(static_cast<int>(chosen));
    box->setAccessibleName(tr("How contracts are cut"));
    box->setToolTip(tr("Clauses, with a stub: numbered clauses stay whole, and a window is told the parties and the terms that it uses."));
    return box;
}

} // namespace cw
