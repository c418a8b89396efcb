package dev.resync.bench.simulation;

import dev.resync.engine.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** Counts in the histories of executions what quotas and prices ask for. */
final class HistoryCount {

    private final Payloads payloads;
    private final List<Long> maps = new ArrayList<>();
    private long events;
    private long entered;
    private long retries;

    HistoryCount(Payloads payloads) {
        this.payloads = payloads;
    }

    /**
     * Counts one history.
     *
     * @return the attempts after the first, of all its states together
     */
    long count(List<HistoryEvent> history) {
        String state = "the execution";
        long scheduled = 0;
        long tasks = 0;
        for (HistoryEvent event : history) {
            String type = event.type().awsName();
            if (type.endsWith("StateEntered")) {
                entered++;
                state = event.details().path("name").asText();
                tasks += type.startsWith("Task") ? 1 : 0;
            } else if (type.equals("TaskScheduled")) {
                scheduled++;
            } else if (type.equals("MapStateStarted")) {
                long items = event.details().get("length").asLong();
                maps.add(items);
                payloads.take(indexes(items), "items of " + state);
            }
            payloads.look(event, state);
        }
        events += history.size();
        retries += scheduled - tasks;
        return scheduled - tasks;
    }

    /** Length of [0,1,…], which the maps have as their items. */
    private static long indexes(long items) {
        long bytes = 1 + Math.max(1, items);
        for (long index = 0; index < items; index++) {
            bytes += Long.toString(index).length();
        }
        return bytes;
    }

    /** Returns the number of items of each map, in the order in which they were started. */
    List<Long> maps() {
        return maps;
    }

    long events() {
        return events;
    }

    long entered() {
        return entered;
    }

    long retries() {
        return retries;
    }
}
