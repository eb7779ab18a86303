// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Empty on purpose: the file whose compiling makes the precompiled header that a layer's tests share.
