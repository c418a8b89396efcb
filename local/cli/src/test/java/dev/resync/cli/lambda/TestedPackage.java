package dev.resync.cli.lambda;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.OS;

/**
 * The package that tests start: the one of the managed Java runtime, or the program of the native image where
 * {@code -Dresync.runner} names its jar.
 */
final class TestedPackage {

    private TestedPackage() {}

    /** Returns whether functions run under the client of the managed Java runtime. */
    static boolean managed() {
        return System.getProperty("resync.runner") == null;
    }

    /** Returns whether this machine can start it: the client of the managed runtime brings a library for Linux alone. */
    static boolean startable() {
        return !managed() || OS.LINUX.isCurrentOs();
    }

    /** Returns the package, unpacked to a folder where that is needed. */
    static FunctionPackage in(Path scratch) {
        return managed()
                ? FunctionPackage.managed(
                        Deployment.HOME.resolve("functions/stages/target/function.zip"),
                        Path.of("target", "function-runtime"),
                        scratch)
                : FunctionPackage.polling(Path.of(System.getProperty("resync.runner")), scratch);
    }
}
