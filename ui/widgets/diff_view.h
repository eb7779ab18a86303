// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two texts side by side with the words that differ marked: what is only left is struck through, what is only right is underlined.
// GUI thread.
#pragma once

#include <QWidget>

#include <string>

class QLabel;
class QTextEdit;

namespace cw {

class DiffView : public QWidget {
    Q_OBJECT

public:
    DiffView(const QString& leftTitle, const QString& rightTitle, QWidget* parent = nullptr);
    void setTexts(const std::string& left, const std::string& right);

    QTextEdit* leftText() { return m_left; }
    QTextEdit* rightText() { return m_right; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void show();
    std::string m_leftText, m_rightText;
    QTextEdit* m_left;
    QTextEdit* m_right;
};

} // namespace cw
