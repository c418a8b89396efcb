package dev.resync.run;

import dev.resync.store.ControlJson;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Updates of a run's record. Each raises its heartbeat, too. */
public final class RunUpdate {

    private RunUpdate() {}

    /**
     * Returns an update that sets fields.
     *
     * @param namesAndValues field name, value, field name, value, …; null removes the field
     */
    public static BsonDocument set(Object... namesAndValues) {
        BsonDocument set = new BsonDocument();
        BsonDocument unset = new BsonDocument();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            if (namesAndValues[i + 1] == null) {
                unset.append(name, new BsonString(""));
            } else {
                set.append(name, ControlJson.toBsonValue(namesAndValues[i + 1]));
            }
        }
        BsonDocument update = heartbeat();
        if (!set.isEmpty()) {
            update.append("$set", set);
        }
        return unset.isEmpty() ? update : update.append("$unset", unset);
    }

    /** Returns an update that adds to the end of a list. */
    public static BsonDocument push(String list, Object value) {
        return heartbeat().append("$push", new BsonDocument(list, ControlJson.toBsonValue(value)));
    }

    /** Takes an element away from a list. */
    public static BsonDocument pull(String list, Object value) {
        return heartbeat().append("$pull", new BsonDocument(list, ControlJson.toBsonValue(value)));
    }

    /** Returns an update that also raises the epoch by one. */
    public static BsonDocument raisingEpoch(BsonDocument update) {
        update.getDocument("$inc").append("epoch", new BsonInt64(1));
        return update;
    }

    /** Returns an update that changes nothing but the heartbeat. */
    static BsonDocument heartbeat() {
        return new BsonDocument("$inc", new BsonDocument("heartbeat", new BsonInt64(1)));
    }
}
