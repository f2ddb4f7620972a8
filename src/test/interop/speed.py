"""Speed of transformers and PEFT at what `selgen bench` measures: the same shapes, batches, lengths and names."""
import argparse
import json
import time
import warnings

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, GemmaConfig, StoppingCriteria

PROMPT, LENGTH, MIXED, MEAN, LONGEST, SAMPLES, SHARED, SHORT, BATCH = 16, 64, 256, 40, 200, 100, 200, 40, 64
WARM, COUNTED = 5, 2  # steps or seconds before those that count; seconds of these at least

warnings.filterwarnings("ignore")
words = argparse.ArgumentParser()
words.add_argument("--model", help="a folder (default: a random model of width 256)")
words.add_argument("--threads", type=int, default=torch.get_num_threads())
words.add_argument("--steps", type=int, default=30)
words.add_argument("--shape", default="16x64")
words.add_argument("--only", default="train,generate")
words = words.parse_args()
torch.set_num_threads(words.threads)
torch.manual_seed(1)


def model():
    if words.model:
        return AutoModelForCausalLM.from_pretrained(words.model, dtype=torch.float32)
    return AutoModelForCausalLM.from_config(GemmaConfig(
        vocab_size=512, hidden_size=256, num_hidden_layers=4, num_attention_heads=4, num_key_value_heads=1, head_dim=64,
        intermediate_size=1024, max_position_embeddings=512))


def tokens(rows, length, vocabulary):
    return torch.randint(6, vocabulary, (rows, length))


def measured(name, value):
    print(json.dumps({name: round(value, 3)}), flush=True)


def train(lm):
    """LoRA r 8 on all projections, AdamW, every token learnt."""
    rows, length = map(int, words.shape.split("x"))
    lm = get_peft_model(lm, LoraConfig(r=8, lora_alpha=16, use_rslora=True, target_modules="all-linear", task_type="CAUSAL_LM"))
    rule = torch.optim.AdamW([one for one in lm.parameters() if one.requires_grad], lr=1e-4)
    seconds = []
    for _ in range(WARM + words.steps):
        row = tokens(rows, length, lm.config.vocab_size)
        begun = time.perf_counter()
        rule.zero_grad()
        loss = lm(input_ids=row, labels=row).loss
        loss.backward()
        rule.step()
        loss.item()
        seconds.append(time.perf_counter() - begun)
    middle = sorted(seconds[WARM:])[words.steps // 2]
    measured("train_step_ms", 1e3 * middle)
    measured("train_tokens_per_s", rows * length / middle)


class Last(StoppingCriteria):
    """One token in 40 ends an answer."""

    def __call__(self, ids, scores, **_):
        return ids[:, -1] % MEAN == 0


def asked(lm, prompts, least=COUNTED, **how):
    """Tokens a second of the same answers over and over, for so many seconds at least."""
    begun, count = time.perf_counter(), 0
    while (seconds := time.perf_counter() - begun) < least or not count:
        count += answered(lm, prompts, **how)
    return count / seconds


def answered(lm, prompts, **how):
    """Tokens of the answers, up to where each ends."""
    count = 0
    for first in range(0, len(prompts), BATCH):
        batch = prompts[first:first + BATCH]
        longest = max(map(len, batch))
        ids = torch.stack([torch.cat([torch.zeros(longest - len(one), dtype=torch.long), one]) for one in batch])
        mask = (ids != 0).long()
        given = lm.generate(ids, attention_mask=mask, pad_token_id=0, eos_token_id=None, **how)[:, longest:]
        if "stopping_criteria" in how:
            ends = (given % MEAN == 0).int()
            count += sum(int(row.argmax()) + 1 if row.any() else given.shape[1] for row in ends)
        else:
            count += given.numel()
    return count


def generate(lm):
    lm.eval()
    vocabulary = lm.config.vocab_size
    sampled = dict(do_sample=True, temperature=1.0, top_k=0, top_p=1.0)
    for batch in (1, 16, 64):
        prompts = list(tokens(batch, PROMPT, vocabulary))
        asked(lm, prompts, WARM, max_new_tokens=8, do_sample=False)
        measured(f"generate_tokens_per_s.{batch}", asked(lm, prompts, max_new_tokens=LENGTH, do_sample=False))
    mixed = [tokens(1, PROMPT + int(torch.randint(0, 2 * PROMPT + 1, ())), vocabulary)[0] for _ in range(MIXED)]
    measured("generate_mixed_tokens_per_s", asked(lm, mixed, max_new_tokens=LONGEST, stopping_criteria=[Last()], **sampled))
    one = list(tokens(1, SHARED, vocabulary))
    measured("generate_samples_tokens_per_s", asked(lm, one, max_new_tokens=SHORT, num_return_sequences=SAMPLES, **sampled))


with torch.no_grad():
    if "generate" in words.only:
        generate(model())
if "train" in words.only:
    train(model())
