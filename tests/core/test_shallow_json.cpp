// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How deep JSON from outside may be nested.
#include "core/base/shallow_json.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;
using nlohmann::json;

class TestShallowJson : public QObject {
    Q_OBJECT

    static std::string tower(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

private Q_SLOTS:
    void theLimitIsOfListsAndObjectsTogether() {
        QVERIFY(!isNestedTooDeep(tower(64)));
        QVERIFY(isNestedTooDeep(tower(65)));
        std::string mixed;
        for (int i = 0; i < 33; ++i)
            mixed += "[{\"a\":";
        QVERIFY(isNestedTooDeep(mixed));
        std::string flat = "[";
        for (int i = 0; i < 1000; ++i)
            flat += "[],{\"a\":[1]},";
        QVERIFY(!isNestedTooDeep(flat + "0]"));
    }

    void bracketsInTextsDoNotCount() {
        const std::string brackets(100, '[');
        QVERIFY(!isNestedTooDeep("[\"" + brackets + "\"]"));
        QVERIFY(!isNestedTooDeep("[\"\\\"" + brackets + "\"]"));
        QVERIFY(isNestedTooDeep("[\"\\\\\"," + brackets));
    }

    void whatIsParsedIsWhatNlohmannGives() {
        for (const std::string& text : {std::string("{\"a\":[1,2.5,null,\"[\"]}"), tower(64)})
            QVERIFY(parseShallowJson<json>(text) == json::parse(text));
        QVERIFY(parseShallowJson<json>("{\"a\":").is_discarded());
        QVERIFY(parseShallowJson<json>(tower(1'000'000)).is_discarded());
        QCOMPARE(parseShallowJson<nlohmann::ordered_json>("{\"b\":1,\"a\":2}").begin().key(), std::string("b"));
    }
};

QTEST_APPLESS_MAIN(TestShallowJson)
#include "test_shallow_json.moc"
