package dev.resync.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where a state leads, noted while it is read: target names by the pointer of the field that names them. */
final class Targets {
    private final Map<String, String> byPointer = new LinkedHashMap<>();
    private boolean terminal;

    void add(String pointer, String target) {
        byPointer.put(pointer, target);
    }

    void end() {
        terminal = true;
    }

    Map<String, String> byPointer() {
        return byPointer;
    }

    boolean terminal() {
        return terminal;
    }
}
