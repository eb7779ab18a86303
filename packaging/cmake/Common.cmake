# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
# What every target shares: the language, the warnings, the sanitizers, the linker.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
# Line tables are enough for a stack trace; full debug information makes the link several times slower.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")

find_program(CW_CCACHE ccache)
if(CW_CCACHE)
    # Without this sloppiness ccache keeps nothing that uses a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CW_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CW_CCACHE})
endif()
find_program(CW_MOLD mold)
if(CW_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# cw_precompile(<target> <header>...): headers of libraries, not ours, which would rebuild everything at each change. A file includes what it
# uses all the same: the dev preset builds without precompiled headers. cw_precompile_as(<target> <other>) shares those of a target that is
# compiled with the same flags.
# GCC forgets with them where the standard library's headers silence false alarms; the dev preset keeps these warnings.
add_library(cw_precompiled INTERFACE)
target_compile_options(cw_precompiled INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
function(cw_precompile target)
    if(CW_PRECOMPILE)
        target_link_libraries(${target} PRIVATE cw_precompiled)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()
function(cw_precompile_as target other)
    if(CW_PRECOMPILE)
        target_link_libraries(${target} PRIVATE cw_precompiled)
        target_precompile_headers(${target} REUSE_FROM ${other})
    endif()
endfunction()

add_library(cw_common INTERFACE)
target_include_directories(cw_common INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(cw_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(CW_WERROR)
    target_compile_options(cw_common INTERFACE -Werror)
endif()
if(CW_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
endif()

# Qt targets: no implicit casts from ASCII, no keywords that clash with other headers.
add_library(cw_qt_common INTERFACE)
target_link_libraries(cw_qt_common INTERFACE cw_common)
target_compile_definitions(cw_qt_common INTERFACE QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
