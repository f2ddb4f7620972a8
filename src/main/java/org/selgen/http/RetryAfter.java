package org.selgen.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header {@code Retry-After}: seconds, or a date. */
public final class RetryAfter {
    private RetryAfter() {}

    /** The wait that a reply asks for; empty if it asks for none, or for nothing that can be read. */
    public static Optional<Duration> in(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").flatMap(text -> parse(text.strip(), Instant.now()));
    }

    /** The wait that the header's value asks for; empty if it is blank or cannot be read. */
    public static Optional<Duration> parse(String text, Instant now) {
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(text) * 1000)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty(); // as if it were not there: the wait is then ours to choose
        }
    }
}
