# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
# Writes OUT, a C++ file that holds each migration of FILES (in name order) as a raw string.
list(SORT FILES)
set(body "// Made from core/store/schema/*.sql.\n#include \"core/store/schema_files.h\"\n\nnamespace cw {\n\nconst std::vector<SchemaFile>& schemaFiles() {\n    static const std::vector<SchemaFile> files = {\n")
foreach(file IN LISTS FILES)
    get_filename_component(name "${file}" NAME)
    file(READ "${file}" sql)
    string(APPEND body "        {\"${name}\", R\"SQL(${sql})SQL\"},\n")
endforeach()
string(APPEND body "    };\n    return files;\n}\n\n} // namespace cw\n")
file(WRITE "${OUT}" "${body}")
