package dev.resync.mapping;

import dev.resync.plan.FieldOrigin;
import dev.resync.plan.Several;
import java.util.Map;
import org.bson.BsonDateTime;

/**
 * Makes the origins of one rule ready to read.
 *
 * @param target the rule's place in reports
 * @param several what several documents of a source give
 * @param inElement whether paths start from the element of an array
 * @param converter what the rule does to a value
 * @param sourceIndex position of each source in the view of a bundle
 */
record Origins(
        RuleTarget target,
        Several several,
        boolean inElement,
        ValueConverter converter,
        Map<String, Integer> sourceIndex) {

    Origin of(FieldOrigin origin) {
        if (origin instanceof FieldOrigin.Key) {
            return (view, element) -> converter.convert(view.key());
        }
        if (origin instanceof FieldOrigin.RunStart) {
            return (view, element) ->
                    converter.convert(new BsonDateTime(view.runStart().toEpochMilli()));
        }
        if (origin instanceof FieldOrigin.Path path) {
            FieldPath field = new FieldPath(path.path());
            return inElement
                    ? new Origin.InElement(path.source(), field, converter)
                    : new Origin.InSource(path.source(), sourceIndex.get(path.source()), field, several, converter);
        }
        if (origin instanceof FieldOrigin.Join join) {
            return new Origin.Join(join.parts().stream().map(this::of).toList(), join.separator(), target);
        }
        FieldOrigin.Constant constant = (FieldOrigin.Constant) origin;
        FieldPath when = constant.whenPath() == null ? null : new FieldPath(constant.whenPath());
        Integer source = constant.whenSource() == null ? null : sourceIndex.get(constant.whenSource());
        Scalars in = constant.whenIn() == null ? null : new Scalars(constant.whenIn(), false);
        return new Origin.Constant(constant.value(), source, when, in, inElement);
    }
}
