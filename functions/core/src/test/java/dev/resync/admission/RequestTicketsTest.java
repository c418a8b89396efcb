package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.RequestInvalid;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.stage.Stages;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ticket is one execution's, which may be called again at any time, and is given in time or not at all. */
class RequestTicketsTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final Duration COUNTS = Duration.ofMinutes(15);

    private RunFixture fixture;
    private RequestTickets tickets;
    private ObjectNode issued;
    private String execution;

    @BeforeEach
    void issue() {
        fixture = new RunFixture(MONGO.client());
        tickets = new RequestTickets(fixture.context());
        issued = tickets.issue(fixture.request("DRY_RUN").put("via", "api"), "arn:ada");
        execution = fixture.newExecution();
    }

    private String redeem(String by) {
        return tickets.redeem(issued, by);
    }

    /** Admission is called again where its answer was lost, and days later where the execution is redriven. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT15M", "PT15M0.001S", "P13D"})
    void theSameExecutionMayGiveItAgain(Duration later) {
        assertThat(redeem(execution)).isEqualTo("arn:ada");
        fixture.clock().pass(later);
        assertThat(redeem(execution)).isEqualTo("arn:ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT15M0.001S"})
    void anotherExecutionMayNot(Duration later) {
        redeem(execution);
        fixture.clock().pass(later);
        assertThatThrownBy(() -> redeem(fixture.newExecution()))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("another execution gave it already");
        assertThat(redeem(execution)).as("it is still the first one's").isEqualTo("arn:ada");
    }

    @Test
    void itCountsForFifteenMinutes() {
        fixture.clock().pass(COUNTS);
        assertThat(redeem(execution)).isEqualTo("arn:ada");
    }

    /** Nor when the execution that was refused is redriven: to be refused is not to have given it. */
    @Test
    void itIsRefusedAfterThatAsOftenAsItIsTried() {
        fixture.clock().pass(COUNTS.plusMillis(1));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> redeem(execution))
                    .as("attempt %d", attempt)
                    .isInstanceOf(RequestInvalid.class)
                    .hasMessageContaining("counts for 15 minutes");
        }
    }

    /** What somebody sends with the ticket of another request must not use that one up. */
    @Test
    void aRequestThatItWasNotIssuedForLeavesItAsItWas() {
        ObjectNode changed = issued.deepCopy().put("reason", "another one");
        assertThatThrownBy(() -> tickets.redeem(changed, fixture.newExecution()))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("issued for another request");
        assertThat(redeem(execution)).isEqualTo("arn:ada");
    }

    /** Between the look at the ticket and its giving. */
    @Test
    void ofTwoExecutionsAtOnceOneMay() {
        AtomicReference<String> first = new AtomicReference<>();
        CommandListener between = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent command) {
                if (command.getCommand().toJson().contains("\"findAndModify\": \"tickets\"") && first.get() == null) {
                    first.set(redeem(execution));
                }
            }
        };
        Stages stages = fixture.stagesOf(MONGO.newClient("", between));
        assertThatThrownBy(() -> stages.call("admit", fixture.admission(issued, fixture.newExecution())))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("another execution gave it already");
        assertThat(first).hasValue("arn:ada");
        assertThat(redeem(execution)).isEqualTo("arn:ada");
    }

    /** As long as an execution may be redriven its ticket is there. */
    @ParameterizedTest
    @CsvSource({"P0D, 1", "P14D, 1", "P30D, 1", "P32D, 0"})
    void reconcileForgetsIt(Duration later, long left) {
        redeem(execution);
        fixture.clock().pass(later);
        fixture.call("reconcile", ControlJson.mapper().createObjectNode());
        assertThat(fixture.control("tickets").countDocuments()).isEqualTo(left);
    }
}
