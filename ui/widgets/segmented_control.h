// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A row of joined buttons of which exactly one is checked ("Page | Text"). GUI thread.
#pragma once

#include <QButtonGroup>
#include <QWidget>

namespace cw {

class SegmentedControl : public QWidget {
    Q_OBJECT

public:
    // `name` is what a screen reader says of the whole.
    SegmentedControl(const QString& name, const QStringList& choices, QWidget* parent = nullptr);

    int current() const { return m_group.checkedId(); }
    void setCurrent(int index);                   // without a signal
    void setChoiceText(int index, const QString& text);
    void setChoiceEnabled(int index, bool enabled);

Q_SIGNALS:
    void chosen(int index); // by a person

private:
    QButtonGroup m_group;
};

} // namespace cw
