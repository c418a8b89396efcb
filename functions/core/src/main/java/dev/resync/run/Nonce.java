package dev.resync.run;

import java.util.random.RandomGenerator;

/** Text that nobody can know before it is drawn, as far as the generator cannot be foretold. */
public final class Nonce {

    private Nonce() {}

    /**
     * Returns a new one.
     *
     * @param words its length in words of 32 bits, 1 or more: eight hexadecimal digits each
     */
    public static String of(RandomGenerator random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(String.format("%08x", random.nextInt()));
        }
        return text.toString();
    }
}
