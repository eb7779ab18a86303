// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/icons.h"

#include "ui/appearance.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace cw {

namespace {

const QByteArray& drawing(const QString& name) {
    static QHash<QString, QByteArray> drawings;
    auto found = drawings.find(name);
    if (found == drawings.end()) {
        QFile file(QStringLiteral(":/clausewright/icons/%1.svg").arg(name));
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT_X(opened, "icon", qPrintable(name));
        found = drawings.insert(name, opened ? file.readAll() : QByteArray());
    }
    return *found;
}

class TintedIcon final : public QIconEngine {
public:
    TintedIcon(QString name, IconTint tint) : m_name(std::move(name)), m_tint(tint) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const QColor color = mode == QIcon::Disabled ? tokens().lineStrong : tintColor(m_tint);
        paintIcon(*painter, rect, m_name, color);
    }

    // The size asked for is in device pixels.
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new TintedIcon(*this); }

private:
    QString m_name;
    IconTint m_tint;
};

} // namespace

QColor tintColor(IconTint tint) {
    const Tokens& t = tokens();
    switch (tint) {
    case IconTint::Text:
        return t.text;
    case IconTint::Muted:
        return t.muted;
    case IconTint::Accent:
        return t.accent;
    case IconTint::AccentText:
        return t.accentText;
    case IconTint::Danger:
        return t.danger;
    case IconTint::Warning:
        return t.warning;
    case IconTint::Success:
        return t.success;
    }
    return t.text;
}

QIcon icon(const QString& name, IconTint tint) { return QIcon(new TintedIcon(name, tint)); }

void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color) {
    QByteArray svg = drawing(name);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, rect);
    painter.restore();
}

} // namespace cw
