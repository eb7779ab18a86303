// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a screen reader gets of a contract: text, caret, selection and the clauses of a place, in UTF-16 units over a text with letters
// outside the basic plane.
#include "ui/widgets/accessible_contract.h"
#include "ui/widgets/text_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace cw;

class TestAccessibleContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_view = std::make_unique<TextView>();
        m_view->resize(600, 300);
        m_view->show();
        m_view->setText(m_text, &m_ranges);
        QVERIFY(reader());
    }
    void cleanup() { m_view.reset(); }

    void theTextIsTheContract() {
        QCOMPARE(reader()->text(0, reader()->characterCount()), QString::fromStdString(m_text));
        QCOMPARE(interface()->role(), QAccessible::EditableText);
        QVERIFY(interface()->state().readOnly);
        QVERIFY(!interface()->text(QAccessible::Name).isEmpty());
    }

    void theCaretIsSaidInUtf16() {
        m_view->setCaret(m_text.find("laws"));
        QCOMPARE(reader()->cursorPosition(), static_cast<int>(QString::fromStdString(m_text).indexOf(QStringLiteral("laws"))));
        reader()->setCursorPosition(0);
        QCOMPARE(m_view->caret(), size_t{0});
    }

    void aSelectionFromOutsideIsTakenAsEvidence() {
        QSignalSpy selected(m_view.get(), &ContractView::selected);
        const int begin = static_cast<int>(QString::fromStdString(m_text).indexOf(QStringLiteral("laws of England")));
        reader()->setSelection(0, begin, begin + 15);
        QCOMPARE(selected.size(), 1);
        const auto range = selected.first().first().value<ByteRange>();
        QCOMPARE(m_text.substr(range.begin, range.size()), std::string("laws of England"));
        int start = 0, end = 0;
        QCOMPARE(reader()->selectionCount(), 1);
        reader()->selection(0, &start, &end);
        QCOMPARE(start, begin);
        QCOMPARE(end, begin + 15);
    }

    void aPlaceTellsWhichClausesItIsEvidenceOf() {
        SpanMark law;
        law.range = {m_text.find("governed"), m_text.find("England") + 7};
        law.title = QStringLiteral("Governing law");
        m_view->setMarks({law});
        int start = 0, end = 0;
        const int at = static_cast<int>(QString::fromStdString(m_text).indexOf(QStringLiteral("laws")));
        QCOMPARE(reader()->attributes(at, &start, &end), QStringLiteral("clause:Governing law;"));
        QCOMPARE(reader()->text(start, end), QStringLiteral("governed by the laws of England"));
        QCOMPARE(reader()->attributes(0, &start, &end), QString());
        QCOMPARE(end, static_cast<int>(QString::fromStdString(m_text).indexOf(QStringLiteral("governed"))));
    }

    void aLetterHasAPlaceOnTheScreen() {
        const int at = static_cast<int>(QString::fromStdString(m_text).indexOf(QStringLiteral("laws")));
        const QRect place = reader()->characterRect(at);
        QVERIFY(place.isValid());
        QCOMPARE(reader()->offsetAtPoint(place.center()), at);
    }

private:
    QAccessibleInterface* interface() { return QAccessible::queryAccessibleInterface(m_view.get()); }
    QAccessibleTextInterface* reader() { return interface() ? interface()->textInterface() : nullptr; }

    const std::string m_text = "\U0001F4DC Agreement \U0001D400.\nIt is governed by the laws of England.\n";
    const TextRanges m_ranges{m_text};
    std::unique_ptr<TextView> m_view;
};

QTEST_MAIN(TestAccessibleContract)
#include "test_accessible_contract.moc"
