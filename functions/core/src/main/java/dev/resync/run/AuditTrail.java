package dev.resync.run;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.error.ResyncException;
import dev.resync.error.RunUnknown;
import dev.resync.schema.OneLine;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The {@code audit} collection: every request and every decision, refusals included. Only ever added to. */
public final class AuditTrail {

    private final MongoCollection<BsonDocument> audit;
    private final Clock clock;

    public AuditTrail(MongoStore store, Clock clock) {
        this.audit = store.control("audit");
        this.clock = clock;
    }

    /** Creates the indexes for looking things up; does nothing where they exist. */
    public void prepare() {
        audit.createIndex(new BsonDocument("at", new BsonInt32(1)));
        audit.createIndex(new BsonDocument("run", new BsonInt32(1)));
        audit.createIndex(new BsonDocument("from", new BsonInt32(1)));
    }

    /**
     * Adds a record.
     *
     * @param event what happened: {@code ADMITTED}, {@code REFUSED}, {@code PREVIEWED}, {@code CLOSED}, {@code ALARM}, …
     * @param run id of the run; null where there is none
     * @param who as given in the request; null where unknown
     * @param detail for people; never null
     */
    public void add(String event, String run, String who, String detail) {
        add(new Asked(who, null, null, null, null, null), event, run, detail);
    }

    /**
     * Adds a record of a request.
     *
     * @param asked who asked for what
     * @param event what became of it: {@code ADMITTED}, {@code REFUSED}, {@code PREVIEWED}, …
     * @param run id of the run; null where there is none
     * @param answer for people; never null
     */
    public void add(Asked asked, String event, String run, String answer) {
        audit.insertOne(ControlJson.toBson(new Entry(
                clock.instant(),
                event,
                run,
                OneLine.shown(asked.who()),
                asked.authenticatedAs(),
                OneLine.shown(asked.via()),
                asked.from(),
                OneLine.shown(asked.what()),
                OneLine.shown(asked.why()),
                OneLine.shown(answer))));
    }

    /**
     * Makes a decision about a run and puts on record what came of it: the decision, or that it was refused.
     *
     * @param <T> what is decided
     * @param asked who asked for what
     * @param run id of the run, as asked for
     * @param event what the decision is on record as: {@code APPROVED}, {@code HELD}, …
     * @param decision makes it, or raises the error that refuses it
     * @param answer says for people what was decided
     * @return what was decided
     * @throws ResyncException that refused it
     */
    public <T> T decided(Asked asked, String run, String event, Supplier<T> decision, Function<T, String> answer) {
        return decided(() -> asked, run, decision, made -> new Outcome(event, run, answer.apply(made)));
    }

    /**
     * The same where only the decision tells who asked, what came of it, and which run it is about.
     *
     * @param asked who asked for what; looked at when the decision is made or refused
     * @param run id of the run of a refusal; null where there is none
     */
    public <T> T decided(Supplier<Asked> asked, String run, Supplier<T> decision, Function<T, Outcome> outcome) {
        T made;
        try {
            made = decision.get();
        } catch (ResyncException refused) {
            // What somebody typed is no run because of that.
            String refusedRun = refused instanceof RunUnknown ? null : run;
            add(asked.get(), "REFUSED", refusedRun, refused.errorName() + ": " + refused.getMessage());
            throw refused;
        }
        Outcome done = outcome.apply(made);
        add(asked.get(), done.event(), done.run(), done.answer());
        return made;
    }

    /**
     * What came of a request that was not refused.
     *
     * @param event what it is on record as
     * @param run id of the run
     * @param answer for people
     */
    public record Outcome(String event, String run, String answer) {}

    /**
     * Who asked for what, as far as it is known; all may be null.
     *
     * @param who as given, which is a claim
     * @param authenticatedAs who it was, as the admin API authenticated them
     * @param via by which way
     * @param from ARN of the execution, or another place that it came from
     * @param what what was asked for
     * @param why as given
     */
    public record Asked(String who, String authenticatedAs, String via, String from, String what, String why) {}

    /**
     * Adds a record of what can happen once only; does nothing where it is there already.
     *
     * @param subject what it happened to; event and subject name the record
     * @param detail for people; never null
     */
    public void addOnce(String event, String subject, String detail) {
        BsonDocument entry =
                ControlJson.toBson(new Entry(clock.instant(), event, null, null, null, null, null, null, null, detail));
        entry.append("_id", new BsonString(event + ":" + subject));
        try {
            audit.insertOne(entry);
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
        }
    }

    /**
     * Returns the latest records, newest first.
     *
     * @param run id of a run; null for all
     * @param event what happened; null for all
     * @param limit at most so many, 1 or more
     */
    public List<Entry> latest(String run, String event, int limit) {
        BsonDocument filter = new BsonDocument();
        if (run != null) {
            filter.append("run", new BsonString(run));
        }
        if (event != null) {
            filter.append("event", new BsonString(event));
        }
        List<Entry> entries = new ArrayList<>();
        audit.find(filter)
                .sort(new BsonDocument("at", new BsonInt32(-1)))
                .limit(limit)
                .forEach(document -> entries.add(ControlJson.fromBson(document, Entry.class)));
        // As texts, times of one second are in no order.
        entries.sort(Comparator.comparing(Entry::at).reversed());
        return entries;
    }

    /**
     * Returns the latest record of what came from a place.
     *
     * @param from such as the ARN of an execution
     * @param event what happened
     */
    public Optional<Entry> from(String from, String event) {
        BsonDocument filter = new BsonDocument("from", new BsonString(from)).append("event", new BsonString(event));
        return Optional.ofNullable(audit.find(filter)
                        .sort(new BsonDocument("at", new BsonInt32(-1)))
                        .first())
                .map(document -> ControlJson.fromBson(document, Entry.class));
    }

    /** Returns all records, oldest first. */
    public List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        audit.find()
                .sort(new BsonDocument("at", new BsonInt32(1)))
                .forEach(document -> entries.add(ControlJson.fromBson(document, Entry.class)));
        return entries;
    }

    /**
     * One record.
     *
     * @param at when
     * @param event what happened
     * @param run id of the run; null where there is none
     * @param who as given; null where unknown
     * @param authenticatedAs who it was, as the admin API authenticated them; null where nobody did
     * @param via by which way it was asked for; null for what nobody asked for
     * @param from where that came from, such as the ARN of an execution; null where unknown
     * @param what what was asked for; null for what nobody asked for
     * @param why as given; null where unknown
     * @param detail what became of it, for people
     */
    public record Entry(
            Instant at,
            String event,
            String run,
            String who,
            String authenticatedAs,
            String via,
            String from,
            String what,
            String why,
            String detail) {}
}
