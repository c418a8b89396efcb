package dev.resync.cli.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.store.ControlJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;

/** Holds each answer to AWS' model: no field that it does not have, and none missing that it requires. */
final class ModelledAnswers implements ExecutionInterceptor {

    private static final ExecutionAttribute<byte[]> BODY = new ExecutionAttribute<>("body");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(body -> {
            try {
                byte[] read = body.readAllBytes();
                attributes.putAttribute(BODY, read);
                return new ByteArrayInputStream(read);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void afterUnmarshalling(Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
        assertThat(context.httpResponse().firstMatchingHeader("x-amzn-RequestId"))
                .isPresent();
        assertThat(context.httpResponse().firstMatchingHeader("Content-Type")).hasValue("application/x-amz-json-1.0");
        try {
            requireModelled(
                    "", ControlJson.mapper().readTree(attributes.getAttribute(BODY)), (SdkPojo) context.response());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireModelled(String place, JsonNode answer, SdkPojo model) {
        Map<String, SdkField<?>> fields =
                model.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, Function.identity()));
        answer.properties().forEach(field -> {
            String at = place + "/" + field.getKey();
            assertThat(fields).as("fields at %s", at).containsKey(field.getKey());
            assertThat(field.getValue().isNull()).as("%s is null", at).isFalse();
            requireModelled(at, field.getValue(), fields.get(field.getKey()));
        });
        fields.forEach((name, field) -> {
            if (field.containsTrait(RequiredTrait.class)) {
                assertThat(answer.has(name)).as("%s/%s is there", place, name).isTrue();
            }
        });
    }

    private static void requireModelled(String at, JsonNode value, SdkField<?> field) {
        if (field.marshallingType() == MarshallingType.SDK_POJO) {
            requireModelled(at, value, field.constructor().get());
        } else if (field.marshallingType() == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            value.forEach(each -> requireModelled(at, each, member));
        } else if (field.marshallingType() == MarshallingType.STRING) {
            assertThat(value.isTextual()).as("%s is a text", at).isTrue();
        } else if (field.marshallingType() == MarshallingType.BOOLEAN) {
            assertThat(value.isBoolean()).as("%s is true or false", at).isTrue();
        } else if (field.marshallingType() == MarshallingType.INSTANT
                || field.marshallingType() == MarshallingType.FLOAT) {
            assertThat(value.isNumber()).as("%s is a number", at).isTrue();
        } else if (field.marshallingType() == MarshallingType.INTEGER
                || field.marshallingType() == MarshallingType.LONG) {
            assertThat(value.isIntegralNumber()).as("%s is a whole number", at).isTrue();
        }
    }
}
