"""What transformers and PEFT compute of models, adapters and a training that a test of selgen names: compare.py REQUEST RESULT."""

import json
import sys

import peft
import torch
import transformers
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

TIE = 1e-3  # two likeliest tokens nearer than this may be told apart by rounding alone


def base(folder, dtype=torch.float32):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).eval()


def model(folder, adapter):
    return PeftModel.from_pretrained(base(folder), adapter).eval() if adapter else base(folder)


def last(lm, ids):
    """The last logits of texts, in the model's precision and in double precision."""
    with torch.no_grad():
        return {
            name: [lm.to(dtype)(torch.tensor([row])).logits[0, -1].tolist() for row in ids]
            for name, dtype in [("single", torch.float32), ("double", torch.float64)]
        }


def answers(case):
    """Each token of each answer against the likeliest one behind the prompt and the tokens before it."""
    lm = model(case["base"], case.get("adapter"))
    counts = {"answers": 0, "equal": 0, "tokens": 0, "ties": 0, "differ": 0}
    for prompt, answer in zip(case["prompts"], case["answers"]):
        with torch.no_grad():
            logits = lm(torch.tensor([prompt + answer])).logits[0, len(prompt) - 1 : -1]
        taken = logits.gather(1, torch.tensor(answer)[:, None])[:, 0]
        behind = logits.max(1).values - taken  # 0 where the token is the likeliest
        ties = int(((behind > 0) & (behind < TIE)).sum())
        differ = int((behind >= TIE).sum())
        counts["answers"] += 1
        counts["equal"] += ties + differ == 0
        counts["tokens"] += len(answer)
        counts["ties"] += ties
        counts["differ"] += differ
    return counts


def made(case):
    """A new adapter of PEFT whose B is not zero, and what it computes."""
    torch.manual_seed(1)
    config = LoraConfig(
        r=4, lora_alpha=8, use_rslora=True, target_modules="all-linear", init_lora_weights=False, task_type="CAUSAL_LM"
    )
    lm = get_peft_model(base(case["base"]), config)
    with torch.no_grad():
        for name, weight in lm.named_parameters():
            if "lora_B" in name:
                weight.mul_(0.1)
    lm.save_pretrained(case["adapter"])
    return last(lm.eval(), case["ids"])


def losses(case, dtype):
    """Of a LoRA training by torch's AdamW from the same adapter on the same rows in the same order."""
    lm = PeftModel.from_pretrained(base(case["base"], dtype), case["adapter"], is_trainable=True).to(dtype).eval()
    weights = [weight for weight in lm.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=0, betas=tuple(case["betas"]), eps=1e-8, weight_decay=case["weightDecay"])
    seen = []
    for rows, rate in zip(case["batches"], case["rates"]):
        longest = max(len(row["ids"]) for row in rows)
        ids = torch.tensor([row["ids"] + [0] * (longest - len(row["ids"])) for row in rows])
        real = torch.tensor([[1] * len(row["ids"]) + [0] * (longest - len(row["ids"])) for row in rows])
        learnt = torch.tensor([row["learnt"] + [0] * (longest - len(row["learnt"])) for row in rows]).bool()
        logits = lm(ids, attention_mask=real).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(logits[learnt[:, 1:]], ids[:, 1:][learnt[:, 1:]])
        loss.backward()
        if case["clip"] > 0:
            torch.nn.utils.clip_grad_norm_(weights, case["clip"])
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        optimizer.zero_grad()
        seen.append(loss.item())
    return seen


def main(request, result):
    torch.set_num_threads(2)
    transformers.logging.set_verbosity_error()
    asked = json.load(open(request))
    said = {"versions": {"torch": torch.__version__, "transformers": transformers.__version__, "peft": peft.__version__}}
    said["answers"] = [answers(case) for case in asked.get("answers", [])]
    said["made"] = [made(case) for case in asked.get("made", [])]
    said["last"] = [last(model(case["base"], case.get("adapter")), case["ids"]) for case in asked.get("last", [])]
    said["losses"] = [
        {"single": losses(case, torch.float32), "double": losses(case, torch.float64)} for case in asked.get("training", [])
    ]
    json.dump(said, open(result, "w"))


main(*sys.argv[1:])
