package dev.resync.engine;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a definition, so that the author sees all of it at once. */
final class Problems {
    private final List<DefinitionInvalid.Problem> found = new ArrayList<>();

    void add(String pointer, String message) {
        found.add(new DefinitionInvalid.Problem(pointer, message));
    }

    void throwIfAny(String machine) {
        if (!found.isEmpty()) {
            throw new DefinitionInvalid(machine, found);
        }
    }
}
