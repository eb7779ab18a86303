// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One piece of evidence on the clause card: the quoted words in a tinted box, dashed while nobody decided. GUI thread.
#pragma once

#include <QTextLayout>
#include <QWidget>

#include <algorithm>

namespace cw {

class EvidenceBox : public QWidget {
    Q_OBJECT

public:
    // `letter`: of the clause's group. `removable`: offers to drop this piece.
    EvidenceBox(const QString& text, const QString& letter, bool draft, bool removable, QWidget* parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {200, heightForWidth(std::max(width(), 200))}; }

Q_SIGNALS:
    void activated(); // pressed: show it on the page
    void removed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    qreal breakLines(qreal width) const; // returns the text's height
    QString m_letter;
    bool m_draft;
    mutable QTextLayout m_layout;
    class KeyButton* m_remove = nullptr;
};

} // namespace cw
