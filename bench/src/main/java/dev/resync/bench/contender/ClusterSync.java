package dev.resync.bench.contender;

import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import java.util.Optional;

/** {@code mongosync}, which copies a whole cluster to another one: named so that nobody misses it. */
public final class ClusterSync implements Contender {

    @Override
    public String name() {
        return "mongosync";
    }

    @Override
    public Optional<String> skipped() {
        return Optional.of("it copies between two clusters, and here is one server; driver-copy stands in its place");
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        throw new UnsupportedOperationException(name() + " is skipped");
    }
}
