package dev.resync.chunk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fields that the plan names nowhere, by source: of each source the first {@value #MOST} in the order of their names, each cut
 * to {@value #LONGEST} characters. The same for the same documents, however they are cut into chunks.
 */
public final class UnmappedFieldNames {

    /** Most names of one source. */
    public static final int MOST = 100;

    private static final int LONGEST = 200;

    private final Map<String, Names> bySource = new TreeMap<>();

    /** Returns the names that chunks have found. */
    public static UnmappedFieldNames of(Collection<Chunk> chunks) {
        UnmappedFieldNames all = new UnmappedFieldNames();
        chunks.stream().filter(chunk -> chunk.result() != null).forEach(chunk -> chunk.result()
                .unmappedFields()
                .forEach((source, names) -> all.of(source).addAll(names)));
        return all;
    }

    /** Returns the names of one source, to be added to. */
    public Set<String> of(String source) {
        return bySource.computeIfAbsent(source, unused -> new Names());
    }

    /** Returns the names in order; without sources that have none. */
    public Map<String, List<String>> bySource() {
        Map<String, List<String>> found = new TreeMap<>();
        bySource.forEach((source, names) -> {
            if (!names.isEmpty()) {
                found.put(source, new ArrayList<>(names));
            }
        });
        return found;
    }

    /** Keeps the first. */
    private static final class Names extends TreeSet<String> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean add(String name) {
            String cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
            boolean added = super.add(cut);
            return size() <= MOST ? added : !cut.equals(pollLast());
        }
    }
}
