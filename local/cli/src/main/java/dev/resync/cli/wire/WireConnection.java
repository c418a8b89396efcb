package dev.resync.cli.wire;

import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.cli.wire.WireRule.Lost;
import dev.resync.cli.wire.WireRule.Pretended;
import dev.resync.cli.wire.WireRule.Refused;
import dev.resync.cli.wire.WireRule.Unanswered;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** One client's connection through the proxy, a thread for each direction. */
final class WireConnection implements AutoCloseable {

    private static final BsonDocument DONE = new BsonDocument("ok", new BsonDouble(1))
            .append("n", new BsonInt32(0))
            .append("nModified", new BsonInt32(0));

    private final Socket client;
    private final Socket server;
    private final Supplier<WireRule> rule;
    /** What the rule has decided about answers that are still to come, by the request's number. */
    private final Map<Integer, Fate> awaited = new ConcurrentHashMap<>();

    WireConnection(Socket client, Socket server, Supplier<WireRule> rule) {
        this.client = client;
        this.server = server;
        this.rule = rule;
    }

    void start() {
        thread("wire-to-server", this::carryCommands).start();
        thread("wire-to-client", this::carryAnswers).start();
    }

    private static Thread thread(String name, Carrying carrying) {
        Thread thread = new Thread(
                () -> {
                    try {
                        carrying.run();
                    } catch (IOException ended) {
                        // One of the two has closed its end, and there is nobody to tell.
                        return;
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    @FunctionalInterface
    private interface Carrying {
        void run() throws IOException;
    }

    private void carryCommands() throws IOException {
        try (this) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            OutputStream out = server.getOutputStream();
            while (true) {
                WireMessage message = WireMessage.read(in);
                Fate fate = message.command().map(rule.get()::judge).orElse(Fate.PASSED);
                if (fate instanceof Lost) {
                    return;
                }
                if (fate instanceof Pretended) {
                    answer(message.answer(DONE));
                } else if (fate instanceof Refused refused && !refused.carriedOut()) {
                    answer(message.answer(error(refused)));
                } else {
                    if (fate instanceof Unanswered || fate instanceof Refused) {
                        awaited.put(message.requestId(), fate);
                    }
                    out.write(message.bytes());
                    out.flush();
                }
            }
        }
    }

    private void carryAnswers() throws IOException {
        try (this) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            while (true) {
                WireMessage message = WireMessage.read(in);
                Fate fate = awaited.remove(message.responseTo());
                if (fate instanceof Unanswered) {
                    return;
                }
                answer(fate instanceof Refused refused ? message.insteadOf(error(refused)) : message);
            }
        }
    }

    /** Both threads answer. */
    private synchronized void answer(WireMessage message) throws IOException {
        client.getOutputStream().write(message.bytes());
        client.getOutputStream().flush();
    }

    private static BsonDocument error(Refused refused) {
        return new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString("refused on purpose: " + refused.codeName()))
                .append("code", new BsonInt32(refused.code()))
                .append("codeName", new BsonString(refused.codeName()));
    }

    boolean closed() {
        return client.isClosed();
    }

    @Override
    public void close() {
        closeQuietly(client);
        closeQuietly(server);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // Nothing is lost with it.
            return;
        }
    }
}
