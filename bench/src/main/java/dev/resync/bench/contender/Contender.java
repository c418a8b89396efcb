package dev.resync.bench.contender;

import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import java.util.Optional;

/** One way to do the work, or a part of it. Leaves the sources and the live views as it found them. */
public interface Contender {

    /** Returns the name of its row, or of the tool. */
    String name();

    /** Returns why it cannot be measured on this machine; empty where it can. */
    default Optional<String> skipped() {
        return Optional.empty();
    }

    /** Returns whether it asks for ranges of keys, which cost the embedded server a scan each. */
    default boolean readsRanges() {
        return false;
    }

    /**
     * Does the work once, prepares and checks it outside of what is measured.
     *
     * @throws dev.resync.bench.data.OutputDiffers where other documents came of it than of the others
     */
    void run(Ground ground, Link link, Recorder recorder);
}
