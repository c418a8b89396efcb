package dev.resync.admission;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoCollection;
import dev.resync.error.RequestInvalid;
import dev.resync.run.Nonce;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;

/**
 * Tells admission who asked where a service authenticated them. An execution's input says nothing that its writer could not have
 * typed; so the service keeps the request under a ticket that cannot be guessed, and starts the execution with it.
 */
public final class RequestTickets {

    /** The field of a request that holds its ticket. */
    public static final String FIELD = "ticket";

    /** How long a ticket counts: an execution starts at once. */
    private static final Duration EXPIRY = Duration.ofMinutes(15);

    /** Longer than an execution can be redriven, which is 14 days (AWS Step Functions developer guide, redriving executions). */
    private static final Duration KEPT = Duration.ofDays(30);

    private final StageContext context;
    private final MongoCollection<BsonDocument> tickets;

    public RequestTickets(StageContext context) {
        this.context = context;
        this.tickets = context.store().control("tickets");
    }

    /**
     * A request as it is kept.
     *
     * @param id the ticket
     * @param request the request without it
     * @param authenticatedAs who asks
     * @param at when they asked
     * @param usedBy ARN of the execution that gave it; null before
     */
    public record Ticket(
            @JsonProperty("_id") String id, JsonNode request, String authenticatedAs, Instant at, String usedBy) {}

    /**
     * Keeps a request.
     *
     * @param request without a ticket
     * @param authenticatedAs who asks, as the service knows them; not blank
     * @return the request with its ticket, as input for an execution
     */
    public ObjectNode issue(ObjectNode request, String authenticatedAs) {
        Ticket ticket = new Ticket(
                Nonce.of(context.random(), 4),
                request.deepCopy(),
                authenticatedAs,
                context.clock().instant(),
                null);
        tickets.insertOne(ControlJson.toBson(ticket));
        return request.deepCopy().put(FIELD, ticket.id());
    }

    /**
     * Forgets tickets that no execution can give any more.
     *
     * @return how many
     */
    public long sweep() {
        LocalDate day = LocalDate.ofInstant(context.clock().instant().minus(KEPT), ZoneOffset.UTC);
        // Times are texts, whose order is that of the times down to the day.
        return tickets.deleteMany(new BsonDocument("at", new BsonDocument("$lt", new BsonString(day.toString()))))
                .getDeletedCount();
    }

    /** Returns who asked, without giving the ticket to anybody; empty where it is not a ticket of this very request. */
    Optional<String> issuedTo(JsonNode request) {
        BsonDocument found = tickets.find(new BsonDocument(
                        "_id", new BsonString(request.path(FIELD).asText(""))))
                .first();
        return Optional.ofNullable(found)
                .map(document -> ControlJson.fromBson(document, Ticket.class))
                .filter(ticket -> without(request).equals(ticket.request()))
                .map(Ticket::authenticatedAs);
    }

    private static JsonNode without(JsonNode request) {
        ObjectNode without = request.deepCopy();
        without.remove(FIELD);
        return without;
    }

    /**
     * Returns who asked, and gives the ticket to an execution.
     *
     * @param request with its ticket
     * @throws RequestInvalid where the ticket is unknown, too old, of another request, or another execution's
     */
    String redeem(JsonNode request, String execution) {
        BsonDocument mine = new BsonDocument(
                        "_id", new BsonString(request.path(FIELD).asText("")))
                .append(
                        "usedBy",
                        new BsonDocument("$in", new BsonArray(List.of(BsonNull.VALUE, new BsonString(execution)))));
        BsonDocument found = tickets.find(mine).first();
        if (found == null) {
            throw notOurs();
        }
        Ticket ticket = ControlJson.fromBson(found, Ticket.class);
        requireCounting(ticket, request);
        // Only now: an execution that is refused has not given it, and must find it too old still when it is redriven.
        BsonDocument given = tickets.findOneAndUpdate(
                mine, new BsonDocument("$set", new BsonDocument("usedBy", new BsonString(execution))));
        if (given == null) {
            throw notOurs();
        }
        return ticket.authenticatedAs();
    }

    /** One that was given to this very execution counts for as long as that may be called. */
    private void requireCounting(Ticket ticket, JsonNode request) {
        if (ticket.usedBy() == null
                && context.clock().instant().isAfter(ticket.at().plus(EXPIRY))) {
            throw invalid("was issued at " + ticket.at() + " and counts for " + ReadableDuration.of(EXPIRY));
        }
        if (!without(request).equals(ticket.request())) {
            throw invalid("was issued for another request");
        }
    }

    private static RequestInvalid notOurs() {
        return invalid("is not one that the admin API issued, or another execution gave it already");
    }

    private static RequestInvalid invalid(String why) {
        return new RequestInvalid("ticket " + why + ". Ask the admin API to start the run.");
    }
}
