package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.IndexOptions;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.plan.Sensitivity;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole runs over a document that breaks a rule with a word in a sensitive field. The word is in none of what a run leaves
 * for people; the same run without the plan's {@code sensitive} shows it, so that each case is one.
 */
class SensitiveRunTest {

    private static final String WORD = "zq9word";
    private static final String NOTE = "{\"path\": \"note\", \"from\": [\"notes.text\"], \"type\": \"string\"}";

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    /** How a document breaks a rule. */
    private enum Broken {
        WRONG_TYPE("{path: 'x', from: ['people.x'], type: 'objectId', sensitive: true}", "x: 'zq9word'"),
        BAD_NUMBER("{path: 'x', from: ['people.x'], type: 'int', sensitive: true}", "x: 'zq9word'"),
        TOO_LONG("{path: 'x', from: ['people.x'], type: 'int', sensitive: true}", "x: '" + WORD.repeat(500) + "'"),
        BAD_DATE("{path: 'x', from: ['people.x'], type: 'date', sensitive: true}", "x: 'zq9word'"),
        UNKNOWN_ENUM("{path: 'x', from: ['people.x'], enum: ['a'], sensitive: true}", "x: 'zq9word'"),
        EMBEDDED("{path: 'x', from: ['people.x'], type: 'string', sensitive: true}", "x: {zq9word: 1}"),
        ANOTHER_RULE(
                "{path: 'x', from: ['people.x'], sensitive: true}, {path: 'y', from: ['people.x'], type: 'int'}",
                "x: 'zq9word'"),
        ARRAY_ON_PATH(
                "{path: 'x', from: ['people.x.y']}, {path: 'z', from: ['people.x.z'], sensitive: true}",
                "x: [{z: 'zq9word'}]"),
        EXPRESSION_ERROR("{path: 'x', expression: '$number(people.x)', sensitive: true}", "x: 'zq9word'"),
        EXPRESSION_RESULT("{path: 'x', expression: 'people.x', type: 'int', sensitive: true}", "x: 'zq9word'"),
        WILDCARD(
                "{path: 'y', from: ['people.x'], sensitive: true}, {path: 'x', expression: '$error($string(people.*))'}",
                "x: 'zq9word'"),
        SEVERAL_VALUES("{path: 'x', from: ['notes.text'], sensitive: true}", "x: 1") {
            @Override
            void prepare(RunFixture fixture) {
                manyNotes(fixture);
                fixture.insert("notes", "{_id: 'n1', person: 'broken', text: 'zq9word'}");
                fixture.insert("notes", "{_id: 'n2', person: 'broken', text: 'other'}");
            }
        },
        DUPLICATE("{path: 'x', countOf: 'notes'}", "x: 1") {
            @Override
            void prepare(RunFixture fixture) {
                fixture.plans()
                        .deployWith(
                                "\"cardinality\": \"latest\",\n      \"latestBy\": \"at\"",
                                "\"cardinality\": \"many\", \"identity\": \"who\", \"sensitive\": [\"who\"]");
                fixture.insert("notes", "{_id: 'n1', person: 'broken', who: 'zq9word'}");
                fixture.insert("notes", "{_id: 'n2', person: 'broken', who: 'other'}");
            }
        },
        ARRAY_WITH_MORE_ELEMENTS(
                "{path: 'x', from: ['people.x'], type: 'int'}, {path: 'list', each: 'notes', fields:"
                        + " [{path: 'n', from: ['at']}, {path: 's', from: ['secret'], sensitive: true}]}",
                "x: 1, age: 'old'") {
            @Override
            void prepare(RunFixture fixture) {
                manyNotes(fixture);
                fixture.insert("notes", "{_id: 'n1', person: 'p0001', secret: 'zq9word'}");
            }
        },
        ARRAY_IN_ANOTHER_ORDER(
                "{path: 'list', each: 'notes', orderBy: [{field: 'at'}], fields:"
                        + " [{path: 'n', from: ['at']}, {path: 's', from: ['secret'], sensitive: true}]}",
                "age: 'old'") {
            @Override
            void prepare(RunFixture fixture) {
                manyNotes(fixture);
                fixture.insert("people", "{_id: 'moved', name: 'M', age: 1}");
                fixture.insert("notes", "{_id: 'n1', person: 'moved', at: 1, secret: 'zq9word'}");
                fixture.insert("notes", "{_id: 'n2', person: 'moved', at: 2, secret: 'other'}");
                fixture.insert("personView", "{_id: 'moved', list: [{n: 2, s: 'other'}, {n: 1, s: 'zq9word'}]}");
            }
        },
        NO_ARRAY_IN_LIVE(
                "{path: 'list', each: 'notes', fields: [{path: 's', from: ['secret'], sensitive: true}]}",
                "age: 'old'") {
            @Override
            void prepare(RunFixture fixture) {
                manyNotes(fixture);
                fixture.insert("notes", "{_id: 'n1', person: 'p0001', secret: 'other'}");
                fixture.collection("personView")
                        .updateOne(
                                BsonDocument.parse("{_id: 'p0001'}"), BsonDocument.parse("{$set: {list: 'zq9word'}}"));
            }
        },
        ARRAY_OF_LIVE_ON_PATH(
                "{path: 'own.kept', preserve: true}, {path: 'own.x', from: ['people.x'], sensitive: true}", "x: 1") {
            @Override
            void prepare(RunFixture fixture) {
                fixture.insert("personView", "{_id: 'broken', own: [{x: 'zq9word'}]}");
            }
        },
        LATEST_UNCLEAR("{path: 'x', from: ['notes.text']}", "x: 1") {
            @Override
            void prepare(RunFixture fixture) {
                fixture.plans().deployWith("\"latestBy\": \"at\"", "\"latestBy\": \"at\", \"sensitive\": [\"at\"]");
                fixture.insert("notes", "{_id: 'n1', person: 'broken', at: 'zq9word'}");
                fixture.insert("notes", "{_id: 'n2', person: 'broken', at: 5}");
            }
        },
        KEY("{path: 'x', from: ['people.x'], type: 'int'}", "x: 'other'") {
            @Override
            void prepare(RunFixture fixture) {
                fixture.plans()
                        .deployWith(
                                "\"key\": {\"type\": \"string\"}",
                                "\"key\": {\"type\": \"string\", \"sensitive\": true}");
            }

            @Override
            String key() {
                return WORD;
            }
        },
        UNIQUE_INDEX("{path: 'x', from: ['people.x'], sensitive: true}", "x: 'zq9word'") {
            @Override
            void prepare(RunFixture fixture) {
                fixture.collection("personView")
                        .createIndex(
                                BsonDocument.parse("{x: 1}"),
                                new IndexOptions().unique(true).sparse(true));
                fixture.insert("people", "{_id: 'again', name: 'B', age: 1, x: 'zq9word'}");
            }
        },
        CONSUMER_QUERY("{path: 'x', from: ['people.x'], sensitive: true}", "x: 'found'") {
            @Override
            void prepare(RunFixture fixture) {
                fixture.plans().deployWith("\"verdict\": {", """
                        "consumerQueries": [{"name": "mails", "target": "personView", "filter": {"x": "zq9word"}}],
                        "verdict": {""");
            }
        };

