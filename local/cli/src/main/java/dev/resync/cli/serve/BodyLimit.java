package dev.resync.cli.serve;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Refuses bodies that no request needs: API Gateway bounds them where it stands before the API, and nothing does here. */
@PreMatching
final class BodyLimit implements ContainerRequestFilter {

    /** An execution takes an input of 256 KiB; the largest sensible request, one restore of a thousand targets, is a tenth. */
    private static final int MOST_BYTES = 65_536;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        requireReadable(request);
        byte[] body = request.getEntityStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ClientErrorException(
                    "The body is longer than " + MOST_BYTES + " bytes. Nothing was changed.",
                    Status.REQUEST_ENTITY_TOO_LARGE);
        }
        request.setEntityStream(new ByteArrayInputStream(body));
    }

    /** What is packed would be counted as it comes, and read as it is. */
    private static void requireReadable(ContainerRequestContext request) {
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equals("identity")) {
            throw new NotSupportedException(
                    "Content-Encoding is " + encoding + "; expected none. Nothing was changed.");
        }
        try {
            request.getMediaType();
            request.getAcceptableMediaTypes();
            request.getAcceptableLanguages();
        } catch (ProcessingException malformed) {
            throw new BadRequestException(malformed.getMessage() + " Nothing was changed.");
        }
    }
}
