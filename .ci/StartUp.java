import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long a packaged function takes from its start to the first time that it asks for an event, without and with an
 * AOT cache, by turns, and fails where the cache does not save enough. Only the ratio counts: how long anything takes says more
 * of the machine. Arguments: java, class path (jars alone, or there can be no cache), native library of the runtime client,
 * scratch folder.
 */
final class StartUp {

    private static final int STARTS = 6;
    private static final double MOST = 0.60;
    private static final int BOUND_SECONDS = 120;

    private final String java;
    private final String classPath;
    private final String library;
    private final Path log;

    private StartUp(String java, String classPath, String library, Path scratch) {
        this.java = java;
        this.classPath = classPath;
        this.library = library;
        this.log = scratch.resolve("log");
    }

    public static void main(String[] arguments) throws Exception {
        Path scratch = Path.of(arguments[3]);
        StartUp start = new StartUp(arguments[0], arguments[1], arguments[2], scratch);
        Path cache = scratch.resolve("resync.aot");
        start.millis("-XX:AOTCacheOutput=" + cache);
        if (!Files.isRegularFile(cache)) {
            throw new IllegalStateException("no AOT cache was written: " + Files.readString(start.log));
        }
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            without.add(start.millis());
            with.add(start.millis("-XX:AOTMode=on", "-XX:AOTCache=" + cache));
        }
        double ratio = (double) fastest(with) / fastest(without);
        System.out.printf(
                "start to first poll, fastest of %d: %d ms without, %d ms with an AOT cache of %d MB: %.0f %%, at most %.0f %%%n",
                STARTS, fastest(without), fastest(with), Files.size(cache) >> 20, 100 * ratio, 100 * MOST);
        if (ratio > MOST) {
            System.exit(1);
        }
    }

    /** What else the machine does only adds to a start. */
    private static long fastest(List<Long> millis) {
        return millis.stream().sorted().findFirst().orElseThrow();
    }

    private long millis(String... options) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            asked.countDown();
            try (exchange) {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        api.start();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(Arrays.asList(options));
        String client = "com.amazonaws.services.lambda.runtime.api.client.";
        command.addAll(List.of(
                "-D" + client + "runtimeapi.NativeClient.JNI=" + library,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                client + "AWSLambda",
                "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
        builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "reconcile");
        builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        builder.environment().put("AWS_LAMBDA_LOG_GROUP_NAME", "local");
        builder.environment().put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        builder.environment().put("QUARKUS_LAMBDA_HANDLER", "reconcile");
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            if (!asked.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the function did not ask for an event: " + Files.readString(log));
            }
            long took = (System.nanoTime() - begun) / 1_000_000;
            process.destroy();
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the function did not end");
            }
            return took;
        } finally {
            process.destroyForcibly();
            over.countDown();
            api.stop(0);
        }
    }
}
