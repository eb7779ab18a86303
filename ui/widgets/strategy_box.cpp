// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/strategy_box.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QSpinBox>

namespace cw {

namespace {

constexpr int kLongestStub = 20000; // bytes

QString tr(const char* text) { return QCoreApplication::translate("StrategyBox", text); }

} // namespace

QComboBox* strategyBox(ChunkStrategy chosen) {
    auto* box = new QComboBox;
    box->addItems({tr("words"), tr("sentences"), tr("sections"), tr("clauses, with a stub")});
    box->setCurrentIndex(static_cast<int>(chosen));
    box->setAccessibleName(tr("How contracts are cut"));
    box->setToolTip(tr("Clauses, with a stub: numbered clauses stay whole, and a window is told the parties and the terms that it uses."));
    return box;
}

QSpinBox* stubBox(size_t bytes, QComboBox* strategy) {
    auto* box = new QSpinBox;
    box->setRange(0, kLongestStub);
    box->setValue(static_cast<int>(bytes));
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(tr("none"));
    box->setAccessibleName(tr("Stub, bytes"));
    box->setToolTip(tr("The most that is told before a window of the contract's parties and the terms that it uses."));
    const auto follow = [box](int index) { box->setEnabled(static_cast<ChunkStrategy>(index) == ChunkStrategy::SectionOverlap); };
    QObject::connect(strategy, &QComboBox::currentIndexChanged, box, follow);
    follow(strategy->currentIndex());
    return box;
}

} // namespace cw
