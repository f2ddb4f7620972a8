package org.selgen.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.selgen.data.BadInput;

/** Where a server listens. */
public final class ServedAddress {
    private static final int MOST_PORTS = 65535;

    private ServedAddress() {}

    /**
     * A server that listens there, not started.
     *
     * @throws BadInput if the port is taken, or the address is not this machine's
     */
    static HttpServer bound(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new BadInput(
                    "--port is " + address.getPort() + ", where this program cannot listen at "
                            + address.getAddress().getHostAddress() + " (" + e.getMessage()
                            + "); stop what listens there, or give another --port, as 0 for a free one, or --host",
                    e);
        }
    }

    /**
     * An address to listen at, tried once, so that what is wrong with it is known before a model is read.
     *
     * @throws BadInput if there is no such port or host, if the port is taken, or the address is not this machine's
     */
    public static InetSocketAddress of(String host, int port) throws IOException {
        if (port < 0 || port > MOST_PORTS) {
            throw new BadInput("--port is " + port + " but must be from 0 to " + MOST_PORTS + "; change it");
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
            bound(address).stop(0);
            return address;
        } catch (UnknownHostException e) {
            throw new BadInput(
                    "--host is '" + host + "', which is no address of this machine; give one, as 127.0.0.1", e);
        }
    }
}
