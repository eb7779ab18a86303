// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/keep_letters.h"

#include <QKeyEvent>
#include <QWidget>

namespace cw {

namespace {

class LetterKeeper final : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::ShortcutOverride) {
            const auto* key = static_cast<QKeyEvent*>(event);
            const bool letter = !key->text().isEmpty() && key->text().front().isPrint();
            if (letter && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)))
                event->accept();
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void keepLetters(QWidget* control) { control->installEventFilter(new LetterKeeper(control)); }

} // namespace cw
