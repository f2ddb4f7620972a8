package org.selgen.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;

/**
 * A reply with its body still to be read.
 *
 * @param home whether it is of the Hub's own host, not of a store that it redirects to
 */
record HttpReply(int status, HttpURLConnection connection, boolean home) implements AutoCloseable {
    InputStream body() throws IOException {
        return connection.getInputStream();
    }

    /** The header's value; empty if it is missing. */
    String header(String name) {
        String value = connection.getHeaderField(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
