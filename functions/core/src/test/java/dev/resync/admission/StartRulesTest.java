package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.ScheduledRun;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.GateRefused;
import dev.resync.error.RequestInvalid;
import dev.resync.error.StartRefused;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.AuditTrail;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may start what, by which way, and when. The clock of the fixture says Sunday, 1 March 2026, 08:00 UTC. */
class StartRulesTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    private RunFixture with(String starts, String fields) {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), """
                {"name": "test", "colour": "blue", "kind": "test", "maxConcurrency": 10, "approval": "none",
                  "confirmation": "plan-hash", "dryRun": {"required": false}, "starts": %s %s}
                """.formatted(starts, fields)).filled(20);
        return fixture;
    }

    private ObjectNode execute() {
        return fixture.request("EXECUTE").put("confirm", fixture.planHash());
    }

    @Test
    void aWayThatIsNotNamedIsClosed() {
        with("{\"api\": {\"who\": [\"*\"]}, \"schedule\": {\"who\": [\"*\"]}}", "");
        assertThatThrownBy(() -> fixture.admit(fixture.request("DRY_RUN")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("test (test, blue)")
                .hasMessageContaining("nobody may start by way of the console; open are [schedule, api]")
                .hasMessageContaining("Nothing was read or changed");
    }

    @Test
    void onlyWhoIsNamedMayStart() {
        with("{\"console\": {\"who\": [\"Ada\", \"Grace\"]}}", "");
        assertThat(fixture.admit(fixture.request("DRY_RUN")).run().start().via())
                .hasToString("CONSOLE");
        assertThatThrownBy(() -> fixture.admit(fixture.request("DRY_RUN").put("requestedBy", "Mallory")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Mallory may not start by way of the console");
    }

    @ParameterizedTest
    @CsvSource({"EXECUTE", "RESTORE"})
    void realRunsMustBeAllowed(String mode) {
        with("{\"console\": {\"who\": [\"*\"]}}", "");
        ObjectNode request = mode.equals("EXECUTE") ? execute() : fixture.restoreRequest("RESTORE", "some-snapshot");
        assertThatThrownBy(() -> fixture.admit(request))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("a " + mode + " may not be started by way of the console");
    }

    /** What is resumed is a real run, whatever the request says of itself. */
    @Test
    void resumingARealRunIsOne() {
        with("{\"console\": {\"who\": [\"*\"], \"realRuns\": true}, \"command-line\": {\"who\": [\"*\"]}}", "");
        RunDriver run = fixture.admit(execute()).upTo("verify");
        run.ended(ExecutionStatus.FAILED);
        fixture.close(run.execution(), fixture.newExecution());
        ObjectNode resume = fixture.request("DRY_RUN")
                .put("resume", run.runId())
                .put("from", "MAP")
                .put("via", "command-line");
        resume.remove("plan");
        assertThatThrownBy(() -> fixture.admit(resume))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("a EXECUTE may not be started by way of the command-line");
        assertThat(fixture.admit(resume.put("via", "console")).toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void realRunsKeepToWindowsAndBlackouts() {
        with(
                "{\"console\": {\"who\": [\"*\"], \"realRuns\": true}}",
                ", \"windows\": [{\"from\": \"20:00\", \"to\": \"05:00\"}], \"blackouts\": [{\"from\":"
                        + " \"2026-03-01T20:00\", \"to\": \"2026-03-01T23:00\", \"reason\": \"backup\"}]");
        assertThatThrownBy(() -> fixture.admit(execute()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(
                        "it is 2026-03-01T08:00 UTC, and real runs may start from 20:00 to 05:00 every day");
        fixture.admit(fixture.request("DRY_RUN")).closed(ExecutionStatus.ABORTED);
        fixture.clock().pass(Duration.ofHours(12));
        assertThatThrownBy(() -> fixture.admit(execute()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("blackout until 2026-03-01T23:00 UTC: backup");
        fixture.clock().pass(Duration.ofHours(3));
        assertThat(fixture.admit(execute()).toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void aTicketSaysWhoIsAuthenticated() {
        with("{\"api\": {\"who\": [\"arn:ada\"], \"realRuns\": true}}", "");
        RequestTickets tickets = new RequestTickets(fixture.context());
        ObjectNode issued = tickets.issue(execute().put("via", "api"), "arn:ada");
        Run run = fixture.admit(issued).toEnd();
        assertThat(run.start().authenticatedAs()).isEqualTo("arn:ada");
        AuditTrail.Entry admitted = fixture.context().audit().all().get(0);
        assertThat(admitted.event()).isEqualTo("ADMITTED");
        assertThat(admitted.who()).isEqualTo("Ada");
        assertThat(admitted.authenticatedAs()).isEqualTo("arn:ada");
        assertThat(admitted.via()).isEqualTo("api");
        assertThat(admitted.what()).isEqualTo("EXECUTE people in test");
        assertThat(admitted.why()).isEqualTo("a test");
        assertThat(admitted.from()).startsWith("arn:aws:states");
    }

    @Test
    void nobodyCanMakeOrReuseATicket() {
        with("{\"api\": {\"who\": [\"arn:ada\"], \"realRuns\": true}}", "");
        RequestTickets tickets = new RequestTickets(fixture.context());
        ObjectNode typed = execute().put("via", "api");
        assertThatThrownBy(() -> fixture.admit(typed.deepCopy()))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("ticket is missing");
        assertThatThrownBy(() -> fixture.admit(typed.deepCopy().put("ticket", "0".repeat(32))))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("not one that the admin API issued");
        ObjectNode issued = tickets.issue(typed, "arn:ada");
        assertThatThrownBy(() -> fixture.admit(issued.deepCopy().put("requestedBy", "Mallory")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("issued for another request");
        ObjectNode old = tickets.issue(typed, "arn:ada");
        fixture.clock().pass(Duration.ofMinutes(15).plusMillis(1));
        assertThatThrownBy(() -> fixture.admit(old))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("15 minutes");
        ObjectNode good = tickets.issue(typed, "arn:ada");
        String execution = fixture.newExecution();
        fixture.admit(good, execution);
        fixture.admit(good, execution);
        assertThatThrownBy(() -> fixture.admit(good))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("another execution gave it already");
    }

    @Test
    void whoIsAuthenticatedCountsNotWhoIsNamed() {
        with("{\"api\": {\"who\": [\"Ada\"], \"realRuns\": true}}", "");
        ObjectNode issued =
                new RequestTickets(fixture.context()).issue(execute().put("via", "api"), "arn:mallory");
        assertThatThrownBy(() -> fixture.admit(issued))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("arn:mallory may not");
    }

    private ObjectNode scheduled(String mode, String time) {
        return fixture.request(mode).put("via", "schedule").put("scheduledTime", time);
    }

    private RunFixture scheduling(String limits) {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), """
                {"name": "test", "colour": "blue", "kind": "test", "maxConcurrency": 10, "approval": "none",
                  "starts": {"schedule": {"who": ["*"], "realRuns": true}},
                  "scheduled": [{"plan": "people", "planHash": "%s", "limits": %s,
                    "times": [{"days": ["Sunday"], "at": "08:00"}, {"days": ["Monday"], "at": "08:30"}]}]}
                """.formatted(RunFixture.nextPlanHash(), limits))
                .filled(20);
        return fixture;
    }

    @Test
    void aScheduleMayRunForRealWhatTheProfileLists() {
        scheduling("{\"maxChangeShare\": 1}");
        Run run = fixture.admit(scheduled("EXECUTE", "2026-03-01T08:00:00Z")).toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(run.start().idempotencyKey()).isEqualTo("schedule EXECUTE people 2026-03-01T08:00:00Z");
    }

    @Test
    void itsLimitsAreTheStricterOnes() {
        scheduling("{\"maxChangeShare\": 0.5}");
        RunDriver run = fixture.admit(scheduled("EXECUTE", "2026-03-01T08:00:00Z"));
        assertThatThrownBy(run::toEnd)
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("change of personView")
                .hasMessageContaining("limit 0.5");
        run.closed(ExecutionStatus.ABORTED);
        RunDriver dryRun = fixture.admit(scheduled("DRY_RUN", "2026-03-01T08:01:00Z"));
        assertThat(dryRun.through("verify").run().verdict().passed())
                .as("a dry run is held to the plan's")
                .isTrue();
    }

    @Test
    void aScheduleMayNotRunAnotherVersionOfThePlan() {
        scheduling("{}");
        fixture.plans().deployWith("\"path\": \"label\"", "\"path\": \"title\"");
        assertThatThrownBy(() -> fixture.admit(scheduled("EXECUTE", "2026-03-01T08:00:00Z")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("and a schedule may run the one with hash");
    }

    /** Who says in the console that a schedule asks gets what the schedule would have got, once, or nothing. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T08:30:00Z, PT30M, 08:30 on a Sunday",
        "2026-03-01T08:00:01Z, PT1S, a second late",
        "2026-03-01T07:59:00Z, PT0S, a minute early",
        "2026-03-02T08:00:00Z, PT24H, 08:00 on a Monday"
    })
    void aScheduleRunsForRealAtItsTimesOnly(String time, Duration later, String why) {
        scheduling("{\"maxChangeShare\": 1}");
        fixture.clock().pass(later);
        assertThatThrownBy(() -> fixture.admit(scheduled("EXECUTE", time)))
                .as(why)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("a schedule may run plan people for real at [08:00 SUNDAY, 08:30 MONDAY]");
        fixture.admit(scheduled("DRY_RUN", time)).closed(ExecutionStatus.ABORTED);
    }

    @Test
    void aDryRunOfTheSameTimeIsNotInTheWayOfTheRealOne() {
        scheduling("{\"maxChangeShare\": 1}");
        fixture.admit(scheduled("DRY_RUN", "2026-03-01T08:00:00Z")).closed(ExecutionStatus.ABORTED);
        assertThat(fixture.admit(scheduled("EXECUTE", "2026-03-01T08:00:00Z"))
                        .toEnd()
                        .ending())
                .isEqualTo(Ending.CUT_OVER);
    }

    /** When the clocks go back, half past one comes twice; when they go on, it does not come at all. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:30:00Z, false",
        "2026-10-26T01:30:00Z, true",
        "2026-03-29T01:30:00Z, false",
        "2026-03-28T01:30:00Z, true"
    })
    void aTimeThatComesTwiceCountsOnce(String time, boolean fires) {
        ScheduledRun.Time half = new ScheduledRun.Time(EnumSet.allOf(DayOfWeek.class), LocalTime.of(1, 30));
        ScheduledRun run = new ScheduledRun("people", "", List.of(half), 0, 0, 0);
        assertThat(run.firesAt(Instant.parse(time).atZone(ZoneId.of("Europe/London"))))
                .isEqualTo(fires);
    }

    @Test
    void whoHasATicketIsOnRecordAsWhoTheyAreEvenInTheWrongEnvironment() {
        with("{\"api\": {\"who\": [\"*\"], \"realRuns\": true}}", "");
        ObjectNode meant = execute().put("via", "api").put("environment", "other");
        ObjectNode issued = new RequestTickets(fixture.context()).issue(meant, "arn:ada");
        assertThatThrownBy(() -> fixture.admit(issued)).isInstanceOf(EnvironmentMismatch.class);
        AuditTrail.Entry refused = fixture.context().audit().all().get(0);
        assertThat(refused.event()).isEqualTo("REFUSED");
        assertThat(refused.authenticatedAs()).isEqualTo("arn:ada");
        assertThatThrownBy(() -> fixture.admit(issued.deepCopy().put("requestedBy", "Mallory")))
                .isInstanceOf(EnvironmentMismatch.class);
        assertThat(fixture.context().audit().all().get(1).authenticatedAs())
                .as("with a ticket of another request")
                .isNull();
    }

    @Test
    void theTimesOfAScheduleAreInTheProfilesZone() {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), """
                {"name": "test", "colour": "blue", "kind": "test", "maxConcurrency": 10, "approval": "none",
                  "timeZone": "Asia/Tokyo", "starts": {"schedule": {"who": ["*"], "realRuns": true}},
                  "scheduled": [{"plan": "people", "planHash": "%s", "times": [{"at": "17:00"}]}]}
                """.formatted(RunFixture.nextPlanHash())).filled(20);
        assertThat(fixture.admit(scheduled("EXECUTE", "2026-03-01T08:00:00Z"))
                        .run()
                        .mode())
                .hasToString("EXECUTE");
    }

    @Test
    void everythingElseOnAScheduleIsADryRun() {
        with("{\"schedule\": {\"who\": [\"*\"], \"realRuns\": true}}", "");
        assertThatThrownBy(() -> fixture.admit(scheduled("EXECUTE", "2026-03-01T08:00:00Z")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("plan people may not be run for real by a schedule");
        assertThat(fixture.admit(scheduled("DRY_RUN", "2026-03-01T08:00:00Z"))
                        .run()
                        .mode())
                .hasToString("DRY_RUN");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T06:59:59Z, false",
        "2026-03-01T07:00:00Z, true",
        "2026-03-01T08:01:00Z, true",
        "2026-03-01T08:01:01Z, false"
    })
    void aScheduleIsRefusedLongAfterItsTimeAndBeforeIt(String time, boolean admitted) {
        with("{\"schedule\": {\"who\": [\"*\"]}}", "");
        if (admitted) {
            fixture.admit(scheduled("DRY_RUN", time));
        } else {
            assertThatThrownBy(() -> fixture.admit(scheduled("DRY_RUN", time)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("within 60 minutes");
        }
    }

    @Test
    void theSameScheduledTimeIsOneRun() {
        with("{\"schedule\": {\"who\": [\"*\"]}}", "");
        RunDriver first = fixture.admit(scheduled("DRY_RUN", "2026-03-01T08:00:00Z"));
        first.through("verify");
        first.step("finish");
        RunDriver again = fixture.admit(scheduled("DRY_RUN", "2026-03-01T08:00:00Z"));
        assertThat(again.runId()).isEqualTo(first.runId());
        assertThat(fixture.context().runs().all()).hasSize(1);
        assertThat(fixture.admit(scheduled("DRY_RUN", "2026-03-01T07:30:00Z")).runId())
                .isNotEqualTo(first.runId());
    }

    @Test
    void theSameRequestTwiceIsOneRun() {
        with("{\"console\": {\"who\": [\"*\"], \"realRuns\": true}}", "");
        ObjectNode request = execute().put("idempotencyKey", "monthly-3");
        RunDriver first = fixture.admit(request);
        JsonNode again =
                fixture.call("admit", fixture.admission(request.put("reason", "once more"), fixture.newExecution()));
        assertThat(again.get("runId").textValue()).isEqualTo(first.runId());
        assertThat(again.get("alreadyStarted").booleanValue()).isTrue();
        assertThat(first.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        ObjectNode other = fixture.request("DRY_RUN").put("idempotencyKey", "monthly-3");
        assertThatThrownBy(() -> fixture.admit(other))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("idempotencyKey monthly-3 was used for another request: EXECUTE people");
        assertThat(fixture.context().audit().all())
                .extracting(AuditTrail.Entry::event)
                .startsWith("ADMITTED", "ALREADY_STARTED");
    }

    /** What a token was used for is the same request still. */
    @Test
    void theSameConfirmedRequestTwiceIsOneRun() {
        fixture = new RunFixture(
                        MONGO.client(), MONGO.client(), RunFixture.profile("\"confirmation\": \"echo\"", false))
                .filled(5);
        ObjectNode request = fixture.request("EXECUTE")
                .put("confirm", fixture.confirmation())
                .put("idempotencyKey", "k");
        RunDriver first = fixture.admit(request);
        assertThat(fixture.admit(request).runId()).isEqualTo(first.runId());
        first.toEnd();
        assertThat(fixture.admit(request).runId()).isEqualTo(first.runId());
    }

    @Test
    void aRefusedRequestKeepsNoKey() {
        with("{\"console\": {\"who\": [\"*\"]}}", "");
        RunDriver holder = fixture.admit(fixture.request("DRY_RUN"));
        ObjectNode request = fixture.request("DRY_RUN").put("idempotencyKey", "k");
        String refused = fixture.newExecution();
        assertThatThrownBy(() -> fixture.admit(request, refused)).isInstanceOf(TargetLocked.class);
        fixture.executions().set(refused, ExecutionStatus.FAILED);
        holder.closed(ExecutionStatus.ABORTED);
        assertThat(fixture.admit(request).through("verify").run().verdict().passed())
                .isTrue();
    }

    @Test
    void nobodyTakesTheKeyOfASchedule() {
        with("{\"console\": {\"who\": [\"*\"]}, \"schedule\": {\"who\": [\"*\"]}}", "");
        RunDriver typed = fixture.admit(
                fixture.request("DRY_RUN").put("idempotencyKey", "schedule DRY_RUN people 2026-03-01T08:00:00Z"));
        typed.closed(ExecutionStatus.ABORTED);
        assertThat(fixture.admit(scheduled("DRY_RUN", "2026-03-01T08:00:00Z")).runId())
                .isNotEqualTo(typed.runId());
    }

    /** An execution that died between taking its key and having its run must not keep the key for ever. */
    @Test
    void aKeyWhoseExecutionDiedIsFree() {
        with("{\"console\": {\"who\": [\"*\"]}}", "");
        ObjectNode request = fixture.request("DRY_RUN").put("idempotencyKey", "k");
        String dead = fixture.newExecution();
        fixture.stops().dieAt("admit:keyed");
        assertThatThrownBy(() -> fixture.admit(request, dead)).isInstanceOf(Error.class);
        assertThatThrownBy(() -> fixture.admit(request))
                .isInstanceOf(TargetLocked.class)
                .hasMessageContaining("is being admitted by execution " + dead);
        fixture.executions().set(dead, ExecutionStatus.FAILED);
        assertThat(fixture.admit(request).through("verify").run().verdict().passed())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "via: telephone                                 | via is telephone; expected console (the default), schedule",
                "scheduledTime: 2026-03-01T08:00:00Z            | scheduledTime is given and via is console",
                "via: schedule                                  | scheduledTime is missing",
                "via: schedule, scheduledTime: today            | scheduledTime is today; expected a time such as",
                "via: schedule, scheduledTime: 2026-03-01T08:00:00Z, idempotencyKey: k | the time of a schedule is its key",
                "ticket: t                                      | only what comes from the admin API has one",
            })
    void whatDoesNotFitItsWayIsNamed(String fields, String expected) {
        with("{\"console\": {\"who\": [\"*\"]}, \"schedule\": {\"who\": [\"*\"]}}", "");
        ObjectNode request = fixture.request("DRY_RUN");
        for (String field : fields.split(", ")) {
            request.put(field.split(": ")[0], field.split(": ")[1].strip());
        }
        assertThatThrownBy(() -> fixture.admit(request))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(expected);
    }

    @Test
    void everyRefusalIsOnRecord() {
        with("{\"console\": {\"who\": [\"Ada\"]}}", "");
        assertThatThrownBy(() -> fixture.admit(fixture.request("DRY_RUN").put("requestedBy", "Mallory")))
                .isInstanceOf(StartRefused.class);
        List<AuditTrail.Entry> entries = fixture.context().audit().all();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).event()).isEqualTo("REFUSED");
        assertThat(entries.get(0).who()).isEqualTo("Mallory");
        assertThat(entries.get(0).via()).isEqualTo("console");
        assertThat(entries.get(0).detail()).contains("StartRefused");
        assertThat(fixture.control("runs").countDocuments(new BsonDocument())).isZero();
    }
}
