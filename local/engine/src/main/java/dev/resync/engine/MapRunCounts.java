package dev.resync.engine;

/**
 * How far the items of a map run are. Each item is a child execution of its own, so that AWS' two sets of counts are one here.
 *
 * @param pending not begun yet
 * @param running under way
 * @param succeeded done
 * @param failed ended by an error
 * @param timedOut ended by a time limit
 * @param aborted stopped, by somebody or because the map run ended
 * @param pendingRedrive ended without success before a redrive, and not begun again yet; counted nowhere else
 */
public record MapRunCounts(
        long pending, long running, long succeeded, long failed, long timedOut, long aborted, long pendingRedrive) {

    /**
     * Returns the number of all items.
     *
     * @return not negative
     */
    public long total() {
        return pending + running + succeeded + failed + timedOut + aborted + pendingRedrive;
    }
}
