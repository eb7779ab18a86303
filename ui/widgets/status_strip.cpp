// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/status_strip.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/key_button.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>

#include <algorithm>
#include <cmath>

namespace cw {

// The key hints, right-aligned; those that don't fit are left out from the left.
class HintLine final : public QWidget {
public:
    HintLine() { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); }

    void setHints(const QList<KeyHint>& hints) {
        m_hints = hints;
        m_hints.removeIf([](const KeyHint& hint) { return hint.keys.isEmpty(); }); // an action whose keys somebody took away
        QStringList words;
        for (const KeyHint& hint : std::as_const(m_hints))
            words << hint.keys.join(QLatin1Char(' ')) + QLatin1Char(' ') + hint.text;
        setAccessibleName(words.join(QStringLiteral(", ")));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        int right = width();
        for (auto hint = m_hints.crbegin(); hint != m_hints.crend(); ++hint) {
            const int caps = paintKeyCaps(nullptr, {}, hint->keys, {}, {});
            const int words = QFontMetrics(uiFont(size::kMeta)).horizontalAdvance(hint->text);
            const int left = right - caps - 5 - words;
            if (left < 0)
                return;
            paintKeyCaps(&painter, QRect(left, 0, caps, height()), hint->keys, tokens().text, tokens().lineStrong);
            painter.setFont(uiFont(size::kMeta));
            painter.setPen(tokens().muted);
            painter.drawText(QRect(left + caps + 5, 0, words + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, hint->text);
            right = left - 14;
        }
    }

private:
    QList<KeyHint> m_hints;
};

class StatusStrip::JobRow final : public QWidget {
public:
    JobRow(const QString& title, std::function<void()> cancel) : m_words(new QLabel), m_bar(new QProgressBar) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        auto* name = new QLabel(title);
        name->setFont(uiFont(size::kMeta, QFont::Medium));
        m_bar->setTextVisible(false);
        m_bar->setFixedWidth(120);
        m_bar->setAccessibleName(title);
        m_words->setProperty("role", QStringLiteral("meta"));
        row->addWidget(name);
        row->addWidget(m_bar);
        row->addWidget(m_words);
        if (cancel) {
            auto* button = new KeyButton(QObject::tr("Cancel"), KeyButton::Kind::Quiet);
            button->setSmall(true);
            button->setAccessibleName(QObject::tr("Cancel: %1").arg(title));
            connect(button, &QPushButton::clicked, this, [cancel = std::move(cancel)] { cancel(); });
            row->addWidget(button);
        }
        m_since.start();
    }

    void update(const JobProgress& progress) {
        m_bar->setRange(0, progress.total * kSteps);
        m_bar->setValue(static_cast<int>((progress.done + progress.withinShare) * kSteps));
        QString words = progress.total > 0 ? QObject::tr("%1 of %2").arg(progress.done).arg(progress.total) : progress.detail;
        for (const QString& more : {progress.within, timeLeft(progress)})
            if (!more.isEmpty())
                words += QStringLiteral(" \u00B7 ") + more;
        m_words->setText(words);
        m_words->setToolTip(progress.detail);
    }

private:
    // Only once there is something to reckon with.
    QString timeLeft(const JobProgress& progress) const {
        const double done = progress.done + progress.withinShare;
        if ((progress.done < 2 && progress.withinShare < 0.1) || progress.total <= done || m_since.elapsed() < 2000)
            return {};
        const auto seconds = std::llround(static_cast<double>(m_since.elapsed()) / 1000 * (progress.total - done) / done);
        return seconds < 90 ? QObject::tr("about %1 s left").arg(std::max(seconds, 1LL))
                            : QObject::tr("about %1 min left").arg((seconds + 30) / 60);
    }

    static constexpr int kSteps = 100; // of the bar, for each one that is done
    QLabel* m_words;
    QProgressBar* m_bar;
    QElapsedTimer m_since;
};

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent), m_tick(new QLabel), m_saved(new QLabel), m_note(new QLabel), m_jobRow(new QHBoxLayout), m_hints(new HintLine) {
    setFixedHeight(size::kStatusBar);
    setAccessibleName(tr("Status"));
    m_saved->setObjectName(QStringLiteral("savedLabel"));
    for (QLabel* label : {m_saved, m_note})
        label->setProperty("role", QStringLiteral("meta"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 12, 0);
    row->setSpacing(14);
    auto* saved = new QHBoxLayout;
    saved->setSpacing(6);
    saved->addWidget(m_tick);
    saved->addWidget(m_saved);
    row->addLayout(saved);
    row->addWidget(m_note);
    row->addLayout(m_jobRow);
    row->addWidget(m_hints, 1);
    m_note->hide();
    setSaved({});
}

void StatusStrip::setSaved(const QDateTime& at) {
    m_tick->setVisible(at.isValid());
    m_tick->setPixmap(icon(QStringLiteral("check"), IconTint::Success).pixmap(QSize(14, 14), devicePixelRatioF()));
    m_saved->setText(at.isValid() ? tr("saved %1").arg(at.toLocalTime().toString(QStringLiteral("HH:mm:ss")))
                                  : tr("every decision is saved at once"));
}

QString StatusStrip::savedText() const { return m_saved->text(); }

void StatusStrip::setNote(const QString& note) {
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void StatusStrip::setHints(const QList<KeyHint>& hints) { m_hints->setHints(hints); }

void StatusStrip::showJob(const QString& id, const JobProgress& progress, std::function<void()> cancel) {
    auto& row = m_jobs[id];
    if (!row) {
        row = new JobRow(progress.title, std::move(cancel));
        m_jobRow->addWidget(row);
    }
    row->update(progress);
}

void StatusStrip::endJob(const QString& id) {
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    found->second->deleteLater();
    m_jobs.erase(found);
}

void StatusStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().window);
    painter.fillRect(QRect(0, 0, width(), 1), tokens().line);
}

} // namespace cw
