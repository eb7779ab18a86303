// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Asks for one field of the chosen contracts: their type or their language. GUI thread.
#pragma once

#include <QDialog>

class QComboBox;

namespace cw {

class FieldDialog : public QDialog {
    Q_OBJECT

public:
    struct Choice {
        QString text;
        QString value;
    };

    // `verb` is the word of the button: "Change the type". With `free` any other text may be typed.
    FieldDialog(const QString& title, const QString& label, const QString& verb, const std::vector<Choice>& choices, const QString& current, bool free,
                QWidget* parent);

Q_SIGNALS:
    void chosen(const QString& value);

private:
    QString value() const;
    QComboBox* m_box;
    bool m_free;
};

} // namespace cw
