# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
# LibTorch as two imported targets. find_package(Torch) fails on a CUDA wheel where no CUDA toolkit is installed, and needs
# neither here: libtorch_cuda.so is opened at run time, so one configure serves CPU and CUDA alike.

set(CW_TORCH_LIB "${CW_TORCH_DIR}/torch/lib")
set(CW_TORCH_INCLUDE "${CW_TORCH_DIR}/torch/include")
if(NOT EXISTS "${CW_TORCH_LIB}/libtorch_cpu.so")
    message(FATAL_ERROR "No LibTorch in ${CW_TORCH_DIR}: run packaging/setup/torch, or set CW_TORCH_DIR to a folder that "
                        "holds torch/lib and torch/include, or configure with -DCW_TRAINING=OFF.")
endif()

file(STRINGS "${CW_TORCH_INCLUDE}/torch/headeronly/version.h" versionLines REGEX "define TORCH_VERSION_(MAJOR|MINOR) ")
string(REGEX MATCHALL "[0-9]+" versionNumbers "${versionLines}")
list(JOIN versionNumbers "." CW_TORCH_VERSION)
if(CW_TORCH_VERSION VERSION_LESS 2.11 OR CW_TORCH_VERSION VERSION_GREATER 2.14)
    message(WARNING "LibTorch ${CW_TORCH_VERSION} in ${CW_TORCH_DIR}: Clausewright is tested with 2.11 to 2.14.")
endif()

add_library(torch_c10 SHARED IMPORTED)
set_target_properties(torch_c10 PROPERTIES IMPORTED_LOCATION "${CW_TORCH_LIB}/libc10.so")
add_library(torch_cpu SHARED IMPORTED)
set_target_properties(torch_cpu PROPERTIES IMPORTED_LOCATION "${CW_TORCH_LIB}/libtorch_cpu.so")

add_library(cw_torch INTERFACE)
target_include_directories(cw_torch SYSTEM INTERFACE "${CW_TORCH_INCLUDE}" "${CW_TORCH_INCLUDE}/torch/csrc/api/include")
target_compile_definitions(cw_torch INTERFACE AT_PER_OPERATOR_HEADERS)
target_link_libraries(cw_torch INTERFACE torch_cpu torch_c10)
# The CUDA wheel's libtorch_cpu.so names symbols of libraries that are found only beside it at run time.
target_link_options(cw_torch INTERFACE -Wl,--allow-shlib-undefined)
