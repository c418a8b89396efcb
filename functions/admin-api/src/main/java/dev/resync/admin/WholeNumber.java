package dev.resync.admin;

import dev.resync.error.RequestInvalid;

/** Whole numbers among the parameters of a request. */
final class WholeNumber {

    private WholeNumber() {}

    /**
     * Returns a number.
     *
     * @param name of the parameter
     * @param text as it came
     * @throws RequestInvalid where it is no whole number of this range
     */
    static int of(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Named below.
        }
        throw new RequestInvalid(
                name + " is " + text + "; expected a whole number from " + least + " to " + most + ".");
    }
}
