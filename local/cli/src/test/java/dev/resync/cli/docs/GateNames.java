package dev.resync.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of gates: those whose results stand in receipts, and all that plans are told of. */
public final class GateNames {

    private static final Path CORE = Path.of("..", "..", "functions", "core", "src", "main", "java");
    private static final Pattern GATE =
            Pattern.compile("(?:GateResult\\.at(?:Most|Least)|new GateResult)\\(\\s*\"([a-z-]+)\"");

    private static final String COLUMNS = "| gate | subject | refuses | limit in the plan |";

    private GateNames() {}

    /** Returns those that the sources of the core write into results, ascending. */
    public static Set<String> inResults() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(CORE)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                GATE.matcher(Files.readString(source)).results().forEach(gate -> names.add(gate.group(1)));
            }
        }
        return names;
    }

    /** Returns those of the table in {@code docs/plan-reference.md}, ascending. */
    static Set<String> inReference() throws IOException {
        List<String> lines = Repository.lines("docs/plan-reference.md");
        int begin = lines.indexOf(COLUMNS);
        Set<String> names = new TreeSet<>();
        for (String line : lines.subList(begin + 2, lines.size())) {
            if (!line.startsWith("| `")) {
                break;
            }
            names.add(line.substring(3, line.indexOf('`', 3)));
        }
        return names;
    }
}
