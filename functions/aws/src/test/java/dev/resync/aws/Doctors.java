package dev.resync.aws;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.util.List;
import org.bson.Document;

/** The collections of the revalidation plan with three doctors. */
public final class Doctors {

    private static final List<String> NUMBERS = List.of("1000001", "1000002", "1000003");

    private Doctors() {}

    /** Makes the collections anew. */
    public static void seed(MongoClient client) {
        MongoDatabase database = client.getDatabase("revalidation");
        database.drop();
        database.getCollection("traineeInfo").createIndex(Indexes.ascending("gmcReferenceNumber"));
        for (String number : NUMBERS) {
            database.getCollection("doctorsForDB")
                    .insertOne(new Document("_id", number)
                            .append("doctorFirstName", "Ada")
                            .append("doctorLastName", "Nightingale")
                            .append("existsInGmc", true));
            database.getCollection("traineeInfo")
                    .insertOne(new Document("gmcReferenceNumber", number).append("tcsPersonId", Long.valueOf(number)));
            for (String view : List.of("masterDoctorView", "recommendationView")) {
                database.getCollection(view).insertOne(new Document("_id", number));
            }
        }
    }
}
