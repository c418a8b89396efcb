package dev.resync.cli.drill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.ResyncCommand;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.plan.Apply;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A drill on the server of the tests. */
final class TestDrill implements AutoCloseable {

    /** Gets in the way of commands for good. */
    @FunctionalInterface
    interface Meddling {

        /**
         * Returns what becomes of a command; empty where the drill is to say so.
         *
         * @param database past all that is done to commands
         */
        Optional<Fate> meddle(WireCommand command, MongoClient database);
    }

    private final TestServer server = new TestServer();
    private final MongoClient client = MongoClients.create(server.uri());
    final Drill drill;

    TestDrill(Path folder, List<FaultKind> kinds) {
        this(folder, kinds, (command, database) -> Optional.empty());
    }

    TestDrill(Path folder, List<FaultKind> kinds, Meddling meddling) {
        this(folder, kinds, meddling, Apply.SWAP);
    }

    TestDrill(Path folder, List<FaultKind> kinds, Meddling meddling, Apply apply) {
        DrillPlace place = new DrillPlace(
                new DrillServer(server.uri()),
                new ScratchData(apply),
                folder,
                Path.of("..", ".."),
                ResyncCommand.class,
                Clock.systemUTC());
        drill = new Drill(
                place,
                kinds,
                Progress.NONE,
                rule -> command -> meddling.meddle(command, client).orElseGet(() -> rule.judge(command)));
    }

    @Override
    public void close() {
        drill.close();
        client.close();
        server.close();
    }
}
