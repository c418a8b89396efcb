package dev.resync.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that is shown names the database so that it can be pasted, and never with a secret. */
class DatabaseOptionsTest {

    @Command
    private static final class Any {
        @Mixin
        private DatabaseOptions database;
    }

    @Test
    void isShownAsGivenAndQuotedForAShell() {
        assertThat(shown("mongodb://h:1")).isEqualTo("mongodb://h:1");
        assertThat(shown("mongodb://a:1,b:2/?replicaSet=rs0")).isEqualTo("'mongodb://a:1,b:2/?replicaSet=rs0'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://me:secret@h:1",
                "mongodb://h:1/?proxyHost=p&proxyUsername=u&proxyPassword=secret",
            })
    void isShownByItsVariableWhereItHoldsASecret(String uri) {
        assertThat(shown(uri)).isEqualTo("\"$RESYNC_MONGO_URI\"");
    }

    private static String shown(String uri) {
        Any any = new Any();
        new CommandLine(any).parseArgs("--mongo-uri", uri);
        return any.database.shown();
    }
}
