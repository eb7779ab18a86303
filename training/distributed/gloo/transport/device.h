// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// See gloo/algorithm.h.
#pragma once

namespace gloo::transport {

class Device;

} // namespace gloo::transport
