// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A library of the machine's GPU driver or of CUDA, opened while the program runs, so that one program serves machines
// with and without it. It stays open until the process ends: these libraries have threads of their own. Any thread.
#pragma once

#include <dlfcn.h>

namespace cw {

class SharedLibrary {
public:
    // `name`: a path, or a file name that the dynamic linker looks for. Empty where there is none.
    explicit SharedLibrary(const char* name) : m_handle(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}

    explicit operator bool() const { return m_handle != nullptr; }

    // Sets `function` to the function of that name; false where the library lacks it. `function` must have the type
    // that the library's own header gives it.
    template <typename Function> bool find(const char* name, Function*& function) const {
        function = m_handle ? reinterpret_cast<Function*>(::dlsym(m_handle, name)) : nullptr;
        return function != nullptr;
    }

private:
    void* m_handle;
};

} // namespace cw
