// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// LibTorch's wheel has Gloo inside its library and c10d's header of it, but not the five headers of Gloo's own that this
// one includes. The files in this folder declare what it needs of them to compile, by the names alone: the classes are
// LibTorch's, handled through pointers, never made or called here. Included by gloo_exchange.cpp alone.
#pragma once
