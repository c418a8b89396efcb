import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Compares two packages of one commit, entry by entry: names and their order, times, bytes. Arguments: two zip files. */
final class SameBytes {

    /**
     * Start-up code that Quarkus numbers or orders anew in each build, by the order in which its build steps happen to end (3.34):
     * of these only names and times are compared.
     */
    private static final List<String> NUMBERED =
            List.of("io/quarkus/runner/recorded/", "io/quarkus/runtime/generated/");

    /** An entry as it is compared. */
    private record Entry(String name, FileTime time, long crc) {}

    private SameBytes() {}

    public static void main(String[] arguments) throws IOException {
        List<Entry> first = entries(arguments[0]);
        List<Entry> second = entries(arguments[1]);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            Entry one = i < first.size() ? first.get(i) : null;
            Entry other = i < second.size() ? second.get(i) : null;
            if (one == null || !one.equals(other)) {
                System.err.println("Two builds of one commit differ: " + one + ", " + other);
                System.exit(1);
            }
        }
        System.out.println(first.size() + " entries, the same in two builds");
    }

    private static List<Entry> entries(String file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file)) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.add(new Entry(
                        entry.getName(),
                        entry.getLastModifiedTime(),
                        NUMBERED.stream().anyMatch(entry.getName()::startsWith) ? 0 : entry.getCrc()));
            }
        }
        return entries;
    }
}
