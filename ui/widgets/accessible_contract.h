// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A contract as a screen reader meets it: its canonical text with caret and selection, and which clauses a place is evidence of. Of the
// page and of the text view alike. GUI thread.
#pragma once

#include "core/base/utf.h"

#include <QAccessibleWidget>
#include <QString>

#include <memory>
#include <string_view>

namespace cw {

class ContractView;

class AccessibleContract final : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit AccessibleContract(ContractView* view);
    // Makes every ContractView one of these; more than one call does nothing.
    static void install();
    // Tells whoever listens that the caret has moved or the selection is another one; costs nothing while nobody does.
    static void announce(ContractView& view);

    void* interface_cast(QAccessible::InterfaceType type) override;
    QAccessible::State state() const override;
    QString text(QAccessible::Text type) const override;

    // Offsets are UTF-16 units of the canonical text.
    void selection(int index, int* start, int* end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint& point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int* start, int* end) const override;

private:
    ContractView& view() const;
    const Utf16Map& map() const;
    size_t bytes(int offset) const;

    mutable std::string_view m_source; // what m_text and m_map are of
    mutable QString m_text;
    mutable std::unique_ptr<Utf16Map> m_map;
};

} // namespace cw
