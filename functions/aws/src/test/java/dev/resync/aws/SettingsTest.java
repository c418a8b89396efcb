package dev.resync.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.EnvironmentInvalid;
import dev.resync.notification.NotificationFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String ENVIRONMENT =
            "{\"name\":\"test\",\"colour\":\"green\",\"kind\":\"test\",\"approval\":\"none\",\"maxConcurrency\":4,"
                    + "\"starts\":{\"console\":{\"who\":[\"*\"]}}}";

    @Test
    void whatIsMissingIsNamed() {
        Settings nothing = settings(null, null, null, null);

        assertThatThrownBy(nothing::environment).isInstanceOf(EnvironmentInvalid.class);
        assertThatThrownBy(nothing::plans)
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_PLANS");
        assertThatThrownBy(() -> nothing.database(null))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_MONGO_URI");
        assertThatThrownBy(nothing::restoreMachine)
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_RESTORE_MACHINE_ARN");
    }

    @Test
    void plansAreSeparatedByCommas() {
        assertThat(settings(null, " revalidation, other,", null, null).plans())
                .containsExactly("revalidation", "other");
        assertThatThrownBy(() -> settings(null, " , ", null, null).plans()).isInstanceOf(EnvironmentInvalid.class);
    }

    @Test
    void theEnvironmentIsRead() {
        assertThat(settings(ENVIRONMENT, null, null, null).environment().name()).isEqualTo("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:27017", "mongodb://me:se/cret@localhost", "mongodb://me:secret@localhost:port"})
    void aWrongConnectionStringIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> settings(null, null, uri, null).database(null))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_MONGO_URI")
                .hasNoCause()
                .message()
                .doesNotContain("cret", "me:");
    }

    @Test
    void aSeedListIsADatabase() {
        assertThat(settings(null, null, "mongodb://a:1,b:2,c/?replicaSet=rs0", null)
                        .database(null)
                        .getHosts())
                .containsExactly("a:1", "b:2", "c");
    }

    @Test
    void twoConnectionStringsAreOneTooMany() {
        Settings both =
                Deployed.with(Map.of("resync.mongo-uri", "mongodb://a", "resync.mongo-secret-arn", "arn:aws:s"));
        assertThatThrownBy(() -> both.database(null))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_MONGO_URI or RESYNC_MONGO_SECRET_ARN");
    }

    @Test
    void theArtifactIsWhatWasDeployedOrElseTheVersion() {
        assertThat(settings(null, null, null, null).artifact()).isEqualTo("1.0");
        assertThat(settings(null, null, null, "a1b2").artifact()).isEqualTo("a1b2");
    }

    @ParameterizedTest
    @CsvSource({", TEXT", "text, TEXT", "slack, SLACK", "' teams ', TEAMS", "Slack!, TEXT"})
    void howNotificationsAreWordedStopsNoRun(String set, NotificationFormat expected) {
        Map<String, String> properties = new TreeMap<>();
        put(properties, "resync.notification-format", set);
        assertThat(Deployed.with(properties).notificationFormat()).isEqualTo(expected);
    }

    private static Settings settings(String environment, String plans, String mongoUri, String artifact) {
        Map<String, String> properties = new TreeMap<>();
        put(properties, "resync.environment", environment);
        put(properties, "resync.plans", plans);
        put(properties, "resync.mongo-uri", mongoUri);
        put(properties, "resync.artifact", artifact);
        return Deployed.with(properties);
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
