package dev.resync.cli.drill;

import dev.resync.cli.ResyncCommand;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.wire.WireRule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** A drill on the server of the tests. */
final class TestDrill implements AutoCloseable {

    private final TestServer server = new TestServer();
    final Drill drill;

    TestDrill(Path folder, List<FaultKind> kinds) {
        this(folder, kinds, UnaryOperator.identity());
    }

    TestDrill(Path folder, List<FaultKind> kinds, UnaryOperator<WireRule> meddling) {
        DrillPlace place = new DrillPlace(
                new DrillServer(server.uri()), folder, Path.of("..", ".."), ResyncCommand.class, Clock.systemUTC());
        drill = new Drill(place, kinds, Progress.NONE, meddling);
    }

    @Override
    public void close() {
        drill.close();
        server.close();
    }
}
