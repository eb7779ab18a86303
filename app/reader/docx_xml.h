// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Small helpers for the XML parts of a DOCX: names are compared without their prefix, since transitional and strict files differ in their
// namespaces alone. One thread.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QXmlStreamReader>

#include <optional>
#include <string>

namespace cw {

// The attribute of this local name at the current element, whatever its prefix.
std::optional<QString> attribute(const QXmlStreamReader& xml, QLatin1String name);

// Its number; nothing if there is none.
std::optional<int> numberAttribute(const QXmlStreamReader& xml, QLatin1String name);

// A switch such as <w:vanish/>: on unless its value says off.
bool isOn(const QXmlStreamReader& xml);

// To the root element. False where there is none, or a document type stands before it: no part of a DOCX has one, and entities are how
// XML is made to grow or to read other files.
bool toRoot(QXmlStreamReader& xml);

Error malformedPart(const std::string& file, const std::string& part);

} // namespace cw
