package dev.resync.cli.drill;

import com.mongodb.ConnectionString;
import dev.resync.cli.wire.WireProxy;
import dev.resync.error.RequestInvalid;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that a drill takes place on.
 *
 * @param uri connection string with one host, without TLS
 */
record DrillServer(String uri) {

    private static final Pattern ONE_HOST = Pattern.compile("(mongodb://(?:[^@/?]*@)?)([^/?]*)(/[^?]*)?(\\?.*)?");
    private static final int PORT = 27017;

    /**
     * @throws RequestInvalid where a proxy cannot stand before that server
     */
    DrillServer {
        ConnectionString parsed = new ConnectionString(uri);
        if (parsed.isSrvProtocol() || parsed.getHosts().size() != 1 || Boolean.TRUE.equals(parsed.getSslEnabled())) {
            throw new RequestInvalid(
                    "--mongo-uri names " + parsed.getHosts() + (parsed.isSrvProtocol() ? " by SRV" : "")
                            + (Boolean.TRUE.equals(parsed.getSslEnabled()) ? " with TLS" : "")
                            + "; a drill needs one host without TLS, since a proxy stands before it that loses and holds up"
                            + " commands. Name the primary alone, such as mongodb://host:27017/?directConnection=true, on a server"
                            + " for tests.");
        }
    }

    /** Returns where the server listens. */
    InetSocketAddress address() {
        String host = matched().group(2);
        int colon = host.lastIndexOf(':');
        return colon < 0
                ? InetSocketAddress.createUnresolved(host, PORT)
                : InetSocketAddress.createUnresolved(
                        host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
    }

    /**
     * Returns the connection string of the same server with a proxy before it.
     *
     * @param option one more option
     */
    String through(WireProxy proxy, String option) {
        Matcher matched = matched();
        String database = matched.group(3) == null ? "/" : matched.group(3);
        String options = matched.group(4) == null ? "?" : matched.group(4) + "&";
        return matched.group(1) + proxy.address() + database + options + option;
    }

    private Matcher matched() {
        Matcher matched = ONE_HOST.matcher(uri);
        if (!matched.matches()) {
            throw new RequestInvalid(
                    "--mongo-uri is none that a proxy can stand before; expected mongodb://host:port.");
        }
        return matched;
    }
}
