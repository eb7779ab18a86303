// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/accessible_contract.h"

#include "ui/widgets/contract_view.h"

#include <QScrollBar>

#include <algorithm>

namespace cw {

namespace {

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<ContractView*>(object);
    return view ? new AccessibleContract(view) : nullptr;
}

} // namespace

AccessibleContract::AccessibleContract(ContractView* view) : QAccessibleWidget(view, QAccessible::EditableText) {}

void AccessibleContract::install() {
    static const bool once = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    (void)once;
}

void AccessibleContract::announce(ContractView& view) {
    if (!QAccessible::isActive())
        return;
    auto* contract = dynamic_cast<AccessibleContract*>(QAccessible::queryAccessibleInterface(&view));
    if (!contract)
        return;
    QAccessibleTextCursorEvent moved(&view, contract->cursorPosition());
    QAccessible::updateAccessibility(&moved);
    if (contract->selectionCount() == 0)
        return;
    int start = 0, end = 0;
    contract->selection(0, &start, &end);
    QAccessibleTextSelectionEvent selected(&view, start, end);
    QAccessible::updateAccessibility(&selected);
}

void* AccessibleContract::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface*>(this) : QAccessibleWidget::interface_cast(type);
}

QAccessible::State AccessibleContract::state() const {
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
}

QString AccessibleContract::text(QAccessible::Text type) const {
    return type == QAccessible::Value ? text(0, characterCount()) : QAccessibleWidget::text(type);
}

ContractView& AccessibleContract::view() const { return *static_cast<ContractView*>(widget()); }

const Utf16Map& AccessibleContract::map() const {
    const std::string_view source = view().text();
    if (!m_map || source.data() != m_source.data() || source.size() != m_source.size()) {
        m_source = source;
        m_text = QString::fromUtf8(source.data(), static_cast<qsizetype>(source.size()));
        m_map = std::make_unique<Utf16Map>(source);
    }
    return *m_map;
}

size_t AccessibleContract::bytes(int offset) const { return map().toBytes(static_cast<size_t>(std::max(0, offset))); }

void AccessibleContract::selection(int, int* start, int* end) const {
    const ByteRange range = view().selection();
    *start = static_cast<int>(map().toUtf16(range.begin));
    *end = static_cast<int>(map().toUtf16(range.end));
}

int AccessibleContract::selectionCount() const { return view().selection().empty() ? 0 : 1; }

void AccessibleContract::addSelection(int start, int end) { setSelection(0, start, end); }

void AccessibleContract::removeSelection(int) { view().setCaret(view().caret()); }

void AccessibleContract::setSelection(int, int start, int end) { view().select({bytes(start), bytes(end)}); }

int AccessibleContract::cursorPosition() const { return static_cast<int>(map().toUtf16(view().caret())); }

void AccessibleContract::setCursorPosition(int position) { view().setCaret(bytes(position)); }

QString AccessibleContract::text(int start, int end) const {
    (void)map();
    return m_text.mid(start, end - start);
}

int AccessibleContract::characterCount() const {
    (void)map();
    return static_cast<int>(m_text.size());
}

QRect AccessibleContract::characterRect(int offset) const {
    const size_t begin = bytes(offset);
    const auto rects = view().rectsOf({begin, std::max(begin + 1, bytes(offset + 1))});
    if (rects.empty())
        return {};
    const QRect onViewport = rects.front().translated(view().contentOrigin()).toAlignedRect();
    return {view().viewport()->mapToGlobal(onViewport.topLeft()), onViewport.size()};
}

int AccessibleContract::offsetAtPoint(const QPoint& point) const {
    const QPointF content = QPointF(view().viewport()->mapFromGlobal(point)) - view().contentOrigin();
    const auto offset = view().offsetAt(content);
    return offset ? static_cast<int>(map().toUtf16(*offset)) : -1;
}

void AccessibleContract::scrollToSubstring(int start, int end) { view().reveal({bytes(start), bytes(end)}); }

// The clauses that the place is evidence of, as far as they stay the same.
QString AccessibleContract::attributes(int offset, int* start, int* end) const {
    const size_t at = bytes(offset);
    size_t from = 0, to = view().text().size();
    QStringList clauses;
    for (const SpanMark& mark : view().marks()) {
        const bool holds = mark.range.begin <= at && at < mark.range.end;
        from = std::max(from, holds ? mark.range.begin : mark.range.end <= at ? mark.range.end : size_t{0});
        to = std::min(to, holds ? mark.range.end : mark.range.begin > at ? mark.range.begin : to);
        if (holds)
            clauses << QString(mark.title).replace(QLatin1Char(':'), QLatin1Char(' '));
    }
    *start = static_cast<int>(map().toUtf16(from));
    *end = static_cast<int>(map().toUtf16(to));
    return clauses.isEmpty() ? QString() : QStringLiteral("clause:%1;").arg(clauses.join(QStringLiteral(", ")));
}

} // namespace cw
