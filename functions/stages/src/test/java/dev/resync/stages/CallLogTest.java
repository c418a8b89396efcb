package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.error.RunClosed;
import dev.resync.stage.Stages;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The line that ends every call, as the deployed function writes it, and the figures beside it. */
@QuarkusTest
@TestProfile(CallLogTest.Deployment.class)
class CallLogTest {

    private static final Logger CALLS = Logger.getLogger("dev.resync.call");

    @Inject
    Stages stages;

    @Inject
    Database database;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(deployed().format(record));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private String execution;
    private String run;

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("sync-chunk");
        }
    }

    @BeforeEach
    void listen(TestInfo test) {
        execution = test.getTestMethod().orElseThrow().getName();
        Doctors.seed(database.client());
        run = stages.call("admit", Requests.admit(Requests.dryRun(), execution))
                .path("runId")
                .asText();
        stages.call("plan-chunks", Requests.run(run, 1));
        CALLS.addHandler(handler);
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        System.setOut(out);
        CALLS.removeHandler(handler);
        stages.call(
                "close-run", JsonNodeFactory.instance.objectNode().put("execution", Requests.EXECUTION + execution));
    }

    @Test
    void aCallSaysInOneLineWhatCameOfItAndNothingOfTheDocuments() {
        Event.answer(Requests.chunk(run, 1, 0));

        assertThat(lines).hasSize(1);
        JsonNode line = Event.json(lines.get(0));
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("message").asText()).isEqualTo("sync-chunk: answered");
        JsonNode call = line.path("mdc");
        assertThat(call.path("function").asText()).isEqualTo("sync-chunk");
        assertThat(call.path("environment").asText()).isEqualTo("test");
        assertThat(call.path("run").asText()).isEqualTo(run);
        assertThat(call.path("epoch").asText()).isEqualTo("1");
        assertThat(call.path("chunk").asText()).isEqualTo("0");
        assertThat(call.path("outcome").asText()).isEqualTo("answered");
        assertThat(call.path("awsRequestId").asText()).isNotEmpty();
        assertThat(call.path("milliseconds").asText()).matches("\\d+");
        assertThat(call.path("Documents").asText()).isEqualTo("6.0");
        assertThat(said()).doesNotContain("Nightingale", "mongodb://", "1000001");
        assertThat(figures("Documents").path("Function").asText()).isEqualTo("sync-chunk");
    }

    @Test
    void aRefusedCallSaysItsErrorByName() {
        Event.error(Requests.chunk(run, 99, 0));

        JsonNode call = Event.json(lines.get(0)).path("mdc");
        assertThat(call.path("outcome").asText()).isEqualTo(RunClosed.class.getName());
        JsonNode errors = figures("Errors");
        assertThat(errors.path("Errors").doubleValue()).isEqualTo(1);
        assertThat(errors.path("outcome").asText()).isEqualTo(RunClosed.class.getName());
        assertThat(errors.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[\"Environment\",\"Function\"]]");
    }

    private String said() {
        return lines + written.toString(StandardCharsets.UTF_8);
    }

    private JsonNode figures(String metric) {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("\"_aws\"") && line.contains("\"" + metric + "\":"))
                .map(Event::json)
                .findFirst()
                .orElseThrow(() -> new AssertionError(written.toString(StandardCharsets.UTF_8)));
    }

    /** How the application writes to its log. */
    private static Formatter deployed() {
        return List.of(InitialConfigurator.DELAYED_HANDLER.getHandlers()).stream()
                .map(Handler::getFormatter)
                .findFirst()
                .orElseThrow();
    }
}
