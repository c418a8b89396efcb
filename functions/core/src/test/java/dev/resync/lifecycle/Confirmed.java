package dev.resync.lifecycle;

import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Confirmation;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Dry runs of the past, each with a confirmation for one real run. */
final class Confirmed {

    private static final int COUNT = 6;

    private final List<String> tokens = new ArrayList<>();
    private final List<String> runIds = new ArrayList<>();
    private int used;

    Confirmed(RunFixture fixture) {
        RunDriver dryRun = fixture.admit(fixture.request("DRY_RUN"));
        dryRun.closed(ExecutionStatus.ABORTED);
        BsonDocument first = fixture.control("runs")
                .find(new BsonDocument("_id", new BsonString(dryRun.runId())))
                .first();
        for (int i = 0; i < COUNT; i++) {
            String id = dryRun.runId() + i;
            String token = id + ".token";
            Confirmation confirmation =
                    new Confirmation(token, fixture.clock().instant().plus(Duration.ofDays(1000)), null);
            BsonDocument copy = first.clone();
            copy.put("_id", new BsonString(id));
            copy.put("shortId", new BsonString("confirmed" + i));
            copy.put("startedBy", new BsonString(id));
            copy.put("execution", new BsonString(id));
            copy.put(
                    "confirm",
                    RunUpdate.set("confirm", confirmation).getDocument("$set").get("confirm"));
            fixture.control("runs").insertOne(copy);
            tokens.add(token);
            runIds.add(id);
        }
        fixture.control("runs").deleteOne(new BsonDocument("_id", new BsonString(dryRun.runId())));
    }

    /** Returns a token that was not returned before, as long as there are any. */
    Optional<String> next() {
        return used == COUNT ? Optional.empty() : Optional.of(tokens.get(used++));
    }

    boolean isOne(Run run) {
        return runIds.contains(run.id());
    }
}
