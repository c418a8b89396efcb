package dev.resync.cli.console;

import dev.resync.cli.banner.Guarded;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.ProfileOption;
import dev.resync.cli.output.Output;
import dev.resync.cli.remote.AdminApi;
import dev.resync.cli.remote.ApiEnvironment;
import dev.resync.cli.remote.ApiOptions;
import dev.resync.cli.remote.ApiOptions.Api;
import dev.resync.cli.remote.PassedOn;
import dev.resync.environment.Environment;
import dev.resync.error.RequestInvalid;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the console page of an admin API that asks for signed requests, which a browser cannot make. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = {
            "Opens the console page of an admin API: serves it on the loopback address, and signs what it passes on with your"
                    + " credentials. Goes on until it is stopped.",
            "Whoever has the address that it prints may do what you may, as long as it runs."
        })
public final class ConsoleCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--open", description = "Open the page in the browser of this machine.")
    private boolean open;

    @Option(names = "--until-input-ends", hidden = true, description = "Stop when standard input ends.")
    private boolean untilInputEnds;

    @Mixin
    private ApiOptions options;

    @Mixin
    private ProfileOption profile;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (port < 0 || port > MOST_PORT) {
            throw new RequestInvalid("--port is " + port + "; expected 0 to " + MOST_PORT + ".");
        }
        Api api = options.chosen(new DatabaseOptions(), profile.admin())
                .orElseThrow(
                        () -> new RequestInvalid(
                                "--endpoint is missing; expected the root of an admin API, such as"
                                        + " https://abc123.execute-api.eu-west-2.amazonaws.com, or a --profile that names it."));
        AdminApi client = api.client();
        Environment environment = profile.environment()
                .map(meant -> ApiEnvironment.require(client, meant, true))
                .orElseGet(() -> ApiEnvironment.of(client));
        Guarded.show(environment, output);
        try (ConsoleProxy proxy =
                new ConsoleProxy(port, new PassedOn(api.endpoint(), api.signer()), new SecureRandom())) {
            say(environment, proxy.address());
            if (open) {
                browse(proxy.address());
            }
            await();
        }
        return ExitCode.DONE.code();
    }

    private void say(Environment environment, URI address) {
        if (output.json()) {
            output.print(Map.of("environment", environment.name(), "console", address.toString()));
        } else {
            output.print(List.of("console of " + environment.shown() + ": " + address));
        }
    }

    private void await() throws InterruptedException, IOException {
        if (untilInputEnds) {
            while (System.in.read() >= 0) {
                continue;
            }
        } else {
            new CountDownLatch(1).await();
        }
    }

    /**
     * By what the desktop has for it; nothing depends on it, and the address was printed. It gets a file that leads there and that
     * nobody else can read: everybody sees the arguments of all processes.
     */
    private static void browse(URI address) throws IOException {
        Path file = Files.createTempFile("resync-console", ".html");
        file.toFile().deleteOnExit();
        Files.writeString(
                file,
                "<!doctype html><title>Resync</title><meta http-equiv=\"refresh\" content=\"0; url=" + address + "\">");
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", file.toString())
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", file.toString())
                        : List.of("xdg-open", file.toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            System.err.println("No browser could be started: " + none.getMessage() + ". Open the address yourself.");
        }
    }
}
