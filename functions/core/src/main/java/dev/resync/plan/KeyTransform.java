package dev.resync.plan;

/** One step from a source's raw key to the plan's key. Steps apply in the order of the plan. */
public sealed interface KeyTransform {

    /** Removes white space, non-breaking space included, from both ends of a text. */
    record Trim() implements KeyTransform {}

    /** Turns a text into upper case, independent of language. */
    record Upper() implements KeyTransform {}

    /** Turns a text into lower case, independent of language. */
    record Lower() implements KeyTransform {}

    /**
     * Lengthens a text at its start.
     *
     * @param length least number of characters of the result, 1 to 1,000
     * @param with the character to add
     */
    record PadStart(int length, char with) implements KeyTransform {}

    /** Turns a number into its decimal text, an ObjectId into its hexadecimal text; a text stays as it is. */
    record ToText() implements KeyTransform {}

    /** Turns the decimal text of a whole number into the number; a text that is none has no key. */
    record ToNumber() implements KeyTransform {}
}
