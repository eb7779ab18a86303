// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/value_editor.h"

#include "app/services/result_qt.h"
#include "core/extraction/values.h"
#include "ui/appearance.h"
#include "ui/models/value_words.h"
#include "ui/widgets/keep_letters.h"
#include "ui/widgets/party_list_editor.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

enum View { kYesNo, kLine, kChoice, kParties };

View viewOf(ValueKind kind) {
    switch (kind) {
    case ValueKind::Boolean:
        return kYesNo;
    case ValueKind::Enum:
        return kChoice;
    case ValueKind::PartyList:
        return kParties;
    default:
        return kLine;
    }
}

void mark(QWidget* widget, bool invalid) {
    if (widget->property("invalid").toBool() == invalid)
        return;
    widget->setProperty("invalid", invalid);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

ValueEditor::ValueEditor(QWidget* parent) : QWidget(parent), m_help(new QLabel) {
    setAccessibleName(tr("Value"));
    m_yesNo = new SegmentedControl(tr("Value"), {tr("Yes"), tr("No, denied in words")});
    connect(m_yesNo, &SegmentedControl::chosen, this, &ValueEditor::takeEdit);
    m_parties = new PartyListEditor;
    connect(m_parties, &PartyListEditor::edited, this, &ValueEditor::takeEdit);
    auto* yesNo = new QWidget;
    auto* yesNoRow = new QHBoxLayout(yesNo);
    yesNoRow->setContentsMargins(0, 0, 0, 0);
    yesNoRow->addWidget(m_yesNo);
    yesNoRow->addStretch();
    m_editors = {yesNo, makeLine(), makeChoice(), m_parties};
    m_help->setProperty("role", QStringLiteral("danger"));
    m_help->setWordWrap(true);
    m_help->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (QWidget* editor : m_editors)
        column->addWidget(editor);
    column->addWidget(m_help);
}

QWidget* ValueEditor::makeLine() {
    m_line = new QLineEdit;
    m_line->setObjectName(QStringLiteral("valueLine"));
    m_line->setAccessibleName(tr("Value"));
    m_line->setFont(codeFont());
    m_words = new QLabel;
    m_words->setObjectName(QStringLiteral("valueWords"));
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_line, 3);
    row->addWidget(m_words, 2);
    connect(m_line, &QLineEdit::textEdited, this, &ValueEditor::takeEdit);
    return box;
}

QWidget* ValueEditor::makeChoice() {
    m_choice = new QComboBox;
    m_choice->setAccessibleName(tr("Value"));
    m_choice->setMaxVisibleItems(14);
    keepLetters(m_choice);
    connect(m_choice, &QComboBox::activated, this, &ValueEditor::takeEdit);
    return m_choice;
}

void ValueEditor::show(const ClauseType& type, const ClauseValue& value, bool readOnly) {
    m_type = type;
    m_edited = false;
    const View view = viewOf(type.kind);
    for (size_t i = 0; i < m_editors.size(); ++i)
        m_editors[i]->setVisible(i == static_cast<size_t>(view));
    switch (view) {
    case kYesNo:
        m_yesNo->setCurrent(std::holds_alternative<bool>(value) && !std::get<bool>(value) ? 1 : 0);
        break;
    case kLine:
        m_line->setText(valueLine(value));
        m_line->setReadOnly(readOnly);
        break;
    case kChoice:
        showEnum(value);
        break;
    case kParties:
        m_parties->setParties(std::holds_alternative<std::vector<Party>>(value) ? std::get<std::vector<Party>>(value) : std::vector<Party>(),
                              type.codes);
        break;
    }
    setEnabled(!readOnly || view == kLine);
    refresh();
}

void ValueEditor::showEnum(const ClauseValue& value) {
    m_choice->clear();
    m_choice->addItem(tr("no value yet"), QString());
    for (const std::string& code : m_type.codes)
        m_choice->addItem(toQString(code).replace(QLatin1Char('_'), QLatin1Char(' ')), toQString(code));
    for (const char* code : {"other", "unspecified", "redacted"})
        m_choice->addItem(QString::fromLatin1(code), QString::fromLatin1(code));
    const auto* text = std::get_if<std::string>(&value);
    m_choice->setCurrentIndex(text ? std::max(0, m_choice->findData(toQString(*text))) : 0);
}

ClauseValue ValueEditor::value() const {
    switch (viewOf(m_type.kind)) {
    case kYesNo:
        return m_yesNo->current() == 0;
    case kLine:
        return m_line->text().trimmed().isEmpty() ? ClauseValue() : ClauseValue(toStdString(m_line->text().trimmed()));
    case kChoice:
        return m_choice->currentData().toString().isEmpty() ? ClauseValue() : ClauseValue(toStdString(m_choice->currentData().toString()));
    case kParties: {
        const std::vector<Party> parties = m_parties->parties();
        return parties.empty() ? ClauseValue() : ClauseValue(parties);
    }
    }
    return {};
}

bool ValueEditor::isLegal() const {
    const ClauseValue now = value();
    return !hasValue(now) || isCanonicalValue(m_type, now);
}

void ValueEditor::focusEditor() {
    switch (viewOf(m_type.kind)) {
    case kYesNo:
        m_yesNo->findChild<QWidget*>()->setFocus(Qt::ShortcutFocusReason);
        return;
    case kLine:
        m_line->setFocus(Qt::ShortcutFocusReason);
        return m_line->selectAll();
    case kChoice:
        return m_choice->setFocus(Qt::ShortcutFocusReason);
    case kParties:
        return m_parties->focusFirst();
    }
}

// Keys that the editors themselves have no use for come here.
void ValueEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT entered();
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QWidget::keyPressEvent(event);
}

bool ValueEditor::event(QEvent* event) {
    // Escape in here is no shortcut of the page's.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QWidget::event(event);
}

void ValueEditor::enter(const ClauseValue& value) {
    show(ClauseType(m_type), value, false);
    takeEdit();
}

void ValueEditor::takeEdit() {
    m_edited = true;
    refresh();
    Q_EMIT edited();
}

void ValueEditor::refresh() {
    const bool legal = isLegal();
    mark(m_line, !legal);
    m_help->setText(legal ? QString() : valueHelp(m_type));
    m_help->setVisible(!legal);
    const QString words = legal ? valueInWords(m_type, value()) : QString();
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

} // namespace cw
