package dev.resync.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.demo.DemoResult.Check;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.output.ReceiptText;
import dev.resync.cli.progress.Progress;
import dev.resync.cli.reader.LiveViews;
import dev.resync.cli.reader.ReaderProbe;
import dev.resync.cli.run.Session;
import dev.resync.cli.run.Shown;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.hash.ContentHash;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.verify.FieldPresence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Plays the four acts of the demo. Each act says what it promises, and checks it against the database itself. */
final class Demo implements AutoCloseable {

    /** Where the demo plays; shown in front of all its lines. */
    static final Environment ENVIRONMENT = LocalEnvironment.of("local", Colour.GREEN, 4);

    private static final int FIELDS_SHOWN = 5;
    private static final int READER_RESTS = 3;
    private static final List<MongoNamespace> LIVE = RevalidationCollection.targets().stream()
            .map(target -> new MongoNamespace(RevalidationData.DATABASE, target.collectionName()))
            .toList();

    private final String uri;
    private final MongoClient client;
    private final LiveViews views;
    private final Session session;
    private final RevalidationData data;
    private final Consumer<String> out;
    private final AtomicReference<FunctionCalls> calls = new AtomicReference<>(FunctionCalls.PLAIN);
    private final List<JsonNode> receipts = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    Demo(String uri, Path plans, Shown shown, int doctors, long seed, Progress progress, Consumer<String> out) {
        this.uri = uri;
        this.out = out;
        data = new RevalidationData(doctors, seed, RevalidationData.AS_OF);
        client = MongoClients.create(uri);
        views = new LiveViews(client, LIVE, MongoStore.BATCH);
        session = new Session(
                // An interrupt ends the database's process as well: then nothing is to be waited for.
                MongoClients.create(uri + "/?serverSelectionTimeoutMS=3000"),
                ENVIRONMENT,
                new PlanDirectory(plans, new PlanReader()),
                shown,
                progress,
                PlatformHooks.NONE.withCalls(
                        (function, payload, call) -> calls.get().around(function, payload, call)));
    }

    DemoResult play() {
        session.say(String.format("seeding sources and an older live view of %,d doctors", data.doctors()));
        new Seeding(client).load(data);
        Map<String, ContentHash> old = views.hashes();
        try (ReaderProbe reader = new ReaderProbe(uri, LIVE, MongoStore.BATCH, READER_RESTS)) {
            return play(old, reader);
        }
    }

    private DemoResult play(Map<String, ContentHash> old, ReaderProbe reader) {
        Run dryRun = act("1. Dry run", resync(request("DRY_RUN")));
        difference(dryRun);
        check("a dry run ends UNTOUCHED", "UNTOUCHED", ending(dryRun));
        check("a dry run leaves live as it was", old, views.hashes());

        Run real = act("2. Real run", resync(confirmed(dryRun)));
        Map<String, ContentHash> published = views.hashes();
        check("a real run ends CUT_OVER", "CUT_OVER", ending(real));
        check("live is what was verified", shadows(real), published);

        MidMapStop midMap = new MidMapStop(runId ->
                session.platform().stop(session.context().runs().require(runId).execution(), "the demo"));
        Run stopped =
                act("3. Real run after the sources changed, stopped in the middle of MapChunks", stoppedRun(midMap));
        check("a function in flight is refused after the close", true, midMap.lateFunctionWasRefused());
        check("a stopped run ends UNTOUCHED", "UNTOUCHED", ending(stopped));
        check("a stopped run leaves live as it was", published, views.hashes());

        Run restored = act("4. Restore of the snapshot that the real run took", restore(real));
        check("a restore ends RESTORED", "RESTORED", ending(restored));
        check("live is the older view again", old, views.hashes());

        Map<String, Map<String, ContentHash>> states = new LinkedHashMap<>();
        states.put("old", old);
        states.put("new", published);
        ReaderProbe.Account account = reader.finish(states);
        out.accept("");
        out.accept(String.format(
                "Reader: %,d complete reads of the live views during all this, %,d begun again, %s",
                account.reads(), account.reopened(), account.views()));
        check("every read saw the old view or the new one, whole", 0L, account.others());
        check("the reader was at work", true, account.reads() > 0);
        check("no read failed", List.of(), account.errors());
        return new DemoResult(receipts, account, checks);
    }

    private Run resync(ObjectNode request) {
        return session.follow(session.platform().startResync(null, request)).run();
    }

    private Run restore(Run run) {
        ObjectNode request = request("RESTORE").put("snapshot", run.snapshot());
        request.remove("plan");
        return session.follow(session.platform().startRestore(null, request)).run();
    }

    /** The function in flight goes on after the close, and must not be able to do anything. */
    private Run stoppedRun(MidMapStop midMap) {
        new Seeding(client).advance(data.inGeneration(2));
        Run dryRun = resync(request("DRY_RUN"));
        calls.set(midMap);
        Run stopped = resync(confirmed(dryRun));
        midMap.letGoOn();
        calls.set(FunctionCalls.PLAIN);
        return stopped;
    }

    private Run act(String title, Run run) {
        if (run.receipt() == null) {
            throw new IllegalStateException(
                    "run " + run.id() + " is " + run.state() + " and has no receipt: " + run.error());
        }
        receipts.add(run.receipt());
        out.accept("");
        out.accept(title);
        ReceiptText.of(run.receipt()).forEach(out);
        return run;
    }

    /** The fields that the new view fills more or less often than live does, those that differ most first. */
    private void difference(Run dryRun) {
        dryRun.verdict().targets().stream()
                .flatMap(target -> target.fields().stream())
                .filter(field -> field.liveValues() != field.shadowValues())
                .sorted(Comparator.comparingDouble(Demo::shareOfChange).reversed())
                .limit(FIELDS_SHOWN)
                .forEach(field -> out.accept(String.format(
                        "  differs %-45s %,9d values in live, %,9d in the new view",
                        field.field(), field.liveValues(), field.shadowValues())));
    }

    private static double shareOfChange(FieldPresence field) {
        double before = Math.max(1, field.liveValues());
        return Math.abs(field.shadowValues() - field.liveValues()) / before;
    }

    /** The embedded server scans a whole collection for each range, so that few large chunks suit it. */
    private ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", ENVIRONMENT.name())
                .put("plan", "revalidation")
                .put("mode", mode)
                .put("requestedBy", "demo")
                .put("reason", "to show what a run does")
                .put("chunkDocuments", Math.max(1, data.doctors() / 2));
    }

    private ObjectNode confirmed(Run dryRun) {
        return request("EXECUTE").put("confirm", dryRun.confirm().token());
    }

    private static Map<String, ContentHash> shadows(Run run) {
        return run.verdict() == null ? Map.of() : new TreeMap<>(run.verdict().shadows());
    }

    private static String ending(Run run) {
        return String.valueOf(run.ending());
    }

    private void check(String promise, Object expected, Object found) {
        boolean held = expected.equals(found);
        checks.add(new Check(promise, expected.toString(), found.toString(), held));
        out.accept((held ? "  kept    " : "  BROKEN  ") + promise);
    }

    @Override
    public void close() {
        session.close();
        client.close();
    }
}
