// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/settings.h"

#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/eval/cost.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

namespace cw {

namespace {

// The table: every key that the file can hold.
constexpr const char* kAnnotator = "person/annotator";
constexpr const char* kDevice = "person/device";
constexpr const char* kPeople = "people"; // an array: name, initials, mark
constexpr const char* kTheme = "look/theme";
constexpr const char* kInvertPages = "look/invertPages";
constexpr const char* kLastProject = "projects/last";
constexpr const char* kRecentProjects = "projects/recent";
constexpr const char* kLayouts = "layout/"; // and the widget's name
constexpr const char* kPinnedRuns = "evaluation/pinned"; // an array: project, run
constexpr const char* kPricePerHour = "prices/hour";
constexpr const char* kPricePerKwh = "prices/kilowattHour";

constexpr const char* kKeys = "keys"; // an array: action, keys
constexpr const char* kSingleKeys = "singleKeys";

QString key(const char* name) {
    return QString::fromLatin1(name);
}

QString settingsFile(const QString& folder) {
    // Without the folder the settings last as long as the program; save() then says so.
    static_cast<void>(makeFolder(toStdString(folder)).ok());
    return QDir(folder).filePath(QStringLiteral("clausewright.ini"));
}

QString cleanFolder(const QString& folder) {
    return QDir::cleanPath(QDir(folder).absolutePath());
}

} // namespace

QString Settings::defaultFolder() {
    const QString named = qEnvironmentVariable("CLAUSEWRIGHT_SETTINGS");
    if (!named.isEmpty())
        return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/clausewright");
}

Settings::Settings(const QString& folder) : m_settings(settingsFile(folder), QSettings::IniFormat) {}

Settings::~Settings() {
    static_cast<void>(save().ok());
}

QString Settings::annotator() const {
    return m_settings.value(key(kAnnotator)).toString();
}

void Settings::setAnnotator(const QString& name) {
    const QString clean = name.trimmed();
    QList<Person> known = people();
    m_settings.setValue(key(kAnnotator), clean);
    const bool isKnown = std::any_of(known.begin(), known.end(), [&](const Person& person) { return person.name == clean; });
    if (!clean.isEmpty() && !isKnown)
        setPeople(known << newPerson(clean, known));
}

QList<Person> Settings::people() const {
    QList<Person> people;
    const int count = m_settings.beginReadArray(key(kPeople));
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        people.push_back({m_settings.value(QStringLiteral("name")).toString(), m_settings.value(QStringLiteral("initials")).toString(),
                          markFromWord(m_settings.value(QStringLiteral("mark")).toString())});
    }
    m_settings.endArray();
    // Settings of before there were profiles know one name.
    if (people.isEmpty() && !annotator().isEmpty())
        people.push_back(newPerson(annotator(), {}));
    return people;
}

void Settings::setPeople(const QList<Person>& people) {
    m_settings.remove(key(kPeople));
    m_settings.beginWriteArray(key(kPeople), static_cast<int>(people.size()));
    for (qsizetype i = 0; i < people.size(); ++i) {
        m_settings.setArrayIndex(static_cast<int>(i));
        m_settings.setValue(QStringLiteral("name"), people[i].name);
        m_settings.setValue(QStringLiteral("initials"), people[i].initials);
        m_settings.setValue(QStringLiteral("mark"), markWord(people[i].mark));
    }
    m_settings.endArray();
}

Person Settings::currentPerson() const {
    const QString name = annotator();
    for (const Person& person : people())
        if (person.name == name)
            return person;
    return newPerson(name, {});
}

QString Settings::deviceId() {
    QString id = m_settings.value(key(kDevice)).toString();
    if (id.isEmpty()) {
        id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_settings.setValue(key(kDevice), id);
        static_cast<void>(save().ok()); // on a read-only disk this start has an id of its own
    }
    return id;
}

ThemeMode Settings::theme() const {
    return themeModeFromString(m_settings.value(key(kTheme)).toString());
}

void Settings::setTheme(ThemeMode mode) {
    m_settings.setValue(key(kTheme), toString(mode));
}

