// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error, for every failure that is expected. Any thread.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace cw {

// What went wrong, in as few kinds as a caller can act on.
enum class ErrorCode {
    BadUsage,     // the request itself makes no sense
    BadInput,     // a file or value from outside is wrong
    NotFound,     // what was named does not exist
    Unsupported,  // right, but this program can't do it
    Locked,       // another process holds the project's write lock
    WriteFailed,  // the store or a file could not be written; nothing half-written stays
    NewerVersion, // made by a newer Clausewright
    Corrupt,      // our own data is damaged
    Cancelled,
    Failed        // a run or a child process failed
};

struct Error {
    ErrorCode code = ErrorCode::Failed;
    std::string detail;   // what happened and to which file: one sentence with its full stop
    std::string hint;     // what to do about it: one sentence, or empty
    std::string tag = {}; // names the failure for a program where the code is too coarse ("out_of_memory"), or empty

    // The two sentences as one line for a person.
    std::string message() const { return hint.empty() ? detail : detail + " " + hint; }
};

template <typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}

    bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

using Status = Result<void>;

} // namespace cw

// Leaves the enclosing function with the error of an expression that gives a Result or a Status.
#define CW_TRY(expression)                                                                                             \
    do {                                                                                                               \
        if (auto cwTryResult = (expression); !cwTryResult)                                                             \
            return cwTryResult.error();                                                                                \
    } while (false)

// Declares `name` as the value of a Result, or leaves the enclosing function with its error.
#define CW_TRY_ASSIGN(name, expression)                                                                                \
    auto name##Result = (expression);                                                                                  \
    if (!name##Result)                                                                                                 \
        return name##Result.error();                                                                                   \
    auto name = std::move(*name##Result)
