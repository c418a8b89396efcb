package dev.resync.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.EnvironmentInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentReaderTest {

    private static final EnvironmentReader READER = new EnvironmentReader();
    private static final Path EXAMPLES = Path.of("../../environments");
    private static final String SMALL = """
            {"name": "prod", "colour": "red", "kind": "production", "approval": "one-other-person", "maxConcurrency": 5,
              "starts": {"console": {"who": ["*"]}}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"production", "pre-production", "local"})
    void readsTheExamples(String name) throws IOException {
        Environment environment = READER.read(Files.readString(EXAMPLES.resolve(name + ".json")));
        assertThat(environment.kind().label()).isEqualTo(name);
    }

    @Test
    void fillsInWhatIsNotSaid() {
        Environment environment = READER.read(SMALL);
        assertThat(environment.shown()).isEqualTo("prod (PRODUCTION, red)");
        assertThat(environment.confirmation()).isEqualTo(ConfirmationRule.ECHO);
        assertThat(environment.dryRun()).isEqualTo(new DryRunRule(true, Duration.ofHours(24), 0.1));
        assertThat(environment.approval()).isTrue();
        assertThat(environment.starts()).containsOnlyKeys(StartWay.CONSOLE);
        assertThat(environment.starts().get(StartWay.CONSOLE).realRuns()).isFalse();
        assertThat(environment.scheduled("any")).isEmpty();
        assertThat(environment.maxLatency()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"50, 50000000", "2.5, 2500000", "60000, 60000000000"})
    void readsALatencyInMilliseconds(String millis, long nanos) {
        Environment environment =
                READER.read(SMALL.replace("\"starts\"", "\"latency\": {\"maxMillis\": " + millis + "}, \"starts\""));
        assertThat(environment.maxLatency()).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "https://abc123.execute-api.eu-west-2.amazonaws.com, true",
        "https://resync.example.com/api/v1/, true",
        "https://resync.example.com:8443, true",
        "http://127.0.0.1:8080, true",
        "http://localhost:8080/, true",
        "http://resync.example.com, false",
        "https://me:secret@resync.example.com, false",
        "https://resync.example.com?token=1, false",
        "https://resync.example.com/../x y, false",
        "resync.example.com, false"
    })
    void aProfileMayNameTheAdminApiAndNothingSecret(String endpoint, boolean allowed) {
        String profile = SMALL.replace("\"starts\"", "\"admin\": {\"endpoint\": \"" + endpoint + "\"}, \"starts\"");
        if (allowed) {
            assertThat(READER.read(profile)).as("functions do not ask").isEqualTo(READER.read(SMALL));
        } else {
            assertThatThrownBy(() -> READER.read(profile))
                    .isInstanceOf(EnvironmentInvalid.class)
                    .hasMessageContaining("/admin/endpoint");
        }
        assertThatThrownBy(() -> READER.read(SMALL.replace(
                        "\"starts\"",
                        "\"admin\": {\"endpoint\": \"https://a.example\", \"token\": \"x\"}, \"starts\"")))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("token");
    }

    @Test
    void readsScheduledRuns() {
        Environment environment = READER.read(SMALL.replace(
                "\"starts\": {",
                "\"scheduled\": [{\"plan\": \"people\", \"planHash\": \"" + "0a".repeat(32)
                        + "\", \"times\": [{\"at\": \"02:00\"}, {\"at\": \"03:30\", \"days\": [\"Friday\"]}],"
                        + " \"limits\": {\"maxChangeShare\": 0.5}}], \"starts\": {\"schedule\": {\"who\": [\"*\"],"
                        + " \"realRuns\": true}, "));
        assertThat(environment.scheduled("people"))
                .contains(new ScheduledRun(
                        "people",
                        "0a".repeat(32),
                        List.of(
                                new ScheduledRun.Time(EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0)),
                                new ScheduledRun.Time(EnumSet.of(DayOfWeek.FRIDAY), LocalTime.of(3, 30))),
                        0.01,
                        0.5,
                        0.001));
        assertThat(environment.scheduled("other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "db1.example.com, true",
        "DB1.Example.com, true",
        "a.prod.example.com, true",
        "a.b.prod.example.com, true",
        "prod.example.com, false",
        "aprod.example.com, false",
        ".prod.example.com, false",
        "db1.example.com.evil.org, false",
        "::1, true",
        "localhost, false"
    })
    void saysWhichHostsTheDatabaseMayHave(String host, boolean allowed) {
        Environment environment = READER.read(SMALL.replace(
                "\"starts\"", "\"hosts\": [\"db1.example.com\", \"*.PROD.example.com\", \"::1\"], \"starts\""));
        assertThat(environment.allowsHost(host)).isEqualTo(allowed);
        assertThat(READER.read(SMALL).allowsHost(host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sts::123456789012:assumed-role/Ops/ada, true",
        "arn:aws:sts::123456789012:assumed-role/OpsToo/ada, false",
        "arn:aws:sts::210987654321:assumed-role/Ops/ada, false",
        "grace, true",
        "grace hopper, false",
        "Grace, false"
    })
    void saysWhoHasARole(String caller, boolean operator) {
        Environment environment = READER.read(SMALL.replace(
                "\"starts\"",
                "\"callers\": {\"operators\": [\"arn:aws:sts::123456789012:assumed-role/Ops/*\", \"grace\"],"
                        + " \"viewers\": [\"*\"]}, \"starts\""));
        assertThat(environment.callers().get(CallerRole.OPERATOR).include(caller))
                .isEqualTo(operator);
        assertThat(environment.callers().get(CallerRole.VIEWER).include(caller)).isTrue();
        assertThat(environment.callers().get(CallerRole.APPROVER).include(caller))
                .isFalse();
        assertThat(READER.read(SMALL).callers().get(CallerRole.VIEWER).include(caller))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void thereIsNoDefault(String document) {
        assertThatThrownBy(() -> READER.read(document))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("no environment profile")
                .hasMessageContaining("there is no default environment");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"prod\"             | \"name\": \"Prod\"                | /name: is \"Prod\"; expected 1 to 20 of a-z",
                "\"name\": \"prod\",            | ``                                | (document): lacks the field name; add it",
                "\"colour\": \"red\"            | \"colour\": \"pink\"              | /colour: is \"pink\"; expected one of red, orange",
                "\"kind\": \"production\"       | \"kind\": \"productoin\"          | did you mean production?",
                "\"maxConcurrency\": 5          | \"maxConcurrency\": 0             | /maxConcurrency: is 0; expected at least 1",
                "\"maxConcurrency\": 5          | \"maxConcurrency\": \"5\"         | /maxConcurrency: is \"5\"; expected a whole number",
                "\"approval\": \"one-other-person\" | \"approval\": true            | /approval: is true; expected one of none, one-other-person",
                "\"starts\": {                  | \"start\": {                      | /start: unknown field start; did you mean starts?",
                "{\"console\": {\"who\": [\"*\"]}} | {}                             | /starts: has too few entries",
                "\"starts\": {                  | \"timeZone\": \"Mars/Base\", \"starts\": { | /timeZone: is Mars/Base; expected a time zone",
                "\"starts\": {                  | \"windows\": [{\"from\": \"24:00\", \"to\": \"05:00\"}], \"starts\": { | /windows/0/from: is \"24:00\"; expected a time such as 22:00",
                "\"starts\": {                  | \"blackouts\": [{\"from\": \"2026-02-30T00:00\", \"to\": \"2026-03-01T00:00\", \"reason\": \"r\"}], \"starts\": { | /blackouts/0: has a date that there is not",
                "\"starts\": {                  | \"blackouts\": [{\"from\": \"2026-03-01T00:00\", \"to\": \"2026-03-01T00:00\", \"reason\": \"r\"}], \"starts\": { | expected a time after from",
                "\"starts\": {                  | \"scheduled\": [{\"plan\": \"p\", \"planHash\": \"12\"}], \"starts\": { | expected the hash of a plan, 64 hexadecimal digits",
                "\"starts\": {                  | \"scheduled\": [{\"plan\": \"p\", \"planHash\": \"0000000000000000000000000000000000000000000000000000000000000000\", \"times\": [{\"at\": \"02:00\"}]}], \"starts\": { | set starts.schedule.realRuns to true",
                "\"starts\": {                  | \"scheduled\": [{\"plan\": \"p\", \"planHash\": \"0000000000000000000000000000000000000000000000000000000000000000\"}], \"starts\": { | /scheduled/0: lacks the field times",
                "\"starts\": {                  | \"hosts\": [\"db:27017\"], \"starts\": { | /hosts/0: is \"db:27017\"; expected a host such as db1.example.com",
                "\"starts\": {                  | \"latency\": {\"maxMillis\": 0}, \"starts\": { | /latency/maxMillis: is 0; expected at least 1",
                "\"starts\": {                  | \"latency\": {\"maxMillis\": \"50\"}, \"starts\": { | /latency/maxMillis: is \"50\"; expected a number",
                "\"starts\": {                  | \"latency\": {}, \"starts\": {     | /latency: lacks the field maxMillis",
                "\"name\": \"prod\"             | \"name\": \"prod\", \"name\": \"test\" | stands in the object twice",
                "\"starts\": {                  | \"starts\" {                      | is not JSON",
            })
    void namesWhatIsWrong(String piece, String by, String expected) {
        assertThat(SMALL).contains(piece);
        assertThatThrownBy(() -> READER.read(SMALL.replace(piece, by)))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageStartingWith("The environment profile is not valid")
                .hasMessageContaining(expected);
    }
}
