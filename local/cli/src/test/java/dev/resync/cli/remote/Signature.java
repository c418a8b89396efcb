package dev.resync.cli.remote;

import dev.resync.cli.remote.RecordingServer.Asked;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 worked out by hand, as AWS describes it in "Create a signed AWS API request" of the IAM user guide, for
 * requests whose paths need no second encoding.
 */
public final class Signature {

    private Signature() {}

    /** Returns the signature that a request must bear, given which of its headers are signed. */
    public static String of(Asked request, List<String> signedHeaders, String secret, String region, String service) {
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + request.headers().get(name).strip() + "\n")
                .collect(Collectors.joining());
        String query = request.rawQuery() == null
                ? ""
                : Arrays.stream(request.rawQuery().split("&")).sorted().collect(Collectors.joining("&"));
        String canonical = String.join(
                "\n",
                request.method(),
                request.rawPath(),
                query,
                headers,
                String.join(";", signedHeaders),
                hex(sha256(request.body())));
        String time = request.headers().get("X-Amz-Date");
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(canonical)));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return hex(hmac(key, toSign));
    }

    /** Returns the parts of an Authorization header: Credential, SignedHeaders and Signature. */
    public static Map<String, String> parts(String authorization) {
        return Arrays.stream(
                        authorization.replaceFirst("^AWS4-HMAC-SHA256 ", "").split(", *"))
                .collect(Collectors.toMap(part -> part.split("=")[0], part -> part.split("=", 2)[1]));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
