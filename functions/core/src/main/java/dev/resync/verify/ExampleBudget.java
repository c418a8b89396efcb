package dev.resync.verify;

import dev.resync.verify.Difference.Example;
import java.util.ArrayList;
import java.util.List;

/** Bounds the size of all examples of one target; counts are not its business. */
final class ExampleBudget {

    /** Most characters. A document of the server holds that of more than twenty targets. */
    static final int MOST_CHARACTERS = 200_000;

    private int left = MOST_CHARACTERS;
    private boolean exceeded;

    /** Returns the difference with as many of its examples as there is room for. */
    Difference take(ExampleTally tally) {
        List<Example> taken = new ArrayList<>();
        for (Example example : tally.examples()) {
            int size = example.key().toString().length() + length(example.before()) + length(example.after());
            if (size > left) {
                exceeded = true;
                break;
            }
            left -= size;
            taken.add(example);
        }
        return new Difference(tally.count(), taken);
    }

    /** Returns whether an example was left out. */
    boolean exceeded() {
        return exceeded;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
