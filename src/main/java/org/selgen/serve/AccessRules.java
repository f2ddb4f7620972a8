package org.selgen.serve;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.selgen.http.ApiKey;

/**
 * Who may ask. With a key, who has it. A server of this machine alone is asked by a name of this machine, so that no web
 * page can reach it by a name of its own that leads here; and no page of another place may send requests.
 *
 * @param key of the server; none lets everyone in who can connect
 * @param address where it listens
 */
record AccessRules(ApiKey key, InetAddress address) {
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?:https?://)?(localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])(:\\d+)?");

    void check(HttpExchange exchange) throws BadRequest {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (address.isLoopbackAddress()
                && (host == null || !THIS_MACHINE.matcher(host).matches())) {
            throw new BadRequest(403, "the header Host names another machine; ask http://127.0.0.1");
        }
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && !THIS_MACHINE.matcher(origin).matches()) {
            throw new BadRequest(403, "web pages of another place may not ask here");
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (key.present() && !same(given == null ? "" : given, key.header())) {
            throw new BadRequest(401, "the key is missing or wrong; send the header 'Authorization: Bearer KEY'");
        }
    }

    /** In a time that does not tell how much is right. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
