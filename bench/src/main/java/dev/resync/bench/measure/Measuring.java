package dev.resync.bench.measure;

import dev.resync.bench.link.Link;
import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.DatabaseMain;
import dev.resync.bench.process.JvmFigures;
import dev.resync.bench.process.JvmWatch;
import java.util.ArrayList;
import java.util.List;

/** Measures one pass of one contender. Both processes collect their garbage before, so that nobody pays for another's. */
final class Measuring implements Recorder {

    private final JvmWatch watch;
    private final ChildProcess server;
    private final int targets;
    private final Link link;
    private final List<Figure> figures = new ArrayList<>();

    /** @param server process of the embedded server; null for another server */
    Measuring(JvmWatch watch, ChildProcess server, int targets, Link link) {
        this.watch = watch;
        this.server = server;
        this.targets = targets;
        this.link = link;
    }

    @Override
    public void measure(String row, Runnable work) {
        if (server != null) {
            server.ask(DatabaseMain.BEGIN);
        }
        watch.begin();
        long begun = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        JvmFigures client = watch.figures();
        figures.add(new Figure(row, targets, link.name(), seconds, client, serverFigures(), null));
    }

    private JvmFigures serverFigures() {
        return server == null ? null : JvmFigures.read(server.ask(DatabaseMain.FIGURES));
    }

    @Override
    public void sum(String row, String... parts) {
        Figure sum = of(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            sum = sum.plus(row, of(parts[i]));
        }
        figures.add(sum);
    }

    @Override
    public void engineShare(String row, double share) {
        figures.replaceAll(figure -> figure.row().equals(row) ? figure.withEngineShare(share) : figure);
    }

    private Figure of(String row) {
        return figures.stream()
                .filter(figure -> figure.row().equals(row))
                .findFirst()
                .orElseThrow();
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }
}
