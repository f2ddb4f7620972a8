"""Makes the fixtures beside this file: python make.py FOLDER, with the versions that manifest.json names.

Each is a small random model of one family, with what transformers computes for it. Every row goes through the model
alone and without padding, so that what a model gives for a row does not depend on the rows beside it; results stand at
the row's real places of a padded array.
"""

import json
import math
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import save_file
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
LENGTHS = [17, 9, 13]  # tokens of the rows of a batch
PROMPTS = [7, 4, 11]
NEW = 12
SHAPE = dict(vocab_size=48, hidden_size=16, intermediate_size=24, num_attention_heads=4, num_key_value_heads=2,
             num_hidden_layers=3, max_position_embeddings=64, initializer_range=0.4, rms_norm_eps=1e-5,
             pad_token_id=0, eos_token_id=1, bos_token_id=2)

# name: settings of config.json; those of transformers 4 and 5 are both used, as files have both
MODELS = {
    "gemma3": dict(
        model_type="gemma3_text", num_hidden_layers=5, num_key_value_heads=1, head_dim=8, sliding_window=5,
        sliding_window_pattern=3, query_pre_attn_scalar=12, rope_theta=50_000.0, rope_local_base_freq=300.0,
        rope_scaling={"rope_type": "linear", "factor": 4.0}, final_logit_softcapping=9.0),
    "mistral": dict(model_type="mistral", head_dim=6, sliding_window=4, rope_theta=2000.0),
    "smollm3": dict(
        model_type="smollm3", num_hidden_layers=4, no_rope_layer_interval=2, use_sliding_window=True, sliding_window=6,
        attention_bias=True, tie_word_embeddings=False),
    "phi3_longrope": dict(
        model_type="phi3", hidden_size=32, partial_rotary_factor=0.75, original_max_position_embeddings=12,
        rope_scaling={"type": "longrope", "short_factor": [1.0, 1.1, 1.3], "long_factor": [1.2, 2.5, 6.0]},
        sliding_window=10),
    "olmo2_yarn": dict(
        model_type="olmo2", rope_parameters={"rope_type": "yarn", "rope_theta": 900.0, "factor": 4.0,
                                             "original_max_position_embeddings": 16, "beta_fast": 4}),
    "llama_linear": dict(model_type="llama", rope_scaling={"type": "linear", "factor": 2.5}, head_dim=8),
    "llama_yarn": dict(
        model_type="llama", tie_word_embeddings=True,
        rope_parameters={"rope_type": "yarn", "rope_theta": 10_000.0, "factor": 2.0, "attention_factor": 0.9,
                         "original_max_position_embeddings": 32, "truncate": False}),
    "qwen2_window": dict(
        model_type="qwen2", use_sliding_window=True, sliding_window=3, max_window_layers=1, rope_theta=1e6),
}

