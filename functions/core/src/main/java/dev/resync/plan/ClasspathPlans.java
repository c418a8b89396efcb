package dev.resync.plan;

import dev.resync.error.PlanUnknown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plans in the deployed package, as resources {@code plans/<name>.json}. A class path cannot be listed: names are given. */
public final class ClasspathPlans implements PlanSource {

    private final PlanReader reader;
    private final List<String> names;

    /**
     * @param reader reads the documents
     * @param names names of the plans in the package
     */
    public ClasspathPlans(PlanReader reader, List<String> names) {
        this.reader = reader;
        this.names = names.stream().sorted().toList();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Plan load(String name) {
        String path = "/plans/" + name + ".json";
        try (InputStream resource = names.contains(name) ? ClasspathPlans.class.getResourceAsStream(path) : null) {
            if (resource == null) {
                throw new PlanUnknown(name, names);
            }
            String document = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return PlanDirectory.named(name, path, reader.read(path, document));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the plan " + path, unreadable);
        }
    }
}
