package dev.resync.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.serve.ServedApi.Answer;
import dev.resync.stage.Stages;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Looking: what it asks of the database, counted command by command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminLooksTest {

    private static final Set<String> READS = Set.of("find", "aggregate", "count", "listCollections", "getMore", "ping");

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicLong documents = new AtomicLong();
    private final TestServer server = new TestServer();
    private final MongoClient counted = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.uri()))
            .addCommandListener(new Counting())
            .build());
    private final ServedApi api =
            new ServedApi(server, executions -> executions, context -> ServedApi.on(new MongoStore(counted), context));
    private String closed;

    private final class Counting implements CommandListener {

        @Override
        public void commandStarted(CommandStartedEvent event) {
            commands.add(event.getCommandName());
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            BsonDocument cursor = event.getResponse().getDocument("cursor", new BsonDocument());
            for (String batch : List.of("firstBatch", "nextBatch")) {
                documents.addAndGet(
                        cursor.containsKey(batch) ? cursor.getArray(batch).size() : 0);
            }
        }
    }

    @BeforeAll
    void aRunThatHasEnded() {
        closed = api.start(ServedApi.dryRun());
        api.ended(closed);
    }

    @AfterAll
    void tearDown() {
        api.close();
        counted.close();
    }

    @Test
    void noLookWrites() {
        List<String> paths = new ArrayList<>();
        api.contract().operations().stream()
                .filter(each -> each.method().equals("GET"))
                .forEach(each -> paths.addAll(List.of(
                        each.template().replace("{file}", "index.html").replace("{id}", closed),
                        each.template().replace("{file}", "none").replace("{id}", "none"))));
        String open = open();
        api.contract().operations().stream()
                .filter(each -> each.method().equals("GET") && each.template().startsWith("/runs/"))
                .forEach(each -> paths.add(each.template().replace("{id}", open)));
        paths.add("/runs?limit=1");
        paths.add("/runs?after=" + closed);
        commands.clear();
        paths.forEach(api::get);
        assertThat(commands).as("commands of %d calls", paths.size()).hasSizeGreaterThan(20);
        assertThat(Set.copyOf(commands)).isSubsetOf(READS);
    }

    /** A run that holds its locks and on which nothing works. */
    private String open() {
        ObjectNode event = ControlJson.mapper().createObjectNode().put("execution", "arn:open");
        event.putArray("accepts").add("DRY_RUN");
        event.put("startedAt", "2026-06-15T09:00:00Z");
        event.set("request", ServedApi.dryRun().put("via", "console").put("requestedBy", "ada"));
        return new Stages(api.platform.context())
                .call("admit", event)
                .path("runId")
                .asText();
    }

    @Test
    void aChangeIsCountedAsOne() {
        commands.clear();
        api.post("/runs/" + closed + "/hold", ServedApi.change());
        assertThat(commands).as("the refusal goes on record").contains("insert");
    }

    @Test
    void aPageOfRunsReadsNoMoreThanIsShown() {
        int runs = 1_000;
        BsonDocument one = counted.getDatabase(MongoStore.CONTROL_DATABASE)
                .getCollection("runs", BsonDocument.class)
                .find(new BsonDocument("_id", new BsonString(closed)))
                .first();
        List<BsonDocument> many = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            String time = String.format("2026-01-%02dT%02d:%02d:00Z", 1 + i / 1440, i / 60 % 24, i % 60);
            many.add(one.clone()
                    .append("_id", new BsonString(String.format("r%04d", i)))
                    .append("shortId", new BsonString(String.format("%010d", i)))
                    .append("startedAt", new BsonString(time)));
        }
        counted.getDatabase(MongoStore.CONTROL_DATABASE)
                .getCollection("runs", BsonDocument.class)
                .insertMany(many);
        List<String> listed = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            documents.set(0);
            Answer page = api.get("/runs?limit=100" + after);
            assertThat(documents.get()).as("documents of a page").isLessThanOrEqualTo(103);
            listed.addAll(page.body().path("runs").findValuesAsText("runId"));
            assertThat(page.whole().body()).as("a list without receipts").doesNotContain("\"gates\"");
            after = page.body().hasNonNull("next")
                    ? "&after=" + page.body().path("next").asText()
                    : null;
            pages++;
        } while (after != null);
        assertThat(pages).isEqualTo(11);
        assertThat(listed).hasSizeBetween(runs + 1, runs + 2).doesNotHaveDuplicates();
        assertThat(listed.get(0)).as("newest first").isEqualTo(closed);
        assertThat(listed.subList(1, listed.size())).isSortedAccordingTo(Comparator.reverseOrder());
    }
}
