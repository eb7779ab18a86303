// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The parties of a contract: a name and a role each. GUI thread.
#pragma once

#include "core/model/clause_value.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace cw {

class PartyListEditor : public QWidget {
    Q_OBJECT

public:
    explicit PartyListEditor(QWidget* parent = nullptr);
    void setParties(const std::vector<Party>& parties, const std::vector<std::string>& roles); // without a signal
    std::vector<Party> parties() const; // without those that have no name
    void focusFirst();

Q_SIGNALS:
    void edited();

private:
    struct Row {
        QWidget* box;
        QLineEdit* name;
        QComboBox* role;
    };
    void addRow(const Party& party);
    void removeRow(QWidget* box);
    std::vector<std::string> m_roles;
    std::vector<Row> m_rows;
    QVBoxLayout* m_column;
};

} // namespace cw
