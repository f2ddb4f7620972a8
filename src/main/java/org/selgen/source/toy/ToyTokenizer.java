package org.selgen.source.toy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the toy world's tokenizer as the three files of Hugging Face. A word or a run of punctuation is one token;
 * case and white space do not count. The template writes {@code <bos>}, so no post-processor does.
 */
public final class ToyTokenizer {
    /** Version of the vocabulary; a model of another version has other words. */
    public static final String VERSION = "toy-world-1";

    /** Longest text in tokens. */
    public static final int CONTEXT = 128;

    /** Number of tokens. */
    public static final int VOCABULARY = ToyVocabulary.words().size();

    public static final int PAD = 0;
    public static final int EOS = 1;
    public static final int BOS = 2;
    static final int UNK = 3;
    static final int END_OF_TURN = 5;

    private static final String TEMPLATE = """
            {{ bos_token }}\
            {% for turn in messages %}\
            {% if turn['role'] == 'system' %}{{ raise_exception('the toy model takes no system turn') }}{% endif %}\
            {% set speaker = 'model' if turn['role'] == 'assistant' else turn['role'] %}\
            {{ '<start_of_turn>' + speaker + '\\n' + turn['content'] | trim + '<end_of_turn>\\n' }}\
            {% endfor %}\
            {% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}""";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ToyTokenizer() {}

    /** Writes {@code tokenizer.json}, {@code tokenizer_config.json} and {@code generation_config.json}. */
    public static void write(Path folder) {
        try {
            Files.createDirectories(folder);
            JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
            JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(), config());
            JSON.writeValue(folder.resolve("generation_config.json").toFile(), generation());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the toy tokenizer to " + folder, e);
        }
    }

    private static ObjectNode tokenizer() {
        ObjectNode file = NODES.objectNode().put("version", "1.0");
        file.putNull("truncation").putNull("padding");
        ArrayNode added = file.putArray("added_tokens");
        for (int id = 0; id < ToyVocabulary.MARKERS.size(); id++) {
            added.add(marker(ToyVocabulary.MARKERS.get(id)).put("id", id));
        }
        file.putObject("normalizer").put("type", "Lowercase");
        file.putObject("pre_tokenizer").put("type", "Whitespace");
        file.putNull("post_processor").putNull("decoder");
        ObjectNode model = file.putObject("model").put("type", "WordLevel").put("unk_token", marker(UNK));
        ObjectNode vocabulary = model.putObject("vocab");
        List<String> words = ToyVocabulary.words();
        for (int id = 0; id < words.size(); id++) {
            vocabulary.put(words.get(id), id);
        }
        return file;
    }

    private static ObjectNode config() {
        ObjectNode file = NODES.objectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("vocabulary_version", VERSION)
                .put("pad_token", marker(PAD))
                .put("eos_token", marker(EOS))
                .put("bos_token", marker(BOS))
                .put("unk_token", marker(UNK))
                .put("model_max_length", CONTEXT)
                .put("clean_up_tokenization_spaces", false)
                .put("chat_template", TEMPLATE);
        ObjectNode added = file.putObject("added_tokens_decoder");
        for (int id = 0; id < ToyVocabulary.MARKERS.size(); id++) {
            added.set("" + id, marker(ToyVocabulary.MARKERS.get(id)));
        }
        return file;
    }

    private static ObjectNode generation() {
        ObjectNode file = NODES.objectNode().put("pad_token_id", PAD).put("bos_token_id", BOS);
        file.putArray("eos_token_id").add(EOS).add(END_OF_TURN);
        return file;
    }

    private static String marker(int id) {
        return ToyVocabulary.MARKERS.get(id);
    }

    private static ObjectNode marker(String content) {
        return NODES.objectNode()
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }
}
