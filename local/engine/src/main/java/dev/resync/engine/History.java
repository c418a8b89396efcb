package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of one execution. Written by its strand, read by anyone. */
final class History {
    private final List<HistoryEvent> events = new ArrayList<>(8);

    synchronized long add(long previousEventId, Instant timestamp, HistoryEventType type, JsonNode details) {
        long id = events.size() + 1L;
        events.add(new HistoryEvent(id, previousEventId, timestamp, type, details));
        return id;
    }

    synchronized int size() {
        return events.size();
    }

    synchronized List<HistoryEvent> copy() {
        return List.copyOf(events);
    }
}
