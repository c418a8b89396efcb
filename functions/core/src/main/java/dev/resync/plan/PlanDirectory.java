package dev.resync.plan;

import dev.resync.error.PlanInvalid;
import dev.resync.error.PlanUnknown;
import dev.resync.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Plans in a directory, each in a file {@code <name>.json}. Schemas ({@code *.schema.json}) are not plans. */
public final class PlanDirectory implements PlanSource {

    private static final String SUFFIX = ".json";

    private final Path directory;
    private final PlanReader reader;

    /**
     * @param directory the directory; its files are looked up anew each time
     * @param reader reads the documents
     */
    public PlanDirectory(Path directory, PlanReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    @Override
    public List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.endsWith(".schema.json"))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot list the plans in " + directory, unreadable);
        }
    }

    @Override
    public Plan load(String name) {
        List<String> known = names();
        if (!known.contains(name)) {
            throw new PlanUnknown(name, known);
        }
        Path file = directory.resolve(name + SUFFIX);
        try {
            return named(
                    name,
                    file.toString(),
                    reader.read(file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the plan " + file, unreadable);
        }
    }

    /** Returns the plan if it has the name it was asked for by. */
    static Plan named(String name, String label, Plan plan) {
        if (!plan.name().equals(name)) {
            throw new PlanInvalid(
                    label,
                    List.of(new Problem(
                            "/plan",
                            "is \"" + plan.name() + "\", but the file is called " + name + SUFFIX
                                    + "; make them the same")));
        }
        return plan;
    }
}
