package dev.resync.engine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** All executions that the engine knows. Forgets the oldest closed ones, with their children, beyond a limit. */
final class Executions {
    private final Map<String, Execution> byArn = new ConcurrentHashMap<>();
    private final Map<String, MapRunRecord> mapRuns = new ConcurrentHashMap<>();
    private final Deque<Execution> roots = new ArrayDeque<>();
    private final AtomicLong started = new AtomicLong();
    private final int most;

    Executions(int most) {
        this.most = most;
    }

    /** @return the execution that has the ARN already, or null if the given one has been added */
    Execution addRoot(Execution execution) {
        synchronized (roots) {
            Execution known = byArn.putIfAbsent(execution.arn(), execution);
            if (known == null) {
                roots.add(execution);
                forgetOldest();
            }
            return known;
        }
    }

    /** Grows with each execution, to order those that began in the same millisecond. */
    long nextSequence() {
        return started.incrementAndGet();
    }

    void addChild(Execution child) {
        byArn.put(child.arn(), child);
    }

    void addMapRun(MapRunRecord mapRun) {
        mapRuns.put(mapRun.arn(), mapRun);
    }

    /** Null if unknown. */
    MapRunRecord findMapRun(String arn) {
        return mapRuns.get(arn);
    }

    List<MapRunRecord> mapRunsOf(Execution execution) {
        return mapRuns.values().stream()
                .filter(mapRun -> mapRun.execution() == execution)
                .toList();
    }

    /** Null if unknown. */
    Execution find(String arn) {
        return byArn.get(arn);
    }

    List<Execution> ofMachine(String stateMachineArn) {
        return newestFirst(execution -> execution.stateMachineArn().equals(stateMachineArn));
    }

    List<Execution> ofMapRun(String mapRunArn) {
        return newestFirst(execution -> mapRunArn.equals(execution.description().mapRunArn()));
    }

    private List<Execution> newestFirst(Predicate<Execution> wanted) {
        return byArn.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Execution::sequence).reversed())
                .toList();
    }

    List<Execution> roots() {
        synchronized (roots) {
            return List.copyOf(roots);
        }
    }

    private void forgetOldest() {
        Iterator<Execution> oldestFirst = roots.iterator();
        while (byArn.size() > most && oldestFirst.hasNext()) {
            Execution root = oldestFirst.next();
            if (!root.isRunning()) {
                oldestFirst.remove();
                byArn.values().removeIf(execution -> execution.root() == root);
                mapRuns.values().removeIf(mapRun -> mapRun.execution().root() == root);
            }
        }
    }
}
