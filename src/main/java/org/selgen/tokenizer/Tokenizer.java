package org.selgen.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;
import org.selgen.file.NodeCache;

/**
 * Text to token ids and back, by a model folder's {@code tokenizer.json}. Nothing is added, cut or padded: special
 * tokens come only from the text, where the chat template puts them. Safe to share between threads; needs no network.
 */
public final class Tokenizer implements AutoCloseable {
    public static final String FILE = "tokenizer.json";

    private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

    /** By default DJL cuts to 512 tokens and adds special tokens. */
    private static final Map<String, String> UNCHANGED =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    /** Tokens for images and sounds, which a text model of the same family has no embedding for. */
    private static final Set<String> MEDIA = Set.of("<image_soft_token>", "<audio_soft_token>");

    private final Path folder;
    private final HuggingFaceTokenizer tokenizer;
    private final int rows;
    private final Set<Long> added;
    private final OptionalLong unknown;
    private final StopTokens stops;

    private Tokenizer(Path folder, HuggingFaceTokenizer tokenizer, int rows, ObjectNode content) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.rows = rows;
        this.added = TokenizerJson.added(content);
        this.unknown = TokenizerJson.unknown(content);
        this.stops = new StopTokens(folder, this::id);
    }

    /**
     * Loads {@code tokenizer.json}; the other files are read by {@link #stops}.
     *
     * @throws BadInput if it is missing or damaged
     */
    public static Tokenizer open(Path folder) {
        return open(folder, Integer.MAX_VALUE);
    }

    /**
     * Loads {@code tokenizer.json} for a model.
     *
     * @param rows of the model's embedding; it may have more than there are tokens
     * @throws BadInput if the file is missing or damaged, or has a token beyond the embedding
     */
    public static Tokenizer open(Path folder, int rows) {
        Path file = FolderFile.of(folder, FILE);
        if (!Files.isRegularFile(file)) {
            throw new BadInput(file + " is missing; download the model's tokenizer.json into its folder");
        }
        ObjectNode content = JsonFile.read(file);
        TokenizerJson.check(content, file.toString());
        Map.Entry<String, Long> last = TokenizerJson.last(content, MEDIA);
        if (last.getValue() >= rows) {
            throw new BadInput(file + " has token " + last.getValue() + ", '" + last.getKey() + "', but the model's"
                    + " embedding has " + rows + " rows (vocab_size); this tokenizer belongs to another model:"
                    + " download the folder again");
        }
        try (InputStream json = Files.newInputStream(file)) {
            HuggingFaceTokenizer made = NodeCache.unpacking(() -> HuggingFaceTokenizer.newInstance(json, UNCHANGED));
            return new Tokenizer(folder, made, rows, content);
        } catch (IOException | RuntimeException e) {
            throw new BadInput(
                    file + " is not a tokenizer ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "); download it again",
                    e);
        }
    }

    /**
     * The tokens of a text; a special token that is written out in it becomes that token.
     *
     * @throws BadInput if the text has half a surrogate pair, which no file can hold, or a token that the model has no
     *     embedding for, or if the tokenizer is damaged
     */
    public long[] encode(String text) {
        return text.isEmpty() ? new long[0] : encoded(text, this::ids);
    }

    /**
     * The tokens of a text and where they stand in it, as {@link String#charAt} counts.
     *
     * @throws BadInput as {@link #encode}
     */
    public PlacedTokens place(String text) {
        if (text.isEmpty()) {
            return PlacedTokens.NONE;
        }
        return encoded(text, encoding -> {
            CharSpan[] spans = NATIVE.getTokenCharSpans(encoding);
            int[] from = Arrays.stream(spans)
                    .mapToInt(span -> span == null ? -1 : span.getStart())
                    .toArray();
            int[] to = Arrays.stream(spans)
                    .mapToInt(span -> span == null ? -1 : span.getEnd())
                    .toArray();
            return PlacedTokens.of(ids(encoding), from, to, text);
        });
    }

    /** The parts of a text that have no token of their own, each once: to a model they are all the same. */
    public Set<String> unknown(String text) {
        Set<String> parts = new LinkedHashSet<>();
        if (unknown.isPresent()) {
            PlacedTokens placed = place(text);
            for (int i = 0; i < placed.ids().length; i++) {
                if (placed.ids()[i] == unknown.getAsLong()) {
                    parts.add(
                            text.substring(placed.begins()[i], placed.ends()[i]).strip());
                }
            }
        }
        return parts;
    }

    /** What is read of a text's encoding, by its handle: {@code HuggingFaceTokenizer.encode} fetches eight arrays, we need two. */
    private <T> T encoded(String text, LongFunction<T> read) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new BadInput("a text holds half a surrogate pair and so is not Unicode; mend the row it comes from");
        }
        long encoding;
        try {
            encoding = NATIVE.encode(tokenizer.getHandle(), text, false);
        } catch (RuntimeException e) { // as of a vocabulary without its own unknown token
            throw new BadInput(
                    folder.resolve(FILE) + " cannot read a text (" + e.getMessage() + "); choose another model", e);
        }
        try {
            return read.apply(encoding);
        } finally {
            NATIVE.deleteEncoding(encoding);
        }
    }

    private long[] ids(long encoding) {
        long[] ids = NATIVE.getTokenIds(encoding);
        for (long id : ids) {
            if (id >= rows) {
                throw new BadInput("a text holds '" + decode(new long[] {id}) + "', token " + id
                        + ", but the model's embedding has " + rows + " rows; take it out of the text");
            }
        }
        return ids;
    }

    /** The text of tokens, special ones written out. */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, false);
    }

    /** The text of tokens without the special ones: the text for a reader. */
    public String decodePlain(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /**
     * The id of one token, such as {@code <end_of_turn>}.
     *
     * @throws BadInput if the tokenizer has no such token
     */
    public long id(String token) {
        long[] ids = encode(token);
        if (ids.length != 1 || !decode(ids).equals(token)) {
            throw new BadInput(folder.resolve(FILE) + " has no token '" + token
                    + "'; choose a model with a tokenizer of its own family");
        }
        return ids[0];
    }

    /** The token that the tokenizer itself would put before a text; none where it would put none. */
    public OptionalLong beginning() {
        long[] plain = encode("a");
        long[] whole = tokenizer.encode("a", true, false).getIds();
        return whole.length > plain.length && whole[0] != plain[0] ? OptionalLong.of(whole[0]) : OptionalLong.empty();
    }

    /**
     * The tokens at which generation stops: all end-of-text tokens that the folder's files name, and the one that ends a turn.
     *
     * @param ending what the chat template writes behind a turn's content: its first token ends a turn if it is a special one
     * @throws BadInput if the files name no end-of-text token
     */
    public Set<Long> stops(String ending) {
        long[] ids = encode(ending);
        boolean special = ids.length > 0
                && !decode(new long[] {ids[0]}).isBlank()
                && decodePlain(new long[] {ids[0]}).isEmpty();
        return stops.ids(special ? OptionalLong.of(ids[0]) : OptionalLong.empty());
    }

    /** The numbers of the tokens that are no parts of words: special ones, and those that were added later. */
    Set<Long> added() {
        return added;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