QHash<QString, QString> Settings::table(const char* array, const QString& by, const QString& of) const {
    QHash<QString, QString> table;
    const int count = m_settings.beginReadArray(key(array));
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        table.insert(m_settings.value(by).toString(), m_settings.value(of).toString());
    }
    m_settings.endArray();
    return table;
}

void Settings::setTable(const char* array, const QString& by, const QString& of, const QHash<QString, QString>& table) {
    m_settings.remove(key(array));
    m_settings.beginWriteArray(key(array), static_cast<int>(table.size()));
    int at = 0;
    for (auto each = table.cbegin(); each != table.cend(); ++each) {
        m_settings.setArrayIndex(at++);
        m_settings.setValue(by, each.key());
        m_settings.setValue(of, each.value());
    }
    m_settings.endArray();
}

QHash<QString, QString> Settings::keys() const { return table(kKeys, QStringLiteral("action"), QStringLiteral("keys")); }

void Settings::setKeys(const QHash<QString, QString>& keys) { setTable(kKeys, QStringLiteral("action"), QStringLiteral("keys"), keys); }

QString Settings::pinnedRun(const QString& project) const {
    return table(kPinnedRuns, QStringLiteral("project"), QStringLiteral("run")).value(cleanFolder(project));
}

void Settings::setPinnedRun(const QString& project, const QString& run) {
    QHash<QString, QString> pinned = table(kPinnedRuns, QStringLiteral("project"), QStringLiteral("run"));
    if (run.isEmpty())
        pinned.remove(cleanFolder(project));
    else
        pinned.insert(cleanFolder(project), run);
    setTable(kPinnedRuns, QStringLiteral("project"), QStringLiteral("run"), pinned);
}

Prices Settings::prices() const {
    const auto price = [this](const char* name) {
        bool isNumber = false;
        const double value = m_settings.value(key(name)).toDouble(&isNumber);
        return isNumber && value > 0 ? std::optional(value) : std::nullopt;
    };
    return {price(kPricePerHour), price(kPricePerKwh)};
}

void Settings::setPrices(const Prices& prices) {
    const auto keep = [this](const char* name, const std::optional<double>& price) {
        price ? m_settings.setValue(key(name), *price) : m_settings.remove(key(name));
    };
    keep(kPricePerHour, prices.perHour);
    keep(kPricePerKwh, prices.perKwh);
}

bool Settings::singleKeys() const {
    return m_settings.value(key(kSingleKeys), true).toBool();
}

void Settings::setSingleKeys(bool act) {
    m_settings.setValue(key(kSingleKeys), act);
}

bool Settings::invertsPages() const {
    return m_settings.value(key(kInvertPages), false).toBool();
}

void Settings::setInvertsPages(bool inverts) {
    m_settings.setValue(key(kInvertPages), inverts);
}

QString Settings::lastProject() const {
    return m_settings.value(key(kLastProject)).toString();
}

QStringList Settings::recentProjects() const {
    return m_settings.value(key(kRecentProjects)).toStringList();
}

void Settings::setLastProject(const QString& folder) {
    const QString clean = cleanFolder(folder);
    QStringList recent = recentProjects();
    recent.removeAll(clean);
    recent.prepend(clean);
    m_settings.setValue(key(kLastProject), clean);
    m_settings.setValue(key(kRecentProjects), recent.mid(0, kMaxRecentProjects));
}

void Settings::forgetProject(const QString& folder) {
    const QString clean = cleanFolder(folder);
    QStringList recent = recentProjects();
    recent.removeAll(clean);
    m_settings.setValue(key(kRecentProjects), recent);
    if (lastProject() == clean)
        m_settings.remove(key(kLastProject));
}

QByteArray Settings::layout(const QString& widget) const {
    return m_settings.value(key(kLayouts) + widget).toByteArray();
}

void Settings::setLayout(const QString& widget, const QByteArray& state) {
    m_settings.setValue(key(kLayouts) + widget, state);
}

Status Settings::save() {
    m_settings.sync();
    if (m_settings.status() != QSettings::NoError)
        return Error{ErrorCode::WriteFailed, "Couldn't write the settings to " + toStdString(file()) + ".",
                     "Check the folder's permissions; the settings hold until you close the program."};
    QFile::setPermissions(file(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return {};
}

} // namespace cw
