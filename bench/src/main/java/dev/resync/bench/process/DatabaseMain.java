package dev.resync.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.util.List;

/** The embedded database as a process of its own, which also tells what it spent: pauses for garbage, time of processors. */
public final class DatabaseMain {

    /** Collects garbage, and counts from here on. */
    public static final String BEGIN = "begin";
    /** Tells what was spent since then, as JSON of {@link JvmFigures}. */
    public static final String FIGURES = "figures";

    /** Tells the nanoseconds that a processor has spent on the server's garbage since it was started. */
    public static final String COLLECTOR = "collector";

    /** Of the heap: what is made while something is measured fits, and is collected before the next. */
    private static final int YOUNG_PERCENT = 70;

    private DatabaseMain() {}

    /**
     * Starts the process with most of its heap for new objects.
     *
     * @param heapMegabytes its most heap
     * @return its address is a connection string
     */
    public static ChildProcess start(int heapMegabytes) {
        List<String> mostlyYoung = List.of("-Xmn" + heapMegabytes * YOUNG_PERCENT / 100 + "m", "-XX:SurvivorRatio=30");
        return new ChildProcess(DatabaseMain.class, heapMegabytes, mostlyYoung, List.of());
    }

    public static void main(String[] arguments) throws IOException {
        EmbeddedDatabase database = new EmbeddedDatabase(0);
        JvmWatch watch = new JvmWatch();
        Questions.serve(database.uri(), question -> answer(watch, question));
    }

    private static String answer(JvmWatch watch, String question) {
        if (question.equals(BEGIN)) {
            watch.begin();
            return "begun";
        }
        if (question.equals(COLLECTOR)) {
            return Long.toString(CollectorTime.nanos());
        }
        try {
            return ControlJson.mapper().writeValueAsString(watch.figures());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
