package dev.resync.plan;

import dev.resync.error.PlanUnknown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One plan in a file of any name. The file is read anew each time, so that a change of it is noticed. */
public final class PlanFile implements PlanSource {

    private final Path file;
    private final PlanReader reader;

    /**
     * @param file the plan's document
     * @param reader reads it
     */
    public PlanFile(Path file, PlanReader reader) {
        this.file = file;
        this.reader = reader;
    }

    @Override
    public List<String> names() {
        return List.of(read().name());
    }

    @Override
    public Plan load(String name) {
        Plan plan = read();
        if (!plan.name().equals(name)) {
            throw new PlanUnknown(name, List.of(plan.name()));
        }
        return plan;
    }

    /**
     * Reads the plan, whatever its name.
     *
     * @throws PlanUnknown if there is no such file or it cannot be read
     * @throws dev.resync.error.PlanInvalid if its document is not a valid plan
     */
    public Plan read() {
        try {
            return reader.read(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new PlanUnknown(file, unreadable);
        }
    }
}
