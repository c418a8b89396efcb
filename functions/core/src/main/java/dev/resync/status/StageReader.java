package dev.resync.status;

import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.StageProgress;
import dev.resync.plan.Apply;
import dev.resync.run.Run;
import dev.resync.run.RunHistory;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import dev.resync.run.StageRecord;
import dev.resync.stage.StageContext;
import dev.resync.status.StageStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out how far the stages of a run are. */
final class StageReader {

    /** Earlier runs that are looked at; their median bears two odd ones. */
    private static final int HISTORY = 5;

    private static final double MILLIS = 1000;
    private static final List<String> REBUILD = List.of("snapshot-chunk", "sync-chunk", "map-chunk", "verify");
    private static final List<String> PUBLISH = List.of("catch-up", "cut-over");
    private static final List<String> BRING_BACK = List.of("snapshot-chunk", "restore-chunk", "verify", "cut-over");
    private static final List<String> COMPARE = List.of("verify");

    private final StageContext context;

    StageReader(StageContext context) {
        this.context = context;
    }

    List<StageStatus> of(Run run, Instant now) {
        Map<String, StageProgress> progress = run.state() == RunState.CLOSED
                ? Map.of()
                : context.chunks().progress(run.id(), run.epoch()).stream()
                        .collect(Collectors.toMap(stage -> stage.stage().function(), Function.identity()));
        boolean open = run.state() != RunState.CLOSED;
        Map<String, Double> usual = open ? usual(run) : Map.of();
        List<StageStatus> stages = new ArrayList<>();
        Instant since = run.startedAt();
        boolean earlierDone = true;
        for (String name : names(run)) {
            StageRecord record = run.stages().get(name);
            boolean again = progress.containsKey(name)
                    && progress.get(name).done() < progress.get(name).chunks();
            if (record != null && !(open && again)) {
                stages.add(done(record, usual.get(name)));
                since = record.endedAt();
            } else if (open) {
                StageProgress chunks = progress.get(name);
                boolean working = earlierDone && run.state().working();
                stages.add(
                        working && (chunks != null || !isChunked(name))
                                ? working(
                                        name, chunks, chunks == null ? since : chunks.startedAt(), now, usual.get(name))
                                : waiting(name, chunks, usual.get(name)));
                earlierDone = false;
            }
        }
        return List.copyOf(stages);
    }

    /** The usual ones of the run's kind, and whatever else it has recorded. */
    private static Set<String> names(Run run) {
        Set<String> names = new LinkedHashSet<>();
        if (run.mode() == RunMode.RESTORE_DRY_RUN) {
            names.addAll(COMPARE);
        } else if (run.mode().fromSnapshot()) {
            names.addAll(BRING_BACK);
        } else {
            names.addAll(REBUILD);
            if (run.mode() == RunMode.EXECUTE) {
                names.addAll(PUBLISH);
            }
        }
        if (names.remove("cut-over")) {
            if (writesInPlace(run)) {
                names.add(ChunkStage.APPLY.function());
            }
            names.add("cut-over");
        }
        if (run.rollback()) {
            // It goes back: what it had still before it will not come.
            names.retainAll(run.stages().keySet());
            names.add("restore-chunk");
            if (writesInPlace(run)) {
                names.add(ChunkStage.APPLY.function());
            }
        }
        names.addAll(run.stages().keySet());
        return names;
    }

    private static boolean writesInPlace(Run run) {
        return run.targetsToReplace().stream()
                .anyMatch(target -> target.apply() == Apply.IN_PLACE && !run.drops(target));
    }

    private static boolean isChunked(String name) {
        for (ChunkStage stage : ChunkStage.values()) {
            if (stage.function().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static StageStatus done(StageRecord record, Double usual) {
        double seconds = seconds(record.startedAt(), record.endedAt());
        return new StageStatus(
                record.name(),
                State.DONE,
                record.chunks(),
                record.chunks(),
                record.documents(),
                record.startedAt(),
                seconds,
                rate(record.documents(), seconds),
                usual,
                0.0);
    }

    private static StageStatus waiting(String name, StageProgress chunks, Double usual) {
        return new StageStatus(
                name, State.WAITING, chunks == null ? 0 : chunks.chunks(), 0, 0, null, null, null, usual, usual);
    }

    private static StageStatus working(String name, StageProgress chunks, Instant since, Instant now, Double usual) {
        Double seconds = since == null ? null : seconds(since, now);
        Double byEarlier = usual == null ? null : Math.max(0, usual - (seconds == null ? 0 : seconds));
        if (chunks == null) {
            return new StageStatus(name, State.WORKING, 0, 0, 0, since, seconds, null, usual, byEarlier);
        }
        Double byPace = seconds == null || chunks.done() == 0 ? null : seconds * (1 / share(chunks) - 1);
        return new StageStatus(
                name,
                State.WORKING,
                chunks.chunks(),
                chunks.done(),
                chunks.documents(),
                since,
                seconds,
                seconds == null ? null : rate(chunks.documents(), seconds),
                usual,
                byPace == null ? byEarlier : byPace);
    }

    /** Of the documents where chunks at work tell of theirs, taking the chunks to come for as large as those that are done. */
    private static double share(StageProgress chunks) {
        double byChunks = (double) chunks.done() / chunks.chunks();
        return chunks.doneDocuments() == 0
                ? byChunks
                : Math.min(1, Math.max(byChunks, byChunks * chunks.documents() / chunks.doneDocuments()));
    }

    private static Double rate(long documents, double seconds) {
        return documents == 0 || seconds == 0 ? null : documents / seconds;
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / MILLIS);
    }

    private Map<String, Double> usual(Run run) {
        Map<String, Double> usual = new RunHistory(context.store())
                .stagesBefore(run, HISTORY).stream()
                        .flatMap(stages -> stages.values().stream())
                        .collect(Collectors.groupingBy(
                                StageRecord::name,
                                Collectors.collectingAndThen(
                                        Collectors.mapping(
                                                stage -> seconds(stage.startedAt(), stage.endedAt()),
                                                Collectors.toList()),
                                        StageReader::median)));
        if (usual.containsKey("cut-over")) {
            // Not recorded where the plan has nothing by which to catch up.
            usual.putIfAbsent("catch-up", 0.0);
        }
        return usual;
    }

    private static double median(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
