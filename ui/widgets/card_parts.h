// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The small painted parts of the clause card. GUI thread.
#pragma once

#include "core/model/clause_type.h"
#include "ui/models/cell_sign.h"
#include "core/text/find_terms.h"

#include <QAbstractButton>
#include <QStringList>
#include <QWidget>

#include <algorithm>

class QAction;

namespace cw {

QWidget* rule(); // a one-pixel line

// Key caps of actions alone; `name` says what they do.
class CapsLabel : public QWidget {
    Q_OBJECT

public:
    CapsLabel(const QList<QAction*>& actions, const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    QList<QAction*> m_actions;
    QString m_name;
    QStringList m_caps;
};

// Tag and title of a clause.
class ClauseTitle : public QWidget {
    Q_OBJECT

public:
    ClauseTitle();
    void show(const ClauseType& type, const QString& code, const QString& letter);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_code, m_letter, m_title;
};

// The sign of a cell, a sentence, and the kind of its value.
class StateLine : public QWidget {
    Q_OBJECT

public:
    StateLine();
    void show(CellSign sign, const QString& words, const QString& kind);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CellSign m_sign = CellSign::Untouched;
    QString m_words, m_kind;
};

// "13:58:40" muted, then what happened.
class TwoTone : public QWidget {
    Q_OBJECT

public:
    TwoTone(const QString& muted, const QString& plain);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_muted, m_plain;
};

// An open clause to go to.
class OpenClause : public QAbstractButton {
    Q_OBJECT

public:
    OpenClause(const QString& code, const QString& letter, const QString& title, CellSign sign);
    QSize sizeHint() const override { return {200, 24}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_code, m_letter, m_title;
    CellSign m_sign;
};

// The search terms with their counts, wrapped; a press on one goes to its next hit.
class HitChips : public QWidget {
    Q_OBJECT

public:
    HitChips();
    void setHits(std::vector<TermHits> hits);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return layOut(width); }
    QSize sizeHint() const override { return {200, layOut(std::max(200, width()))}; }

Q_SIGNALS:
    void rangeWanted(cw::ByteRange range);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    int layOut(int width) const; // places the chips; returns the height
    std::vector<TermHits> m_hits;
    std::vector<size_t> m_next; // per term: the hit to show next
    mutable std::vector<QRect> m_places;
};

} // namespace cw
