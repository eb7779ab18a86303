// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Lets a control that searches as one types (a list of choices) have its letters before single-letter shortcuts do. GUI thread.
#pragma once

class QWidget;

namespace cw {

void keepLetters(QWidget* control);

} // namespace cw
