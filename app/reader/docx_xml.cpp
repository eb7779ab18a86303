// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_xml.h"

namespace cw {

std::optional<QString> attribute(const QXmlStreamReader& xml, QLatin1String name) {
    for (const QXmlStreamAttribute& each : xml.attributes())
        if (each.name() == name)
            return each.value().toString();
    return std::nullopt;
}

std::optional<int> numberAttribute(const QXmlStreamReader& xml, QLatin1String name) {
    bool isNumber = false;
    const auto text = attribute(xml, name);
    const int number = text ? text->toInt(&isNumber) : 0;
    return isNumber ? std::optional(number) : std::nullopt;
}

bool isOn(const QXmlStreamReader& xml) {
    const QString value = attribute(xml, QLatin1String("val")).value_or(QStringLiteral("true"));
    return value != QLatin1String("0") && value != QLatin1String("false") && value != QLatin1String("off");
}

bool toRoot(QXmlStreamReader& xml) {
    while (!xml.atEnd())
        switch (xml.readNext()) {
        case QXmlStreamReader::StartElement:
            return true;
        case QXmlStreamReader::DTD:
            return false;
        default:
            break;
        }
    return false;
}

Error malformedPart(const std::string& file, const std::string& part) {
    return {ErrorCode::BadInput, file + " is damaged: its part " + part + " is not sound XML.", "Save or export it again."};
}

} // namespace cw
