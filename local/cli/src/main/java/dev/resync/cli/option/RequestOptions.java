package dev.resync.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import picocli.CommandLine.Option;

/** What everybody says who puts chunks to work: where, who, why and how much at once. */
public final class RequestOptions extends RequesterOptions {

    @Option(
            names = "--chunk-documents",
            paramLabel = "N",
            description =
                    "Documents of each collection that a chunk is planned for, 1 to 1,000,000 (default: the plan's).")
    private Integer chunkDocuments;

    @Option(names = "--concurrency", paramLabel = "N", description = "Chunks at once, 1 to 1,000 (default: 4).")
    private Integer concurrency;

    @Override
    public Environment environment() {
        return environment(concurrency);
    }

    @Override
    public ObjectNode request() {
        ObjectNode request = super.request();
        if (chunkDocuments != null) {
            request.put("chunkDocuments", chunkDocuments);
        }
        return concurrency == null ? request : request.put("concurrency", concurrency);
    }

    /** Returns environment and sizes as typed, for a command that is shown. */
    @Override
    public String shown() {
        return super.shown()
                + (chunkDocuments == null ? "" : " --chunk-documents " + chunkDocuments)
                + (concurrency == null ? "" : " --concurrency " + concurrency);
    }
}
