package dev.resync.admin.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/**
 * Refuses paths that go up. API Gateway chooses the authorizer by the path as it came, and the resource is chosen by the path
 * without such segments: what comes in by the open way to the page's files must not come out elsewhere.
 */
@Provider
@PreMatching
public class PlainPaths implements ContainerRequestFilter {

    private static final Pattern GOES_UP =
            Pattern.compile("(^|[/\\\\])(\\.|%2e){1,2}([/\\\\;]|$)", Pattern.CASE_INSENSITIVE);

    @Context
    APIGatewayV2HTTPEvent event;

    @Override
    public void filter(ContainerRequestContext request) {
        String path = event == null ? null : event.getRawPath();
        if (path != null && GOES_UP.matcher(path.replaceAll("(?i)%2f|%5c", "/")).find()) {
            throw new NotFoundException("The path holds a segment that goes up. Nothing was changed.");
        }
    }
}
