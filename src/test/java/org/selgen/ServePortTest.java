package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What 'serve' says of a port, as trial 15 has it. */
class ServePortTest {
    private static String said(String... words) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.command();
        command.setErr(new PrintWriter(err, true));
        int code = command.execute(words);
        return code + " " + err;
    }

    @Test
    void aPortThatCannotBeHadIsBadInputWithTheMend() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(said("serve", "--port", String.valueOf(taken.getLocalPort())))
                    .startsWith("2 ")
                    .contains("--port is " + taken.getLocalPort(), "give another --port");
        }
        assertThat(said("serve", "--port", "99999")).startsWith("2 ").contains("--port is 99999", "from 0 to 65535");
    }
}
