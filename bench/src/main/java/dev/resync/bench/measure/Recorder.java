package dev.resync.bench.measure;

/** Takes what is measured while a contender works. */
public interface Recorder {

    /**
     * Does something and measures it, as one row.
     *
     * @param row name of the row
     */
    void measure(String row, Runnable work);

    /**
     * Adds a row that is the sum of others of the same pass.
     *
     * @param row name of the row
     * @param parts names of rows that were measured already
     */
    void sum(String row, String... parts);

    /**
     * Notes which share of a row's time the state machine's engine needed for itself, while no function was at work.
     *
     * @param row name of a row that was measured already
     * @param share 0 to 1
     */
    void engineShare(String row, double share);
}
