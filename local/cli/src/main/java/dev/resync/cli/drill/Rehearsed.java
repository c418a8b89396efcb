package dev.resync.cli.drill;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import java.util.List;

/** What a drill rebuilds, in a database of its own. */
interface Rehearsed {

    /** Name of the database that holds the views, and that nobody else may have. */
    String DATABASE = "resync_drill";

    /** Returns the name of the plan. */
    String plan();

    /** Returns the plan as JSON. */
    String planText();

    /** Returns the live views, in the order in which a cut-over renames them. */
    List<MongoNamespace> views();

    /** Returns how many documents of each collection a chunk is planned for, 1 or more. */
    int chunkDocuments();

    /** Returns whether a view may be missing before a run. */
    boolean mayBeAbsent();

    /** Returns whether views are changed in place, so that readers see old and new documents side by side meanwhile. */
    boolean inPlace();

    /** Returns a collection that has nothing but the index that all have. */
    MongoNamespace bare();

    /** Begins with what there is before the first round. */
    void load(MongoClient client);

    /**
     * Prepares a round.
     *
     * @param generation 1 or more, another one for each round
     * @param absent name of the view that must be missing; null for none
     */
    void prepare(MongoClient client, int generation, String absent);

    /** Returns {@code database.collection} of the view that a cut-over renames last. */
    default String lastView() {
        return views().get(views().size() - 1).getFullName();
    }
}
