package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import org.selgen.cluster.ProgressDisplay;
import org.selgen.data.LakeInUse;
import org.selgen.lake.Lake;
import org.selgen.lake.Lock;
import org.selgen.lake.LockWait;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a verb does where another process writes its lake: the option that all verbs share that write one. */
public final class LockOptions {
    private static final String FOREVER = "forever";

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "MINUTES",
            fallbackValue = FOREVER,
            converter = Minutes.class,
            preprocessor = AttachedOnly.class,
            description =
                    "While another process writes the lake, wait for it, for so many minutes at most; --wait alone as"
                            + " long as it takes (default: refuse, with exit code 3).")
    private Duration longest = Duration.ZERO;

    /**
     * The right to write a lake. A process that loses it, since it was paused or cut off, stops at once: nothing that it
     * could still write is wanted.
     *
     * @throws LakeInUse if another process has it to the end of the wait
     */
    public Lock lock(Lake lake, PrintWriter err) throws IOException {
        LockWait waiting = new LockWait(longest, line -> {
            err.println(line);
            err.flush();
        });
        return lake.lock(waiting, late -> {
            ProgressDisplay.closeShown();
            err.println("selgen: " + late.getMessage());
            err.flush();
            Runtime.getRuntime().halt(LakeInUse.EXIT_CODE); // no hook writes once more
        });
    }

    static final class Minutes implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (value.equals(FOREVER)) {
                return LockWait.FOREVER;
            }
            if (!value.matches("\\d{1,7}")) {
                throw new TypeConversionException("'" + value + "' must be a whole number of minutes, as --wait=30");
            }
            return Duration.ofMinutes(Long.parseLong(value));
        }
    }

    /** Takes no word behind a blank for the minutes: it is the experiment's file. */
    static final class AttachedOnly implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> words, CommandSpec verb, ArgSpec option, Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                words.push(FOREVER);
            }
            return false;
        }
    }
}
