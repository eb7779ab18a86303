// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A row of small buttons of which one or none is pressed, with a count each; it breaks into several lines. GUI thread.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace cw {

class KeyButton;

class ChipRow : public QWidget {
    Q_OBJECT

public:
    explicit ChipRow(const QString& name, QWidget* parent = nullptr);
    void setChips(const QStringList& chips);
    int current() const { return m_current; } // -1: none

Q_SIGNALS:
    void chosen(int chip); // by a person; -1: none any more

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void press(int chip);
    void layOut();
    std::vector<KeyButton*> m_buttons;
    int m_current = -1;
};

} // namespace cw
