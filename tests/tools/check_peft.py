# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
"""Does PEFT compute with our adapters what we compute? Run by hand, not by the tests:

    adapter_logits MODEL ADAPTER [plain|ranks|rank_stabilised|pissa]
    python3 tests/tools/check_peft.py MODEL ADAPTER

MODEL is a model folder in Hugging Face form, ADAPTER an adapter's folder; with a kind, adapter_logits makes one there
first. It writes ADAPTER/logits.json; this script loads the adapter with PEFT over transformers in f32 and compares.
Needs torch, transformers and peft. Exit status 0: within 1e-4 of the largest logit, and the adapter changed the logits.
"""
import json
import pathlib
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM


def logits_of(model, tokens):
    with torch.no_grad():
        return model(torch.tensor([tokens])).logits[0].float()


def main(model_folder, adapter_folder):
    ours = json.loads((pathlib.Path(adapter_folder) / "logits.json").read_text())
    base = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32).eval()
    plain = logits_of(base, ours["tokens"])
    theirs = logits_of(PeftModel.from_pretrained(base, adapter_folder).eval(), ours["tokens"])
    difference = (theirs - torch.tensor(ours["logits"]).view_as(theirs)).abs().max().item()
    effect = (theirs - plain).abs().max().item()
    largest = theirs.abs().max().item()
    print(f"largest difference {difference:.3g}, largest logit {largest:.3g}, the adapter's own effect {effect:.3g}")
    return 0 if difference <= 1e-4 * largest and effect > 100 * difference else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
