package dev.resync.cli.local;

/**
 * The server that tests work on: an embedded one, or the one that {@code -Dresync.mongo.uri} names. Tests drop databases, so
 * such a server must be said to be empty.
 */
public final class TestServer implements AutoCloseable {

    private final EmbeddedDatabase embedded;
    private final String uri;

    public TestServer() {
        String given = System.getProperty("resync.mongo.uri");
        if (given != null && !Boolean.getBoolean("resync.mongo.empty")) {
            throw new IllegalStateException("These tests drop databases on the server that resync.mongo.uri names. Say"
                    + " -Dresync.mongo.empty=true if it holds nothing that is needed.");
        }
        embedded = given == null ? new EmbeddedDatabase(0) : null;
        uri = given == null ? embedded.uri() : given;
    }

    /** Returns the connection string. */
    public String uri() {
        return uri;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
