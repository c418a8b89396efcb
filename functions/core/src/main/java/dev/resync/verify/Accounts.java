package dev.resync.verify;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.SourceAccount;
import dev.resync.error.AccountingMismatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up where the documents of each source went, over the chunks of sync and of mapping. */
public final class Accounts {

    private Accounts() {}

    /** Returns the sum over the chunks, by source. */
    public static Map<String, SourceAccount> sum(List<Chunk> chunks) {
        Map<String, SourceAccount> sum = new TreeMap<>();
        for (Chunk chunk : chunks) {
            if (chunk.result() != null) {
                chunk.result().sources().forEach((source, account) -> sum.merge(source, account, SourceAccount::plus));
            }
        }
        return sum;
    }

    /** Returns when the newest document of each source was changed; without sources that do not say so. */
    static Map<String, Instant> newest(List<Chunk> synced) {
        Map<String, Instant> newest = new TreeMap<>();
        synced.forEach(chunk -> chunk.result()
                .newest()
                .forEach((source, at) -> newest.merge(source, at, (one, other) -> one.isAfter(other) ? one : other)));
        return newest;
    }

    /**
     * Returns the whole account of each source.
     *
     * @param synced all sync chunks, done
     * @param mapped all map chunks, done
     * @throws AccountingMismatch where read is not the sum of all the places that a document can go to
     */
    public static Map<String, SourceAccount> balanced(String run, List<Chunk> synced, List<Chunk> mapped) {
        Map<String, SourceAccount> accounts = sum(synced);
        sum(mapped).forEach((source, account) -> accounts.merge(source, account, SourceAccount::plus));
        requireBalanced(run, accounts);
        return accounts;
    }

    /**
     * Makes sure that every document went to one place.
     *
     * @throws AccountingMismatch where read is not the sum of all the places that a document can go to
     */
    public static void requireBalanced(String run, Map<String, SourceAccount> accounts) {
        accounts.forEach((source, account) -> {
            if (!account.balanced()) {
                throw new AccountingMismatch(
                        "Source " + source + " of run " + run + " does not add up: " + account.read()
                                + " documents were read, " + account.staged() + " of them handed over to mapping and "
                                + account.mapped() + " accounted for there. The run is not published.");
            }
        });
    }

    /**
     * Returns accounts with some documents accounted for anew.
     *
     * @param before where those documents went before
     * @param after where they go now
     */
    public static Map<String, SourceAccount> with(
            Map<String, SourceAccount> accounts, Map<String, SourceAccount> before, Map<String, SourceAccount> after) {
        Map<String, SourceAccount> now = new TreeMap<>(accounts);
        before.forEach((source, account) ->
                now.put(source, now.getOrDefault(source, SourceAccount.NONE).minus(account)));
        after.forEach((source, account) -> now.merge(source, account, SourceAccount::plus));
        return now;
    }
}
