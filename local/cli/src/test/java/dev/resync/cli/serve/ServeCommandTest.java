package dev.resync.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.Cli;
import dev.resync.cli.local.EmbeddedDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded database as a process, and the files that it loads. */
class ServeCommandTest {

    @TempDir
    private Path folder;

    @Test
    void loadsPlainAndCompressedLinesAndSaysThatItIsReady() throws Exception {
        Path plain = write("plain.jsonl", "{\"_id\": 1, \"n\": {\"$numberLong\": \"5\"}}\n\n{\"_id\": 2}\n");
        Path gzip = folder.resolve("packed.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write("{\"_id\": \"a\"}".getBytes(StandardCharsets.UTF_8));
        }
        Process process = new ProcessBuilder(Cli.process(
                        "serve",
                        "--mongo-port",
                        "0",
                        "--load",
                        "db.plain=" + plain,
                        "--load",
                        "db.packed=" + gzip,
                        "--until-input-ends"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String ready = process.inputReader().readLine();
            assertThat(ready).matches("ready mongodb://127\\.0\\.0\\.1:\\d+");
            try (MongoClient client = MongoClients.create(ready.substring("ready ".length()))) {
                assertThat(client.getDatabase("db")
                                .getCollection("plain", BsonDocument.class)
                                .find())
                        .containsExactly(
                                BsonDocument.parse("{_id: 1}").append("n", new BsonInt64(5)),
                                BsonDocument.parse("{_id: 2}"));
                assertThat(client.getDatabase("db").getCollection("packed").countDocuments())
                        .isEqualTo(1);
            }
            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("ends when its starter is gone")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_id\": 2",
                "{\"_id\": 2}{\"_id\": 3}",
                "{\"_id\": {\"$oid\": \"zz\"}}",
                "{\"_id\": {\"$numberLong\": \"99999999999999999999\"}}",
                "[1]",
                "\"text\""
            })
    void aBrokenLineIsNamed(String line) throws IOException {
        Path broken = write("broken.jsonl", "{\"_id\": 1}\n\n" + line + "\n");
        assertThat(Cli.type("serve", "--mongo-port", "0", "--load", "db.c=" + broken)
                        .failedWith("DocumentsInvalid", 38)
                        .err())
                .contains("Line 3 of " + broken);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(Cli.type("serve", "--mongo-port", "0", "--load", "db.c=" + folder.resolve("none"))
                        .failedWith("DocumentsInvalid", 38)
                        .err())
                .contains("none");
    }

    @Test
    void aDoubledDocumentIsNamed() throws IOException {
        Path doubled = write("doubled.jsonl", "{\"_id\": 1}\n{\"_id\": 1}\n");
        assertThat(Cli.type("serve", "--mongo-port", "0", "--load", "db.c=" + doubled)
                        .failedWith("DocumentsInvalid", 38)
                        .err())
                .contains("Line 2 of " + doubled);
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, "{\"_id\": \"\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Cli.type("serve", "--mongo-port", "0", "--load", "db.c=" + latin)
                        .failedWith("DocumentsInvalid", 38)
                        .err())
                .contains("UTF-8");
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        Cli.type("serve", "--mongo-port", "65536").failedWith("RequestInvalid", 16);
    }

    @Test
    void theStepFunctionsApiNeedsAPortAndAnEnvironment() {
        assertThat(Cli.type("serve", "--mongo-port", "0", "--step-functions-port", "65536", "--environment", "local")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("--step-functions-port is 65536");
        assertThat(Cli.type("serve", "--mongo-port", "0", "--step-functions-port", "0")
                        .failedWith("RequestInvalid", 16)
                        .err())
                .contains("--environment is missing");
    }

    @Test
    void aNamespaceWithoutCollectionIsRefused() {
        Cli.type("serve", "--mongo-port", "0", "--load", "db=" + folder).failedWith("RequestInvalid", 16);
        Cli.type("serve", "--mongo-port", "0", "--load", "d b.c=" + folder).failedWith("RequestInvalid", 16);
    }

    @Test
    void aPortInUseIsNamed() {
        try (EmbeddedDatabase other = new EmbeddedDatabase(0)) {
            String port = other.uri().substring(other.uri().lastIndexOf(':') + 1);
            assertThat(Cli.type("serve", "--mongo-port", port)
                            .failedWith("PortUnavailable", 39)
                            .err())
                    .contains(port);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
