package dev.resync.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.MongoException;
import dev.resync.error.AccessDenied;
import dev.resync.error.ApprovalInvalid;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.DatabaseFailed;
import dev.resync.error.DatabaseForeign;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.error.PlanUnknown;
import dev.resync.error.RequestInvalid;
import dev.resync.error.ResumeRefused;
import dev.resync.error.ResyncException;
import dev.resync.error.RunClosed;
import dev.resync.error.RunUnknown;
import dev.resync.error.SnapshotUnknown;
import dev.resync.error.StartRefused;
import dev.resync.store.DatabaseErrors;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.Map;

/** Answers an error as problem details (RFC 9457), with its stable name. */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());
    private static final MediaType PROBLEM = new MediaType("application", "problem+json");
    private static final String ERRORS = "https://resync.dev/errors/";
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FAULT = 500;
    private static final int UNAVAILABLE = 503;
    /** Most outages that an answer tells of are fail-overs, which take seconds. */
    private static final int RETRY_SECONDS = 5;

    private static final Map<Class<? extends ResyncException>, Integer> STATUS = Map.ofEntries(
            Map.entry(RequestInvalid.class, BAD_REQUEST),
            Map.entry(EnvironmentMismatch.class, CONFLICT),
            Map.entry(ConfirmationInvalid.class, CONFLICT),
            Map.entry(ApprovalInvalid.class, CONFLICT),
            Map.entry(ResumeRefused.class, CONFLICT),
            Map.entry(RunClosed.class, CONFLICT),
            Map.entry(AccessDenied.class, FORBIDDEN),
            Map.entry(StartRefused.class, FORBIDDEN),
            Map.entry(RunUnknown.class, NOT_FOUND),
            Map.entry(SnapshotUnknown.class, NOT_FOUND),
            Map.entry(PlanUnknown.class, NOT_FOUND),
            Map.entry(DatabaseUnavailable.class, UNAVAILABLE),
            Map.entry(ExecutionsUnavailable.class, UNAVAILABLE),
            // A fault of the deployment, which nobody who calls can mend.
            Map.entry(EnvironmentInvalid.class, FAULT),
            Map.entry(DatabaseForeign.class, FAULT),
            Map.entry(DatabaseFailed.class, FAULT));

    /**
     * Problem details.
     *
     * @param type what names the error
     * @param title its name without package
     * @param status HTTP status
     * @param detail what was wrong and what to do next
     * @param error its stable name
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Problem(String type, String title, int status, String detail, String error) {}

    @Override
    public Response toResponse(Throwable raised) {
        Throwable named = named(raised);
        if (named instanceof ResyncException error) {
            String title = error.getClass().getSimpleName();
            return answer(new Problem(
                    ERRORS + title,
                    title,
                    STATUS.getOrDefault(error.getClass(), CONFLICT),
                    error.getMessage(),
                    error.errorName()));
        }
        if (named instanceof StartNotAdmitted refused) {
            String title = refused.errorName().substring(refused.errorName().lastIndexOf('.') + 1);
            return answer(new Problem(ERRORS + title, title, CONFLICT, refused.getMessage(), refused.errorName()));
        }
        if (named instanceof WebApplicationException web) {
            Response.StatusType status = web.getResponse().getStatusInfo();
            return answer(unnamed(status, web.getMessage()));
        }
        LOG.log(Level.ERROR, "a call failed for a reason that has no name", raised);
        return answer(unnamed(
                Response.Status.INTERNAL_SERVER_ERROR,
                "This server failed for a reason that has no name; its log has it. Look at the run before you ask again:"
                        + " what was asked for may have been done."));
    }

    private static Throwable named(Throwable raised) {
        if (raised instanceof MongoException mongo) {
            return DatabaseErrors.named(mongo);
        }
        Throwable json = raised instanceof WebApplicationException ? raised.getCause() : raised;
        return json instanceof JsonProcessingException malformed ? noJson(malformed) : raised;
    }

    private static RequestInvalid noJson(JsonProcessingException malformed) {
        JsonLocation where = malformed.getLocation();
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return new RequestInvalid("The body is no JSON" + place + ": " + malformed.getOriginalMessage()
                + ". Expected a JSON object. Nothing was changed.");
    }

    private static Problem unnamed(Response.StatusType status, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, null);
    }

    private static Response answer(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(PROBLEM).entity(problem);
        return problem.status() == UNAVAILABLE
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build()
                : answer.build();
    }
}
