package dev.resync.cli.plan;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.estimate.Estimate;
import dev.resync.estimate.Estimator;
import dev.resync.estimate.Prices;
import dev.resync.estimate.Sizing;
import dev.resync.estimate.Throughput;
import dev.resync.plan.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Works out what a run on AWS would come to; needs neither AWS nor a database. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        description = {
            "Works out what a run of a plan on AWS would come to: chunks, transitions, calls, GB-seconds, time, load of the",
            "database, and how near it comes to quotas, with what to set instead. See docs/cost-and-scale.md."
        })
public final class EstimateCommand implements Callable<Integer> {

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            required = true,
            description = "The plan, a JSON document. Required.")
    private Path file;

    @Option(
            names = "--documents",
            paramLabel = "N",
            required = true,
            description = "Documents of each target, and of each source unless said otherwise. Required.")
    private long documents;

    @Option(
            names = "--source",
            paramLabel = "NAME=N",
            description = "Documents of a source that has another number; may be repeated.")
    private Map<String, Long> sources = new LinkedHashMap<>();

    @Option(
            names = "--document-bytes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Average size of a document (default: ${DEFAULT-VALUE}).")
    private int documentBytes;

    @Option(
            names = "--chunk-documents",
            paramLabel = "N",
            description = "Documents of each collection that a chunk is planned for (default: the plan's).")
    private Integer chunkDocuments;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "10",
            description = "Chunks at once, 1 to 1,000 (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--documents-per-second",
            paramLabel = "N",
            description =
                    "What one call of a chunk's function gets done (default: as measured, see docs/cost-and-scale.md).")
    private Double documentsPerSecond;

    @Option(
            names = "--seal-documents-per-second",
            paramLabel = "N",
            description = "What a seal proves by hash (default: as measured).")
    private Double sealDocumentsPerSecond;

    @Option(
            names = "--verify-documents-per-second",
            paramLabel = "N",
            description = "What verify compares (default: as measured).")
    private Double verifyDocumentsPerSecond;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            defaultValue = "1769",
            description = "Memory of the functions (default: ${DEFAULT-VALUE}, one processor).")
    private int memory;

    @Option(
            names = "--call-seconds",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "What a call costs besides its work (default: ${DEFAULT-VALUE}, assumed).")
    private double callSeconds;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Members of the database's replica set (default: ${DEFAULT-VALUE}).")
    private int hosts;

    @Option(names = "--dry-run", description = "Estimate a dry run (default: a real run).")
    private boolean dryRun;

    @ArgGroup(exclusive = false, heading = "Prices of your region, all three or none, in any currency:%n")
    private GivenPrices prices;

    @Mixin
    private Output output;

    private static final class GivenPrices {

        @Option(
                names = "--price-per-million-transitions",
                paramLabel = "P",
                required = true,
                description = "From \"AWS Step Functions pricing\", Standard workflows.")
        private double millionTransitions;

        @Option(
                names = "--price-per-gigabyte-second",
                paramLabel = "P",
                required = true,
                description = "From \"AWS Lambda pricing\", for the architecture that is deployed.")
        private double gigabyteSecond;

        @Option(
                names = "--price-per-million-requests",
                paramLabel = "P",
                required = true,
                description = "From \"AWS Lambda pricing\".")
        private double millionRequests;
    }

    @Override
    public Integer call() {
        Plan plan = PlanDocument.read(file).plan();
        Throughput throughput = Throughput.MEASURED;
        if (documentsPerSecond != null) {
            throughput = throughput.withChunks(documentsPerSecond);
        }
        if (sealDocumentsPerSecond != null) {
            throughput = throughput.withSeal(sealDocumentsPerSecond);
        }
        if (verifyDocumentsPerSecond != null) {
            throughput = throughput.withVerify(verifyDocumentsPerSecond);
        }
        Sizing sizing = new Sizing(
                plan,
                dryRun,
                documents,
                sources,
                documentBytes,
                chunkDocuments == null ? plan.chunkDocuments() : chunkDocuments,
                concurrency,
                throughput,
                memory,
                callSeconds,
                hosts);
        Estimate estimate = Estimator.estimate(
                sizing,
                prices == null
                        ? null
                        : new Prices(prices.millionTransitions, prices.gigabyteSecond, prices.millionRequests));
        if (output.json()) {
            output.print(estimate);
        } else {
            output.print(EstimateText.of(estimate));
        }
        return ExitCode.DONE.code();
    }
}
