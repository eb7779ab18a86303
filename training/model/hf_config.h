// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The members of a Hugging Face config.json as a model's shape, with the defaults that each family has there. Any
// thread.
#pragma once

#include "training/model/config_fields.h"
#include "training/model/model_config.h"

namespace cw {

// `where` names the file in an error.
Result<ModelConfig> modelConfigFromFields(ConfigFields fields, const std::string& where);

} // namespace cw
