package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list. The token of the next names the last item of this one and what was asked, so that what begins meanwhile
 * neither repeats nor hides an item, and a token is good for its own question only.
 */
final class Page {

    private static final int LONGEST_TOKEN = 3_096;

    private Page() {}

    /**
     * Puts a page into an answer.
     *
     * @param answer gets the items under the name, and {@code nextToken} where there are more
     * @param all the items, in their order
     * @param key tells them apart, whenever it is asked
     * @throws ApiError where the token is of another question, or its item is gone
     */
    static <T> ObjectNode of(
            ObjectNode answer,
            String name,
            Request request,
            List<T> all,
            Function<T, String> key,
            Function<T, ObjectNode> shown) {
        int from = begin(request, all, key);
        int to = Math.min(all.size(), from + request.pageSize());
        ArrayNode items = answer.putArray(name);
        all.subList(from, to).forEach(item -> items.add(shown.apply(item)));
        if (to < all.size()) {
            answer.put("nextToken", token(request, key.apply(all.get(to - 1))));
        }
        return answer;
    }

    private static <T> int begin(Request request, List<T> all, Function<T, String> key) {
        String token = request.optionalText("nextToken", LONGEST_TOKEN);
        if (token == null) {
            return 0;
        }
        for (int i = 0; i < all.size(); i++) {
            if (token.equals(token(request, key.apply(all.get(i))))) {
                return i + 1;
            }
        }
        throw new ApiError(
                "InvalidToken",
                "nextToken is none that this request was given; repeat the request that gave it, or begin without one");
    }

    private static String token(Request request, String key) {
        String question = Integer.toHexString(request.withoutPage().hashCode());
        return Base64.getEncoder().encodeToString((question + ' ' + key).getBytes(StandardCharsets.UTF_8));
    }
}
