package dev.resync.bench.measure;

import com.mongodb.ConnectionString;
import com.sun.management.OperatingSystemMXBean;
import dev.resync.bench.link.Link;
import dev.resync.bench.link.ProxyMain;
import dev.resync.bench.link.RoundTrip;
import dev.resync.bench.measure.Report.Skipped;
import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.DatabaseMain;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The one server and the two ways to it.
 *
 * @param database process of the embedded server; null for another server
 * @param proxy process of the proxy; null where the server cannot be reached through one
 * @param bare the way without a proxy
 * @param proxied the way through the proxy; null where there is none
 * @param settings what is to be measured
 */
record Servers(ChildProcess database, ChildProcess proxy, Link bare, Link proxied, Settings settings)
        implements AutoCloseable {

    private static final String SCHEME = "mongodb://";
    private static final int FEWEST_MEGABYTES = 2048;
    private static final int DOCTORS_A_MEGABYTE = 5;

    private static final long MEGABYTE = 1024 * 1024;

    static Servers start(Settings settings) {
        ChildProcess database = settings.mongoUri() == null ? DatabaseMain.start(megabytes(settings.doctors())) : null;
        String uri = database == null ? settings.mongoUri() : database.address();
        Link bare = Link.open(Link.BARE, uri);
        if (!proxyable(uri)) {
            return new Servers(database, null, bare, null, settings);
        }
        String host = new ConnectionString(uri).getHosts().get(0);
        ChildProcess proxy = ProxyMain.start(host.contains(":") ? host : host + ":27017", settings.roundTrip());
        return new Servers(
                database, proxy, bare, Link.open(Link.PROXIED, through(uri, host, proxy.address())), settings);
    }

    /** Half of the machine's memory at most, unless that is less than the fewest. */
    private static int megabytes(int doctors) {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long most = machine.getTotalMemorySize() / 2 / MEGABYTE;
        return (int) Math.max(FEWEST_MEGABYTES, Math.min(doctors / DOCTORS_A_MEGABYTE, most));
    }

    /** A driver that may find other hosts, or that checks the host's name, would not stay with the proxy. */
    private static boolean proxyable(String uri) {
        ConnectionString connection = new ConnectionString(uri);
        return !connection.isSrvProtocol()
                && connection.getHosts().size() == 1
                && !Boolean.TRUE.equals(connection.getSslEnabled());
    }

    /** Returns the connection string with another host; user and password may read like the host. */
    static String through(String uri, String host, String proxy) {
        int authority = SCHEME.length();
        int end = uri.length();
        for (char delimiter : new char[] {'/', '?'}) {
            int found = uri.indexOf(delimiter, authority);
            end = found < 0 ? end : Math.min(end, found);
        }
        int from = Math.max(authority, uri.lastIndexOf('@', end - 1) + 1);
        String rest = uri.substring(from + host.length());
        String path = rest.startsWith("/") ? "" : "/";
        return uri.substring(0, from) + proxy + path + rest + (rest.contains("?") ? "&" : "?")
                + "directConnection=true";
    }

    List<Link> links() {
        return proxied == null ? List.of(bare) : List.of(bare, proxied);
    }

    List<Skipped> skipped() {
        return proxied == null
                ? List.of(new Skipped(
                        Link.PROXIED,
                        "the connection string names several hosts, an SRV record or TLS; expected one host"))
                : List.of();
    }

    /** Returns what the proxy adds and can carry; null where there is none. To be asked when all is warm. */
    Report.Proxy roundTrip() {
        if (proxied == null) {
            return null;
        }
        double bareMillis = RoundTrip.pingMillis(bare.client());
        double proxiedMillis = RoundTrip.pingMillis(proxied.client());
        return new Report.Proxy(
                settings.roundTrip().toNanos() / 1e6,
                bareMillis,
                proxiedMillis,
                proxiedMillis - bareMillis,
                RoundTrip.megabytesPerSecond(settings.roundTrip()));
    }

    @Override
    public void close() {
        bare.close();
        if (proxied != null) {
            proxied.close();
            proxy.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
