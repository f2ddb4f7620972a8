package org.selgen.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.JudgeCalls;
import org.selgen.data.Judgement;

/**
 * A file of what a judging has been told and has not put into its table yet: verdicts, a line each, {@code +} for each call that
 * begins, {@code -} for each that ends without a reply or has its verdict kept, and behind {@code =} what calls have taken until
 * then. A killed driver's next verb reads it, so that no call is paid twice but those in flight, which it counts. It is two files in
 * turn, so that what is put can be deleted while more comes.
 */
public final class VerdictJournal {
    /** Of a judging that keeps none. */
    public static final VerdictJournal NONE = new VerdictJournal(null);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGUN = "+";
    private static final String ENDED = "-";
    private static final String TAKEN = "=";

    private final @Nullable Path file;
    private @Nullable Writer writer;
    private int inFlight;
    private String taken = "";

    private VerdictJournal(@Nullable Path file) {
        this.file = file;
    }

    /** That in a file; its folder must be there. What an earlier one has left should be {@linkplain #left read} before. */
    public static VerdictJournal in(Path file) {
        return new VerdictJournal(file);
    }

    /**
     * What a killed driver has left.
     *
     * @param verdicts that may not be in the table yet
     * @param inFlight calls that had begun, and of which no verdict was kept: they may have been paid for
     * @param taken what calls had taken when that was last written, some seconds before
     */
    public record Left(List<Judgement> verdicts, int inFlight, Optional<JudgeCalls> taken) {}

    /** What a journal in that file has left; nothing if there is none. */
    public static Left left(Path file) throws IOException {
        List<Judgement> verdicts = new ArrayList<>();
        int inFlight = 0;
        Optional<JudgeCalls> taken = Optional.empty();
        for (Path part : List.of(putting(file), file)) {
            inFlight = Files.exists(part) && part.equals(file)
                    ? 0
                    : inFlight; // the newer one begins with what was in flight
            List<String> lines = Files.exists(part) ? Files.readAllLines(part) : List.of();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                inFlight += line.equals(BEGUN) ? 1 : line.equals(ENDED) ? -1 : 0;
                if (line.startsWith("{")) {
                    read(part, i, line, lines.size(), Judgement.class).ifPresent(verdicts::add);
                }
                if (line.startsWith(TAKEN)) {
                    Optional<JudgeCalls> before = taken;
                    taken = read(part, i, line.substring(TAKEN.length()), lines.size(), JudgeCalls.class)
                            .or(() -> before);
                }
            }
        }
        return new Left(verdicts, Math.max(0, inFlight), taken);
    }

    /** The last line may be cut, as the driver was killed: its call is asked again. */
    private static <T> Optional<T> read(Path file, int number, String json, int lines, Class<T> type) {
        try {
            return Optional.of(JSON.readValue(json, type));
        } catch (JsonProcessingException e) {
            if (number < lines - 1) {
                throw new BadInput("line " + (number + 1) + " of " + file
                        + " is no verdict; restore the file, or delete the line: its call is then paid again");
            }
            return Optional.empty();
        }
    }

    /** Deletes what there is. */
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(putting(file));
        Files.deleteIfExists(file);
    }

    private static Path putting(Path file) {
        return file.resolveSibling(file.getFileName() + ".putting");
    }

    /** A call begins. */
    public synchronized void begun() {
        inFlight++;
        write(BEGUN + "\n");
    }

    /** A call has ended without a reply, or with its process, or its verdict is kept. */
    public synchronized void ended() {
        inFlight--;
        write(ENDED + "\n");
    }

    synchronized void kept(List<Judgement> rows) {
        write(rows.stream().map(row -> line("", row)).collect(Collectors.joining()));
    }

    /** Calls have taken so much until now. */
    public synchronized void taken(JudgeCalls calls) {
        taken = line(TAKEN, calls);
        write(taken);
    }

    private static String line(String mark, Record row) {
        try {
            return mark + JSON.writeValueAsString(row) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was kept until now is being put; {@link #put} says when it is. */
    synchronized void puts() {
        if (file != null && writer != null) {
            try {
                writer.close();
                writer = null;
                Files.move(file, putting(file));
                write((BEGUN + "\n").repeat(inFlight) + taken);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** All that was being put is in the table. */
    synchronized void put() {
        if (file != null) {
            try {
                Files.deleteIfExists(putting(file));
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** All is in the table, and nothing more comes. */
    public synchronized void close() throws IOException {
        if (file != null) {
            if (writer != null) {
                writer.close();
                writer = null;
            }
            delete(file);
        }
    }

    private void write(String lines) {
        if (file == null || lines.isEmpty()) {
            return;
        }
        try {
            if (writer == null) {
                writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            writer.write(lines);
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException why) {
        return new UncheckedIOException("the journal of verdicts " + file + " cannot be written", why);
    }
}
