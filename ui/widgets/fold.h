// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A heading that folds what stands under it; Space or Enter opens and closes it. GUI thread.
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace cw {

class Fold : public QWidget {
    Q_OBJECT

public:
    explicit Fold(const QString& title, QWidget* parent = nullptr);

    void setContent(QWidget* content); // takes it
    void setOpen(bool open);
    bool isOpen() const;
    QToolButton* head() const { return m_head; }

private:
    void show(bool open);
    QToolButton* m_head;
    QVBoxLayout* m_column;
    QWidget* m_content = nullptr;
};

} // namespace cw
