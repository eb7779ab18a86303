// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Gold, run A and run B in columns, one field a row and every row as high as its highest cell: quotes as a redline against the gold, the value
// old and new, the verdict at the foot. GUI thread.
#pragma once

#include "ui/models/review_rows.h"

#include <QAbstractScrollArea>
#include <QStringList>

#include <memory>
#include <vector>

namespace cw {

class RedlineJob;

class ReviewColumns : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ReviewColumns(QWidget* parent = nullptr);
    ~ReviewColumns() override;

    void setNames(const QStringList& runs); // of A, and of B where there is one
    void setSheet(ReviewSheet sheet, const RedlineOptions& options);
    const ReviewSheet& sheet() const { return m_sheet; }
    QRect rowRect(int row) const; // of the sheet, on the viewport
    // Another field of the sheet becomes the chosen one and comes into view; rows and differences stay as they are.
    void choose(const std::string& key);

    // To the next (1) or the one before (-1) of everything that differs from the gold, from the chosen field on; a change in another field
    // chooses that field. False if there is none that way.
    bool stepChange(int by);
    QString changeWords() const; // what a screen reader says of the change that is shown, or empty
    int changeCount() const { return static_cast<int>(m_changes.size()); }

    bool ignoredSpace() const { return m_ignoredSpace; }
    bool ignoredLetters() const { return m_ignoredLetters; }
    bool isCoarse() const; // of a long text so far only the coarse difference is shown

Q_SIGNALS:
    void fieldChosen(const QString& key); // by a click, or by going to a change in it
    void redlined();                      // a difference came in

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void scrollContentsBy(int, int) override { viewport()->update(); }

private:
    struct Cell;
    struct Laid;
    struct Change { // something that differs, in content coordinates
        size_t row = 0;
        QList<QRectF> rects;
        QString words;
    };
    // The difference of one answer and the gold: kept, so that a new width lays out what is known.
    struct Difference {
        Redline redline;
        bool known = false;
    };
    void startRedlines();
    void layOut();
    void layOutRow(Laid& laid, size_t row);
    Cell layOutCell(const ReviewRow& row, size_t rowIndex, size_t side, int width) const;
    void collectChanges();
    int changeBeside(int by) const;
    void reveal(int top, int bottom);
    void tell();
    void paintHeads(QPainter& painter) const;
    void paintFold(QPainter& painter, const Laid& laid, int top) const;
    void paintRow(QPainter& painter, const Laid& laid, int top) const;
    void paintRowHead(QPainter& painter, const ReviewRow& row, int top) const;
    int columnLeft(size_t column) const;

    ReviewSheet m_sheet;
    RedlineOptions m_options;
    QStringList m_names;
    std::vector<std::vector<Difference>> m_differences; // by row and side
    std::vector<std::unique_ptr<RedlineJob>> m_jobs;
    std::vector<Laid> m_rows;
    std::vector<Change> m_changes;
    int m_change = -1;
    int m_height = 0;
    bool m_ignoredSpace = false, m_ignoredLetters = false;
    bool m_starting = false; // differences that come now are laid out together
};

} // namespace cw
