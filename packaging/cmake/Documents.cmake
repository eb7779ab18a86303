# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
# What the document reader needs beside Qt: libzip for DOCX and, where it is installed, Tesseract for pages that are pictures. Without
# Tesseract the reader says of such a page that it is one.
find_package(PkgConfig REQUIRED)
pkg_check_modules(CW_LIBZIP REQUIRED IMPORTED_TARGET GLOBAL libzip)
# Not by pkg-config: it names libraries that Tesseract links by itself.
find_path(CW_TESSERACT_INCLUDE tesseract/baseapi.h)
find_library(CW_TESSERACT_LIBRARY tesseract)

add_library(cw_documents INTERFACE)
target_link_libraries(cw_documents INTERFACE PkgConfig::CW_LIBZIP)
if(CW_TESSERACT_INCLUDE AND CW_TESSERACT_LIBRARY)
    target_link_libraries(cw_documents INTERFACE "${CW_TESSERACT_LIBRARY}")
    target_include_directories(cw_documents SYSTEM INTERFACE "${CW_TESSERACT_INCLUDE}")
    target_compile_definitions(cw_documents INTERFACE CW_HAS_TESSERACT)
endif()
