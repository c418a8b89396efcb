package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.EnvironmentInvalid;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void whatIsMissingIsNamed() {
        Settings nothing = settings(null, null, null, null);

        assertThatThrownBy(nothing::environment).isInstanceOf(EnvironmentInvalid.class);
        assertThatThrownBy(nothing::plans)
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_PLANS");
        assertThatThrownBy(nothing::database)
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
        assertThat(settings(FunctionProfile.ENVIRONMENT, null, null, null)
                        .environment()
                        .name())
                .isEqualTo("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:27017", "mongodb://me:se/cret@localhost", "mongodb://me:secret@localhost:port"})
    void aWrongConnectionStringIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(settings(null, null, uri, null)::database)
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_MONGO_URI")
                .hasNoCause()
                .message()
                .doesNotContain("cret", "me:");
    }

    @Test
    void aSeedListIsADatabase() {
        assertThat(settings(null, null, "mongodb://a:1,b:2,c/?replicaSet=rs0", null)
                        .database()
                        .getHosts())
                .containsExactly("a:1", "b:2", "c");
    }

    @Test
    void theArtifactIsWhatWasDeployedOrElseTheVersion() {
        assertThat(settings(null, null, null, null).artifact()).isEqualTo("1.0");
        assertThat(settings(null, null, null, "a1b2").artifact()).isEqualTo("a1b2");
    }

    private static Settings settings(String environment, String plans, String mongoUri, String artifact) {
        return new Settings(
                Optional.ofNullable(environment),
                Optional.ofNullable(plans),
                Optional.ofNullable(mongoUri),
                Optional.empty(),
                "1.0",
                Optional.ofNullable(artifact));
    }
}
