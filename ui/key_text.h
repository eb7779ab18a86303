// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How keys read on a key cap: "Ctrl", "Z"; "Enter", "Space". Any thread.
#pragma once

#include <QKeySequence>
#include <QStringList>

class QAction;

namespace cw {

// The caps of a sequence's chords, one cap a key: Ctrl+Z -> {"Ctrl", "Z"}; "T, 1" -> {"T", "1"}.
QStringList keyCaps(const QKeySequence& keys);

// Its first keys within a sentence: "Shift+X".
QString keyWords(const QAction* action);

} // namespace cw
