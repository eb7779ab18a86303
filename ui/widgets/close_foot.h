// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The bottom of a dialog that only shows something. GUI thread.
#pragma once

class QDialog;
class QHBoxLayout;
class QWidget;

namespace cw {

// "Close" at the right, `left` at the left. `enterCloses`: false where Enter belongs to the dialog's table. The dialog owns all of it once
// the row is in its layout.
QHBoxLayout* closeFoot(QDialog& dialog, QWidget* left = nullptr, bool enterCloses = true);

} // namespace cw
