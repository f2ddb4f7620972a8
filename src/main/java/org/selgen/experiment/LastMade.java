package org.selgen.experiment;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was made of the value that was asked about last, for what takes long and is asked several times by a verb. */
final class LastMade<K, V> {
    private final AtomicReference<@Nullable Made<K, V>> last = new AtomicReference<>();

    private record Made<K, V>(K of, V value) {}

    V of(K of, Function<K, V> make) {
        Made<K, V> made = last.get();
        if (made == null || !made.of().equals(of)) {
            made = new Made<>(of, make.apply(of));
            last.set(made);
        }
        return made.value();
    }
}
