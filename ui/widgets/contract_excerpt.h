// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A contract's text to read, with ranges marked and one of them in view. GUI thread.
#pragma once

#include "core/base/byte_range.h"

#include <QTextEdit>

#include <string>
#include <vector>

namespace cw {

class ContractExcerpt : public QTextEdit {
    Q_OBJECT

public:
    explicit ContractExcerpt(const QString& accessibleName, QWidget* parent = nullptr);
    void setContract(const std::string& text);
    // Gold is filled, the prediction is underlined with dashes; the first range that is not empty comes into view.
    void setMarks(const std::vector<ByteRange>& gold, const std::vector<ByteRange>& predicted);

private:
    QTextCursor cursorOf(ByteRange range) const;
    std::string m_text;
};

} // namespace cw
