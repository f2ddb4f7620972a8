package org.selgen;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.selgen.lm.*;
import org.selgen.source.*;
import org.selgen.tensor.Threads;
import org.selgen.train.*;

public class PretrainScratch {
    static HuggingFaceTokenizer tok;

    static Sequence sequence(Passage p) {
        if (p.isPlain()) {
            long[] ids = tok.encode("<bos>" + p.reply() + "<eos>", false, false).getIds();
            boolean[] learnt = new boolean[ids.length];
            for (int i = 0; i < p.learnt().size(); i++) {
                learnt[i + 1] = p.learnt().get(i);
            }
            learnt[ids.length - 1] = true;
            return new Sequence(ids, learnt);
        }
        return Sequence.answering(
                tok.encode(ChatTemplate.GEMMA.prompt(p.prompt()), false, false).getIds(),
                tok.encode(ChatTemplate.GEMMA.answer(p.reply()), false, false).getIds());
    }

    public static void main(String[] a) throws Exception {
        Path out = Path.of(a[0]);
        Pretraining k = new Pretraining(
                Integer.getInteger("layers", 3), Integer.getInteger("hidden", 128), Integer.getInteger("heads", 4),
                Integer.getInteger("kv", 1), Integer.getInteger("ffn", 256), Integer.getInteger("stageA", 1000),
                Integer.getInteger("steps", 5400), Integer.getInteger("batch", 64),
                Float.parseFloat(System.getProperty("lr", "2e-3")), 100, 0.05f, 1f, Integer.getInteger("seed", 1));
        Files.createDirectories(out);
        ToyTokenizer.write(out);
        tok = HuggingFaceTokenizer.newInstance(
                out.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
        ObjectNode c = new ObjectMapper().createObjectNode();
        c.put("model_type", "gemma").put("vocab_size", ToyTokenizer.VOCABULARY).put("hidden_size", k.hidden());
        c.put("num_hidden_layers", k.layers()).put("num_attention_heads", k.heads()).put("num_key_value_heads", k.kvHeads());
        c.put("head_dim", k.hidden() / k.heads()).put("intermediate_size", k.ffn()).put("rms_norm_eps", 1e-6);
        c.put("rope_theta", 10000.0).put("max_position_embeddings", ToyTokenizer.CONTEXT).put("hidden_activation", "gelu_pytorch_tanh");
        c.put("hidden_act", "gelu_pytorch_tanh").put("bos_token_id", 2).put("eos_token_id", 1).put("pad_token_id", 0);
        c.putArray("architectures").add("GemmaForCausalLM");
        c.put("torch_dtype", "float32");
        DecoderConfig config = DecoderConfig.parse(c, "tiny");
        Decoder lm = ModelFolder.untrained(config, k.seed());
        long[] params = {0};
        lm.weights().values().forEach(w -> {
            long n = 1;
            for (long s : w.shape()) {
                n *= s;
            }
            params[0] += n;
        });
        System.out.println("vocab " + ToyTokenizer.VOCABULARY + " params " + params[0]);
        ToyPretraining A = new ToyPretraining(ToyPretraining.Stage.UNALIGNED, k.seed());
        ToyPretraining B = new ToyPretraining(ToyPretraining.Stage.ALIGNED, k.seed() + 1);
        Supplier<Sequence> sa = () -> sequence(A.next());
        Supplier<Sequence> sb = () -> sequence(B.next());
        long t0 = System.nanoTime();
        long[] tokens = {0};
        double[] ema = {6};
        new Pretrainer(k, m -> {
                    tokens[0] += m.tokens();
                    ema[0] = 0.98 * ema[0] + 0.02 * m.loss();
                    if (m.step() % 250 == 0) {
                        double s = (System.nanoTime() - t0) / 1e9;
                        System.out.printf("step %d loss %.3f tokens %.2fM %.0f tok/s %.0f s%n", m.step(), ema[0], tokens[0] / 1e6, tokens[0] / s, s);
                        if (m.step() % 1000 == 0) {
                            ModelFolder.write(out, c, lm);
                        }
                    }
                })
                .fit(lm, sa, sb, () -> ModelFolder.write(out.resolve("unaligned"), c, lm));
        ModelFolder.write(out, c, lm);
    }
}
