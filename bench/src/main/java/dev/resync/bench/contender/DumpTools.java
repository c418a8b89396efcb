package dev.resync.bench.contender;

import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.plan.TargetPlan;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code mongodump} into {@code mongorestore}, through a pipe, where the machine has them. */
public final class DumpTools implements Contender {

    public static final String NAME = "mongodump-mongorestore";

    private static final String DUMP = "mongodump";
    private static final String RESTORE = "mongorestore";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> skipped() {
        List<String> missing =
                Stream.of(DUMP, RESTORE).filter(tool -> !onPath(tool)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" and ", missing) + " not on the path; driver-copy stands in its place");
    }

    private static boolean onPath(String tool) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.clean(ground::copy, false);
        recorder.measure(NAME, () -> ground.plan().targets().forEach(target -> copy(ground, link, target)));
        ground.require(NAME, ground::copy, ground.before());
        ground.clean(ground::copy, false);
    }

    private static void copy(Ground ground, Link link, TargetPlan target) {
        ProcessBuilder dump = new ProcessBuilder(
                DUMP,
                "--uri=" + link.uri(),
                "--db=" + target.namespace().getDatabaseName(),
                "--collection=" + target.namespace().getCollectionName(),
                "--archive",
                "--quiet");
        ProcessBuilder restore = new ProcessBuilder(
                RESTORE,
                "--uri=" + link.uri(),
                "--archive",
                "--noIndexRestore",
                "--numInsertionWorkersPerCollection=" + ground.concurrency(),
                "--nsFrom=" + target.namespace().getFullName(),
                "--nsTo=" + ground.copy(target).getFullName(),
                "--quiet");
        restore.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        dump.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            for (Process process : ProcessBuilder.startPipeline(List.of(dump, restore))) {
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(NAME + " failed with exit code " + process.exitValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
