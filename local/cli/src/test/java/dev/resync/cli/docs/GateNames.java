package dev.resync.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of all gates, as the sources of the core write them where they judge. */
public final class GateNames {

    private static final Path CORE = Path.of("..", "..", "functions", "core", "src", "main", "java");
    private static final Pattern GATE =
            Pattern.compile("(?:GateResult\\.at(?:Most|Least)|new GateResult)\\(\\s*\"([a-z-]+)\"");

    private GateNames() {}

    /** Returns the names, ascending. */
    public static Set<String> all() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(CORE)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                GATE.matcher(Files.readString(source)).results().forEach(gate -> names.add(gate.group(1)));
            }
        }
        return names;
    }
}
