package dev.resync.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.engine.FunctionError;
import dev.resync.environment.Colour;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.EnvironmentInvalid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** How a function starts, and what Lambda is told where it cannot. */
@EnabledIf(value = "dev.resync.cli.lambda.TestedPackage#startable", disabledReason = "its runtime client is for Linux")
class PackagedStartTest {

    @TempDir
    private Path folder;

    private FunctionPackage deployed;

    @BeforeEach
    void unpack() {
        deployed = TestedPackage.in(folder);
    }

    /** The error says that it cannot start, the log says why. */
    @Test
    void anUnknownNameEndsTheInitialisation() throws IOException {
        Path log = folder.resolve("log");
        FunctionError error;
        try (FunctionProcess process =
                new FunctionProcess("sync-chunks", deployed, Map.of(), ProcessBuilder.Redirect.to(log.toFile()))) {
            error = catchThrowableOfType(FunctionError.class, process::awaitReady);
            assertThat(process.isAlive()).isFalse();
        }
        // The program of the native image says so on one thread and ends on another.
        assertThat(error.errorType())
                .isIn(
                        TestedPackage.managed()
                                ? List.of("java.lang.RuntimeException")
                                : List.of("java.lang.IllegalStateException", "Runtime.ExitError"));
        assertThat(Files.readString(log)).contains("sync-chunks");
    }

    /** Such a function starts: where it did not, Lambda would say so to nobody who reads the run's error. */
    @Test
    void aMissingProfileIsNamedToEveryCall() throws FunctionError {
        try (FunctionProcess process = new FunctionProcess("reconcile", deployed, Map.of()).awaitReady()) {
            for (int call = 0; call < 2; call++) {
                FunctionError error = reconcile(process);
                assertThat(error.errorType()).isEqualTo(EnvironmentInvalid.class.getName());
                assertThat(error.errorMessage()).contains("no environment profile");
            }
        }
    }

    /** What is frozen is restored many times over: no connection may be in it, nor anything that was drawn at random. */
    @Test
    @DisabledIfSystemProperty(named = "resync.runner", matches = ".+", disabledReason = "native images are not frozen")
    void nothingIsConnectedBeforeAFunctionIsFrozen() throws FunctionError, IOException {
        try (ServerSocketChannel database = ServerSocketChannel.open()) {
            database.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            Map<String, String> variables = Map.of(
                    "AWS_LAMBDA_INITIALIZATION_TYPE",
                    "snap-start",
                    "RESYNC_ENVIRONMENT",
                    LocalEnvironment.profile("test", Colour.GREEN, 2).toString(),
                    "RESYNC_PLANS",
                    "revalidation",
                    "RESYNC_MONGO_URI",
                    "mongodb://127.0.0.1:" + database.socket().getLocalPort() + "/?serverSelectionTimeoutMS=200");
            try (FunctionProcess process = new FunctionProcess("reconcile", deployed, variables)) {
                process.awaitFrozen();
                assertThat(database.accept()).isNull();
                process.restore();
                process.awaitReady();
                assertThat(database.accept()).isNull();

                // Nobody answers there, but the call has tried to talk to it.
                assertThat(reconcile(process).errorType()).isEqualTo(DatabaseUnavailable.class.getName());
                try (SocketChannel connected = database.accept()) {
                    assertThat(connected).isNotNull();
                }
            }
        }
    }

    private static FunctionError reconcile(FunctionProcess process) {
        return catchThrowableOfType(FunctionError.class, () -> process.call(JsonNodeFactory.instance.objectNode()));
    }
}
