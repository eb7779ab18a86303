// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a number means, beside it, until a key or a click elsewhere closes it. GUI thread.
#pragma once

#include <QFrame>

class QLabel;

namespace cw {

struct Definition;

class DefinitionPopover : public QFrame {
    Q_OBJECT

public:
    explicit DefinitionPopover(QWidget* parent);
    // Below `anchor`, in the coordinates of `of`, or above where there is no room.
    void open(const Definition& definition, QWidget* of, const QRect& anchor);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel *m_title, *m_text, *m_facts;
};

} // namespace cw
