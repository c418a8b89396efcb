package dev.resync.cli.lambda;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.OS;

/**
 * The package that tests start: the one of the managed Java runtime, or the program of the native image where
 * {@code -Dresync.runner} and {@code -Dresync.runner.admin} name their jars.
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

    /** Returns the package of the stages, unpacked to a folder where that is needed. */
    static FunctionPackage in(Path scratch) {
        return of("stages", "resync.runner", scratch);
    }

    /** Returns the package of the admin API, unpacked to a folder where that is needed. */
    static FunctionPackage admin(Path scratch) {
        return of("admin", "resync.runner.admin", scratch);
    }

    private static FunctionPackage of(String module, String runner, Path scratch) {
        return managed()
                ? FunctionPackage.managed(
                        Deployment.HOME.resolve("functions/" + module + "/target/function.zip"),
                        Path.of("target", "function-runtime"),
                        scratch)
                : FunctionPackage.polling(Path.of(System.getProperty(runner)), scratch);
    }
}
