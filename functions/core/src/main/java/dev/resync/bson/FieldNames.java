package dev.resync.bson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A set of names, ready to tell which of them an element has. Immutable. */
public final class FieldNames {

    private static final int NONE = -1;

    private final List<FieldName> names = new ArrayList<>();
    /** Open addressing by hash: positions in {@link #names}. */
    private final int[] slots;

    /** @param names names of fields, each once */
    public FieldNames(Collection<String> names) {
        slots = new int[Integer.highestOneBit(names.size() + 1) * 4];
        Arrays.fill(slots, NONE);
        for (String text : names) {
            FieldName name = new FieldName(text);
            int slot = slot(name.hash());
            while (slots[slot] != NONE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = this.names.size();
            this.names.add(name);
        }
    }

    /** Returns the position of the element's name in the order given; -1 where it is none of them. */
    public int indexOf(RawElements element) {
        int slot = slot(element.nameHash());
        while (slots[slot] != NONE) {
            if (element.is(names.get(slots[slot]))) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return NONE;
    }

    /** Returns the name at a position, the same object each time. */
    public String text(int index) {
        return names.get(index).text();
    }

    private int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (slots.length - 1);
    }
}
