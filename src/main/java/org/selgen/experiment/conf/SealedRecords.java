package org.selgen.experiment.conf;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a value of a sealed type may be. */
public final class SealedRecords {
    private SealedRecords() {}

    /** The records of a sealed type, those of sealed types below it too; the record itself of a record. */
    public static Stream<Class<?>> of(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedRecords::of);
    }
}
