package dev.resync.cli.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.reader.ReaderProbe;
import java.util.List;

/**
 * What the demo showed.
 *
 * @param receipts receipt of each run, in order
 * @param reader what a consumer saw that read the live views all along
 * @param checks what was promised of each run and whether it held
 */
record DemoResult(List<JsonNode> receipts, ReaderProbe.Account reader, List<Check> checks) {

    public DemoResult {
        receipts = List.copyOf(receipts);
        checks = List.copyOf(checks);
    }

    /** Returns whether every promise was kept. */
    @JsonIgnore
    public boolean kept() {
        return checks.stream().allMatch(Check::held);
    }

    /**
     * One promise.
     *
     * @param promise what was promised
     * @param expected the value promised
     * @param found the value found
     * @param held whether they are equal
     */
    public record Check(String promise, String expected, String found, boolean held) {}
}