# rope: settings as in MODELS; the frequencies of rows within and beyond the original context
ROPES = [
    dict(model_type="llama", rope_theta=500_000.0, rope_scaling={
        "rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192}, max_position_embeddings=131_072, head_dim=64),
    dict(model_type="llama", rope_scaling={"type": "linear", "factor": 4}, head_dim=128),
    dict(model_type="llama", rope_scaling={"type": "dynamic", "factor": 4.0}, head_dim=32),
    dict(model_type="llama", rope_scaling={"rope_type": "yarn", "factor": 4.0}, head_dim=64, rope_theta=1e6,
         max_position_embeddings=32_768),
    dict(model_type="qwen2", rope_theta=1e6, max_position_embeddings=131_072, rope_scaling={
        "type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32_768}, num_attention_heads=2,
        hidden_size=128),
    dict(model_type="qwen3", head_dim=128, max_position_embeddings=40_960, rope_parameters={
        "rope_type": "yarn", "rope_theta": 1e6, "factor": 8.0, "original_max_position_embeddings": 4096,
        "mscale": 0.707, "mscale_all_dim": 1.0, "beta_slow": 2.0}),
    dict(model_type="smollm3", num_attention_heads=2, hidden_size=64),
    dict(model_type="phi3", hidden_size=128, num_attention_heads=4, partial_rotary_factor=0.75,
         max_position_embeddings=131_072, original_max_position_embeddings=4096, rope_scaling={
             "type": "longrope", "short_factor": [1 + i / 8 for i in range(12)],
             "long_factor": [1 + i * i / 4 for i in range(12)]}),
    dict(model_type="gemma3_text", num_hidden_layers=6, head_dim=256, rope_scaling={"rope_type": "linear", "factor": 8.0}),
]


def config_of(settings):
    shape = {key: value for key, value in SHAPE.items() if key not in settings}
    return CONFIG_MAPPING[settings["model_type"]].from_dict(json.loads(json.dumps(shape | settings)))


def model_of(settings, seed):
    torch.manual_seed(seed)
    config = config_of(settings)
    config._attn_implementation = "eager"
    model = MODEL_FOR_CAUSAL_LM_MAPPING[type(config)](config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim == 1:  # norms and biases, which begin as constants
                weight.add_(0.2 * torch.randn_like(weight))
    return model


def rows_of(seed, vocabulary, lengths):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randint(3, vocabulary, (1, length), generator=generator) for length in lengths]


def padded(parts, lengths, side):
    """Parts [1, length, ...] as one array of the longest, zero elsewhere."""
    longest = max(lengths)
    out = torch.zeros((len(parts), longest) + tuple(parts[0].shape[2:]), dtype=parts[0].dtype)
    for row, (part, length) in enumerate(zip(parts, lengths)):
        at = 0 if side == "right" else longest - length
        out[row, at:at + length] = part[0]
    return out


def forward(model, seed):
    rows = rows_of(seed, model.config.vocab_size, LENGTHS)
    with torch.no_grad():
        outs = [model(row, output_hidden_states=True, use_cache=False) for row in rows]
    tensors = {}
    for side in ("right", "left"):
        tensors[f"input_ids_{side}"] = padded(rows, LENGTHS, side)
        tensors[f"attention_mask_{side}"] = padded([torch.ones_like(row) for row in rows], LENGTHS, side)
        tensors[f"logits_{side}"] = padded([out.logits for out in outs], LENGTHS, side)
    for layer in range(len(outs[0].hidden_states)):
        tensors[f"hidden_{layer}_right"] = padded([out.hidden_states[layer] for out in outs], LENGTHS, "right")
    return rows, tensors


def generate(model, seed):
    prompts = rows_of(seed + 1, model.config.vocab_size, PROMPTS)
    tokens, steps, margin = [], [], math.inf
    for prompt in prompts:
        row = prompt
        for _ in range(NEW):
            with torch.no_grad():
                logits = model(row, use_cache=False).logits[:, -1]
            best = logits.topk(2).values[0]
            margin = min(margin, (best[0] - best[1]).item())
            steps.append(logits)
            row = torch.cat([row, logits.argmax(-1, keepdim=True)], 1)
        tokens.append(row[:, -NEW:])
    return margin, {
        "input_ids": padded(prompts, PROMPTS, "left"),
        "attention_mask": padded([torch.ones_like(prompt) for prompt in prompts], PROMPTS, "left"),
        "new_tokens": torch.cat(tokens),
        "step_logits": torch.cat(steps).reshape(len(prompts), NEW, -1),
    }


def gradients(model, rows):
    labels = padded(rows, LENGTHS, "right")
    for row, length in enumerate(LENGTHS):
        labels[row, length:] = -100
        labels[row, :3] = -100
    losses, count = 0, 0
    for row, target in zip(rows, labels):
        target = target[None, :row.shape[1]]
        logits = model(row, use_cache=False).logits
        losses += torch.nn.functional.cross_entropy(logits[0, :-1], target[0, 1:], ignore_index=-100, reduction="sum")
        count += (target[0, 1:] != -100).sum()
    loss = losses / count
    model.zero_grad()
    loss.backward()
    grads = {f"grad/{name}": weight.grad for name, weight in model.named_parameters()}
    return {"labels": labels, "loss": loss.detach().reshape(1)} | grads


def adapter(model, rows, folder):
    """A LoRA adapter of PEFT on all linear layers; the model's logits under it, and gradients of its A and B."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(9)
    linear = sorted({name.split(".")[-1] for name, module in model.named_modules()
                     if isinstance(module, torch.nn.Linear) and name != "lm_head"})
    lora = LoraConfig(r=3, lora_alpha=5, target_modules=linear, task_type="CAUSAL_LM")
    peft = get_peft_model(model, lora)
    with torch.no_grad():
        for name, weight in peft.named_parameters():
            if "lora_" in name:
                weight.copy_(0.3 * torch.randn_like(weight))
    peft.save_pretrained(folder)
    for left in folder.glob("README.md"):
        left.unlink()
    written = json.loads((folder / "adapter_config.json").read_text())
    written["target_modules"].sort()  # a set, whose order changes from run to run
    (folder / "adapter_config.json").write_text(json.dumps(written, indent=2))
    row = rows[0]
    out = peft(row, labels=row)
    out.loss.backward()
    grads = {name.replace(".default", ""): weight.grad for name, weight in peft.named_parameters() if "lora_" in name}
    return {"input_ids": row, "logits": out.logits.detach(), "loss": out.loss.detach().reshape(1)} | {
        f"grad/{name}": grad.contiguous() for name, grad in grads.items()}


def norms():
    """RMS norms in bfloat16, where the order of rounding shows."""
    from transformers.models.gemma3.modeling_gemma3 import Gemma3RMSNorm
    from transformers.models.llama.modeling_llama import LlamaRMSNorm
    from transformers.models.olmo2.modeling_olmo2 import Olmo2RMSNorm

    torch.manual_seed(5)
    x = (3 * torch.randn(6, 32)).bfloat16()
    weight = (1 + 0.3 * torch.randn(32)).bfloat16()
    tensors = {"x": x, "weight": weight}
    for name, norm in (("llama", LlamaRMSNorm), ("olmo2", Olmo2RMSNorm), ("gemma3_text", Gemma3RMSNorm)):
        module = norm(32, eps=1e-6).bfloat16()
        with torch.no_grad():
            module.weight.copy_(weight)
            tensors[name] = module(x).contiguous()
    return tensors


def ropes():
    from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

    tables = []
    for settings in ROPES:
        config = config_of(settings)
        model = MODEL_FOR_CAUSAL_LM_MAPPING[type(config)](config).model
        rope = model.rotary_emb
        table = {"config": {key: value for key, value in (SHAPE | settings).items()}}
        if settings["model_type"] == "gemma3_text":
            table["short"] = rope.full_attention_inv_freq.tolist()
            table["sliding"] = rope.sliding_attention_inv_freq.tolist()
            table["magnitude"] = 1.0
        else:
            table["short"] = rope.inv_freq.tolist()
            table["magnitude"] = float(rope.attention_scaling)
        if rope.rope_type == "longrope":
            table["long"] = ROPE_INIT_FUNCTIONS["longrope"](config, seq_len=10**9)[0].tolist()
        tables.append(table)
    return tables


TEXTS = ["the quick  fox", "\uff21\uff42\u2126\ufb01\u00a0caf\u00e9 \u2460", "\u65e5\u672c\u8a9e \U0001f642", "is it paris ?</s> ok",
         " two  spaces and an end ", "tab\there\nand a line", "a\u0301 is not \u00e1", ""]


def unigram(folder):
    """A Unigram tokenizer with byte fallback and a table of characters, as converted from SentencePiece."""
    import tempfile

    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

    with tempfile.TemporaryDirectory() as work:
        rules = ["FF21\t41", "FF42\t62", "2126\t3A9", "FB01\t66 69", "00A0\t20", "3000\t20", "2460\t31"]
        Path(work, "rules.tsv").write_text("\n".join(rules) + "\n")
        lines = ["the quick brown fox jumps over the lazy dog", "is it paris or rome ?", "the answer is 42 , I think",
                 "na\u00efve caf\u00e9 \u00fcber stra\u00dfe", "hello world and good night"] * 40
        Path(work, "text.txt").write_text("\n".join(lines))
        sentencepiece.SentencePieceTrainer.train(
            input=f"{work}/text.txt", model_prefix=f"{work}/unigram", model_type="unigram", vocab_size=380,
            byte_fallback=True, normalization_rule_tsv=f"{work}/rules.tsv", pad_id=0, eos_id=1, bos_id=2, unk_id=3,
            hard_vocab_limit=False)
        model = sentencepiece_model_pb2.ModelProto()
        model.ParseFromString(Path(work, "unigram.model").read_bytes())
    tokenizer = Tokenizer(models.Unigram([(p.piece, p.score) for p in model.pieces], unk_id=3, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap), normalizers.Strip(left=False, right=True),
        normalizers.Replace(Regex(" {2,}"), "\u2581")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    tokenizer.decoder = decoders.Sequence([
        decoders.ByteFallback(), decoders.Metaspace(replacement="\u2581", prepend_scheme="always")])
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in ("<pad>", "</s>", "<s>", "<unk>")])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    cases = []
    for text in TEXTS:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        cases.append({"text": text, "ids_no_special": ids, "ids": ids, "decoded": tokenizer.decode(ids, False),
                      "decoded_skip_special": tokenizer.decode(ids, True)})
    (folder / "expected.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


def main():
    manifest = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__, "made by": "make.py",
                "models": {}, "tolerance": {"logits_abs": 1e-4, "grad_abs": 2e-5, "grad_rel": 1e-3}}
    for folder in ("models", "forward", "generate", "grads"):
        (OUT / folder).mkdir(parents=True, exist_ok=True)
    for name, settings in MODELS.items():
        for seed in range(1, 200):
            model = model_of(settings, seed)
            margin, answers = generate(model, seed)
            if margin > 0.02:
                break
        folder = OUT / "models" / name
        folder.mkdir(exist_ok=True)
        written = {key: value for key, value in SHAPE.items() if key not in settings} | settings
        (folder / "config.json").write_text(json.dumps(written, indent=1) + "\n")
        weights = {key: value for key, value in model.state_dict().items()
                   if not (model.config.tie_word_embeddings and key == "lm_head.weight")}
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
        rows, tensors = forward(model, seed)
        save_file(tensors, OUT / "forward" / f"{name}.safetensors")
        save_file(answers, OUT / "generate" / f"{name}.safetensors")
        save_file(gradients(model, rows), OUT / "grads" / f"{name}.safetensors")
        if name == "phi3_longrope":
            expected = adapter(model, rows, OUT / "peft" / name)
            save_file(expected, OUT / "peft" / name / "expected.safetensors")
        manifest["models"][name] = {"seed": seed, "min_margin": margin}
        print(name, seed, margin)
    unigram(OUT / "tokenizers" / "unigram")
    save_file(norms(), OUT / "norms.safetensors")
    (OUT / "ropes.json").write_text(json.dumps(ropes(), indent=None) + "\n")
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


main()
