package org.selgen.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.selgen.data.BadInput;

/**
 * Checks a tokenizer.json before the native library reads it. There, an error in some of its parts ends the whole
 * process, and no Java code can catch that. So only parts are accepted that are known to fail with an ordinary error:
 * {@code FixedLength} is not, nor a {@code Strip} decoder that cuts at the end, nor a BPE with a prefix for subwords; a
 * {@code Precompiled} normalizer is where its {@linkplain Charsmap table} is sound.
 */
final class TokenizerJson {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "normalizer",
            Set.of(
                    "BertNormalizer",
                    "ByteLevel",
                    "Lowercase",
                    "NFC",
                    "NFD",
                    "NFKC",
                    "NFKD",
                    "Nmt",
                    "Precompiled",
                    "Prepend",
                    "Replace",
                    "Sequence",
                    "Strip",
                    "StripAccents"),
            "pre_tokenizer",
            Set.of(
                    "BertPreTokenizer",
                    "ByteLevel",
                    "CharDelimiterSplit",
                    "Digits",
                    "Metaspace",
                    "Punctuation",
                    "Sequence",
                    "Split",
                    "UnicodeScripts",
                    "Whitespace",
                    "WhitespaceSplit"),
            "post_processor",
            Set.of("BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing"),
            "decoder",
            Set.of(
                    "BPEDecoder",
                    "ByteFallback",
                    "ByteLevel",
                    "CTC",
                    "Fuse",
                    "Metaspace",
                    "Replace",
                    "Sequence",
                    "Strip",
                    "WordPiece"));

    /** Where a sequence keeps its parts. */
    private static final List<String> PARTS = List.of("normalizers", "pretokenizers", "processors", "decoders");

    private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");

    private final String where;

    private TokenizerJson(String where) {
        this.where = where;
    }

    /**
     * Checks all parts of a tokenizer.
     *
     * @param where the name of its file, to begin an error with
     * @throws BadInput if a part is unknown or could end the process
     */
    static void check(ObjectNode json, String where) {
        TokenizerJson reader = new TokenizerJson(where);
        KNOWN.keySet().stream().sorted().forEach(kind -> reader.part(kind, json.path(kind)));
        JsonNode model = json.path("model");
        reader.check("model.type", model.path("type"), MODELS);
        JsonNode prefix = model.path("continuing_subword_prefix");
        if (model.path("type").asText().equals("BPE") && !prefix.asText("").isEmpty() && !prefix.isNull()) {
            throw reader.bad("model.continuing_subword_prefix", prefix, "empty");
        }
    }

    /** The numbers of the added tokens. */
    static Set<Long> added(ObjectNode json) {
        Set<Long> added = new TreeSet<>();
        json.path("added_tokens").forEach(token -> added.add(token.path("id").longValue()));
        return Collections.unmodifiableSet(added);
    }

    /** The number of the token that stands for what no other does; absent where there is none, as in a BPE of bytes. */
    static OptionalLong unknown(ObjectNode json) {
        JsonNode model = json.path("model");
        JsonNode number = model.path("unk_id").isNumber() // of a Unigram model
                ? model.path("unk_id")
                : model.path("vocab").path(model.path("unk_token").asText());
        return number.isNumber() ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    /**
     * The token with the highest number, and that number.
     *
     * @param without tokens that do not count
     */
    static Map.Entry<String, Long> last(ObjectNode json, Set<String> without) {
        JsonNode vocabulary = json.path("model").path("vocab");
        Map.Entry<String, Long> last = Map.entry("", -1L);
        if (vocabulary.isArray()) { // of a Unigram model: a token's number is its place
            last = Map.entry(vocabulary.path(vocabulary.size() - 1).path(0).asText(), vocabulary.size() - 1L);
        }
        for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
            last = later(last, token.getKey(), token.getValue().longValue(), without);
        }
        for (JsonNode token : json.path("added_tokens")) {
            last = later(last, token.path("content").asText(), token.path("id").longValue(), without);
        }
        return last;
    }

    private static Map.Entry<String, Long> later(
            Map.Entry<String, Long> last, String token, long id, Set<String> without) {
        return id > last.getValue() && !without.contains(token) ? Map.entry(token, id) : last;
    }

    private void part(String kind, JsonNode part) {
        if (part.isMissingNode() || part.isNull()) {
            return;
        }
        JsonNode type = part.path("type");
        check(kind + ".type", type, KNOWN.getOrDefault(kind, Set.of()));
        if (kind.equals("decoder")
                && type.asText().equals("Strip")
                && part.path("stop").asLong(1) != 0) {
            throw bad("decoder.stop", part.path("stop"), "0");
        }
        if (kind.equals("normalizer") && type.asText().equals("Precompiled")) {
            JsonNode table = part.path("precompiled_charsmap");
            Charsmap.problem(table.asText()).ifPresent(problem -> {
                throw new BadInput(where + " is not a tokenizer we can use (normalizer.precompiled_charsmap is "
                        + problem + "); download it again");
            });
        }
        if (type.asText().equals("Sequence")) {
            PARTS.forEach(list -> part.path(list).forEach(item -> part(kind, item)));
        }
    }

    private void check(String key, JsonNode value, Set<String> known) {
        if (!value.isTextual() || !known.contains(value.textValue())) {
            throw bad(key, value, "one of " + known.stream().sorted().toList());
        }
    }

    private BadInput bad(String key, JsonNode value, String bound) {
        return new BadInput(where + " is not a tokenizer we can use (" + key + " is "
                + (value.isMissingNode() ? "missing" : value) + " but must be " + bound
                + "); choose a model whose tokenizer keeps to it, or download it again");
    }
}
