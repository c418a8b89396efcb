package dev.resync.run;

import dev.resync.pace.Hold;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;

/**
 * What the {@code runs} collection says of the pace of a run. It belongs to the run rather than to an epoch of it. A hold and the
 * beginning of the cut-over exclude each other: each is a compare-and-set on the other one.
 */
public final class PaceStore {

    private static final Set<RunState> BEFORE_CUT_OVER =
            EnumSet.of(RunState.PENDING, RunState.OPEN, RunState.SUSPENDED, RunState.RESUMING);

    private final RunStore runs;

    public PaceStore(RunStore runs) {
        this.runs = runs;
    }

    /**
     * Holds a run that has not begun its cut-over, unless it is held already.
     *
     * @return the run as changed; empty where it was not
     */
    public Optional<Run> hold(String id, Hold hold) {
        BsonDocument filter =
                in(id, BEFORE_CUT_OVER).append("cutOverAt", BsonNull.VALUE).append("pace.held", BsonNull.VALUE);
        return runs.changeWhere(filter, RunUpdate.set("pace.held", hold));
    }

    /**
     * Takes the hold off a run, unless it is closed or not held.
     *
     * @return the run as changed; empty where it was not
     */
    public Optional<Run> release(String id) {
        BsonDocument filter = in(id, EnumSet.complementOf(EnumSet.of(RunState.CLOSED)))
                .append("pace.held", new BsonDocument("$ne", BsonNull.VALUE));
        return runs.changeWhere(filter, RunUpdate.set("pace.held", null));
    }

    /**
     * Sets limits of a run that is not closed.
     *
     * @param limits by field of the pace; null for no limit
     * @return the run as changed; empty where it was not
     */
    public Optional<Run> limit(String id, Map<String, Integer> limits) {
        List<Object> fields = new ArrayList<>();
        limits.forEach((field, limit) -> {
            fields.add("pace." + field);
            fields.add(limit);
        });
        return runs.changeWhere(
                in(id, EnumSet.complementOf(EnumSet.of(RunState.CLOSED))), RunUpdate.set(fields.toArray()));
    }

    private static BsonDocument in(String id, Collection<RunState> states) {
        List<String> names = states.stream().map(Enum::name).toList();
        return new BsonDocument("_id", new BsonString(id))
                .append("state", new BsonDocument("$in", ControlJson.strings(names)));
    }
}
