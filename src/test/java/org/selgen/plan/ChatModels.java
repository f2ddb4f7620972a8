package org.selgen.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;

/** Shapes of chat models that people use, as their configurations state them, and their published numbers of parameters. */
enum ChatModels {
    QWEN2_5_0_5B("Qwen/Qwen2.5-0.5B-Instruct", "f32", 0.494, """
            {"model_type": "qwen2", "hidden_size": 896, "num_hidden_layers": 24, "num_attention_heads": 14,
             "num_key_value_heads": 2, "intermediate_size": 4864, "vocab_size": 151936, "tie_word_embeddings": true,
             "max_position_embeddings": 32768, "rope_theta": 1000000.0, "rms_norm_eps": 1e-06}"""),
    QWEN2_5_1_5B("Qwen/Qwen2.5-1.5B-Instruct", "f32", 1.544, """
            {"model_type": "qwen2", "hidden_size": 1536, "num_hidden_layers": 28, "num_attention_heads": 12,
             "num_key_value_heads": 2, "intermediate_size": 8960, "vocab_size": 151936, "tie_word_embeddings": true,
             "max_position_embeddings": 32768, "rope_theta": 1000000.0, "rms_norm_eps": 1e-06}"""),
    QWEN2_5_7B("Qwen/Qwen2.5-7B-Instruct", "bf16", 7.616, """
            {"model_type": "qwen2", "hidden_size": 3584, "num_hidden_layers": 28, "num_attention_heads": 28,
             "num_key_value_heads": 4, "intermediate_size": 18944, "vocab_size": 152064, "tie_word_embeddings": false,
             "max_position_embeddings": 32768, "rope_theta": 1000000.0, "rms_norm_eps": 1e-06}"""),
    QWEN3_8B("Qwen/Qwen3-8B", "bf16", 8.191, """
            {"model_type": "qwen3", "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 32,
             "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 12288, "vocab_size": 151936,
             "tie_word_embeddings": false, "max_position_embeddings": 40960, "rope_theta": 1000000, "rms_norm_eps": 1e-06}"""),
    GEMMA_2B("google/gemma-2b-it", "f32", 2.506, """
            {"model_type": "gemma", "hidden_size": 2048, "num_hidden_layers": 18, "num_attention_heads": 8,
             "num_key_value_heads": 1, "head_dim": 256, "intermediate_size": 16384, "vocab_size": 256000,
             "max_position_embeddings": 8192, "rope_theta": 10000.0, "rms_norm_eps": 1e-06}"""),
    GEMMA3_1B("google/gemma-3-1b-it", "f32", 1.000, """
            {"model_type": "gemma3_text", "hidden_size": 1152, "num_hidden_layers": 26, "num_attention_heads": 4,
             "num_key_value_heads": 1, "head_dim": 256, "intermediate_size": 6912, "vocab_size": 262144,
             "max_position_embeddings": 32768, "sliding_window": 512, "sliding_window_pattern": 6,
             "query_pre_attn_scalar": 256, "rope_theta": 1000000, "rope_local_base_freq": 10000, "rms_norm_eps": 1e-06}"""),
    GEMMA3_4B("google/gemma-3-4b-it", "bf16", 3.880, """
            {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 2560,
             "num_hidden_layers": 34, "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256,
             "intermediate_size": 10240, "vocab_size": 262208, "sliding_window": 1024}}"""),
    LLAMA3_2_1B("meta-llama/Llama-3.2-1B-Instruct", "f32", 1.236, """
            {"model_type": "llama", "hidden_size": 2048, "num_hidden_layers": 16, "num_attention_heads": 32,
             "num_key_value_heads": 8, "head_dim": 64, "intermediate_size": 8192, "vocab_size": 128256,
             "tie_word_embeddings": true, "max_position_embeddings": 131072, "rope_theta": 500000.0, "rms_norm_eps": 1e-05,
             "rope_scaling": {"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
             "original_max_position_embeddings": 8192}}""");

    final String hub;
    final String dtype;
    final double billions;
    final String json;

    ChatModels(String hub, String dtype, double billions, String json) {
        this.hub = hub;
        this.dtype = dtype;
        this.billions = billions;
        this.json = json;
    }

    DecoderConfig config() {
        try {
            return DecoderConfigJson.parse((ObjectNode) new ObjectMapper().readTree(json), hub);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
