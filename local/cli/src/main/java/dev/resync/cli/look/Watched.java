package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.option.ShownEnvironment;
import dev.resync.cli.output.Output;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.progress.ProgressStyle;
import java.time.Duration;

/** How commands show what goes on. */
final class Watched {

    /** Between two looks: an API function of its own answers each, and a database reads a few documents. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private Watched() {}

    /** Returns where the progress of a run is shown, with its environment in front of every line. */
    static Progress progress(JsonNode status, Output output) {
        return ProgressStyle.of(
                ShownEnvironment.of(
                        status.path("environment").asText(),
                        status.path("kind").asText(),
                        status.path("colour").asText()),
                output.json());
    }
}