        private final String rules;
        private final String fields;

        Broken(String rules, String fields) {
            this.rules = rules;
            this.fields = fields;
        }

        void prepare(RunFixture fixture) {}

        private static void manyNotes(RunFixture fixture) {
            fixture.plans()
                    .deployWith(
                            "\"cardinality\": \"latest\",\n      \"latestBy\": \"at\"", "\"cardinality\": \"many\"");
        }

        String key() {
            return "broken";
        }
    }

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(4);
        fixture.plans().deployWith("\"quarantine\": {\"maxShare\": 0.5}", "\"quarantine\": {\"maxShare\": 0}");
        fixture.plans()
                .deployWith("\"verdict\": {", "\"neverHit\": {\"allow\": [\"personView.note\"]}, \"verdict\": {");
    }

    @ParameterizedTest
    @EnumSource
    void theWordIsNowhere(Broken broken) {
        prepare(broken);
        String left = refusedRun();
        assertThat(left).doesNotContain(WORD);
        if (broken != Broken.UNIQUE_INDEX) {
            assertThat(left).contains(Sensitivity.HIDDEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutThePlansWordItIsSomewhere(Broken broken) {
        prepare(broken);
        fixture.plans().deployWithout(",\\s*\"sensitive\":\\s*(true|\\[[^\\]]*\\])");
        assertThat(refusedRun()).contains(WORD).doesNotContain(Sensitivity.HIDDEN);
    }

    private void prepare(Broken broken) {
        broken.prepare(fixture);
        JsonNode rules = json("[" + broken.rules + "]");
        StringBuilder added = new StringBuilder(NOTE);
        rules.forEach(rule -> added.append(", ").append(rule));
        fixture.plans().deployWith(NOTE, added.toString());
        fixture.insert("people", "{_id: '" + broken.key() + "', name: 'B', age: 1, " + broken.fields + "}");
    }

    private static JsonNode json(String relaxed) {
        return ControlJson.fromBson(BsonDocument.parse("{v: " + relaxed + "}"), JsonNode.class)
                .get("v");
    }

    /** Returns all that a run leaves for people: what it raised, its record and receipt, audit and quarantine. */
    private String refusedRun() {
        StringBuilder all = new StringBuilder();
        RunDriver run = fixture.execute();
        try {
            run.toEnd();
            throw new AssertionError("the run was not refused");
        } catch (RuntimeException refused) {
            StringWriter trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace));
            all.append(trace);
        }
        run.closed(ExecutionStatus.ABORTED);
        assertThat(run.run().receipt()).isNotNull();
        for (String collection : List.of("runs", "audit", "journal", "locks", "snapshots", "differences")) {
            fixture.control(collection).find().forEach(document -> all.append(document.toJson()));
        }
        fixture.control("quarantine").find().forEach(bundle -> {
            // The key must stand where it is the key.
            bundle.remove("_id");
            all.append(bundle.toJson());
        });
        return all.toString();
    }
}
