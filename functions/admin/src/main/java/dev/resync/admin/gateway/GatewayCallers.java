package dev.resync.admin.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import dev.resync.admin.Caller;
import dev.resync.admin.Callers;
import dev.resync.error.AccessDenied;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Who calls, as API Gateway has authenticated them: by the signature of an AWS identity, or by a token. */
@RequestScoped
public class GatewayCallers implements Callers {

    /** Amazon Cognito's claim. Names of groups hold no blanks there; elsewhere they may, and could not be told apart. */
    private static final String GROUPS = "cognito:groups";

    @Context
    APIGatewayV2HTTPEvent event;

    @Override
    public Caller current() {
        Authorizer authorizer = event == null || event.getRequestContext() == null
                ? null
                : event.getRequestContext().getAuthorizer();
        if (authorizer != null
                && authorizer.getIam() != null
                && authorizer.getIam().getUserArn() != null) {
            return new Caller(authorizer.getIam().getUserArn(), List.of());
        }
        if (authorizer != null
                && authorizer.getJwt() != null
                && authorizer.getJwt().getClaims() != null) {
            Map<String, String> claims = authorizer.getJwt().getClaims();
            if (claims.get("sub") != null) {
                return new Caller(claims.get("sub"), groups(claims));
            }
        }
        throw new AccessDenied(
                "API Gateway has authenticated nobody for this call. Nothing was changed. The route needs an"
                        + " authorizer, AWS_IAM or JWT.");
    }

    /** API Gateway flattens a list to {@code [one two]}. */
    private static List<String> groups(Map<String, String> claims) {
        String flat = claims.getOrDefault(GROUPS, "").replaceAll("^\\[|\\]$", "");
        return Arrays.stream(flat.split("[\\s,]+"))
                .filter(group -> !group.isBlank())
                .toList();
    }
}
