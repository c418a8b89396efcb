package dev.resync.cli.plan.draft;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;

/** Drafts one target: by the documents that it has, or else with every field of every source. */
final class TargetDraft {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<SourceDraft> sources;
    private final ZoneId zone;
    private final List<String> toDo;

    TargetDraft(List<SourceDraft> sources, ZoneId zone, List<String> toDo) {
        this.sources = sources;
        this.zone = zone;
        this.toDo = toDo;
    }

    ObjectNode draft(String name, Sample target) {
        ObjectNode json = JSON.objectNode().put("namespace", target.namespace().getFullName());
        if (!target.exists()) {
            json.put("allowCreate", true);
        }
        json.put("changeStreamConsumers", "none");
        toDo.add("/targets/" + name
                + "/changeStreamConsumers: none is a guess; make it acknowledged if something reads the"
                + " change stream of " + target.namespace());
        ArrayNode fields = json.putArray("fields");
        if (target.documents().isEmpty()) {
            everything(name, fields);
        } else {
            existing(name, target, fields);
        }
        if (fields.isEmpty()) {
            toDo.add("/targets/" + name
                    + "/fields: no field could be drafted; the one that stands there is only a place holder");
            fields.addObject().put("path", "key").putArray("from").add("$key");
        }
        return json;
    }

    private void existing(String name, Sample target, ArrayNode fields) {
        Rows rows = Rows.of(target, sources, zone);
        String place = "/targets/" + name + "/fields";
        for (Profile.Field field : target.profile().fields().values()) {
            if (isId(field)) {
                continue;
            }
            if (field.holdsDocuments()) {
                List<SourceDraft> many = sources.stream()
                        .filter(source -> source.cardinality().equals("many"))
                        .toList();
                new ArrayDraft(rows, place, toDo).draft(field, many).ifPresent(fields::add);
            } else {
                new FieldDraft(rows, sources, place, toDo).draft(field).ifPresent(fields::add);
            }
        }
    }

    private void everything(String name, ArrayNode fields) {
        SourceDraft hub =
                sources.stream().filter(SourceDraft::drives).findFirst().orElseThrow();
        addFields(hub, "", "", fields, name);
        for (SourceDraft source : sources) {
            boolean taken = hub.sample().profile().fields().keySet().stream()
                    .anyMatch(path -> path.equals(source.name()) || path.startsWith(source.name() + "."));
            String place = source.name() + (taken ? "_" : "");
            if (source == hub) {
                continue;
            }
            if (source.cardinality().equals("many")) {
                ObjectNode array = fields.addObject().put("path", place).put("each", source.name());
                addFields(source, null, "", array.putArray("fields"), name);
            } else {
                addFields(source, "", place + ".", fields, name);
            }
        }
    }

    /** @param below null where paths start in the element of an array */
    private void addFields(SourceDraft source, String below, String prefix, ArrayNode fields, String target) {
        for (Profile.Field field : source.sample().profile().fields().values()) {
            if (isId(field) || field.path().equals(source.key())) {
                continue;
            }
            ObjectNode rule = fields.addObject().put("path", prefix + field.path());
            rule.putArray("from").add(below == null ? field.path() : source.name() + "." + field.path());
            ValueForm.keeping(field).writeTo(rule);
            if (ValueForm.textsAreNumbers(field)) {
                toDo.add("/targets/" + target + "/fields: all texts seen in " + source.name() + "." + field.path()
                        + " are numbers; make the type double or decimal if consumers should get numbers");
            }
            if (field.types().size() > 1) {
                toDo.add("/targets/" + target + "/fields: " + source.name() + "." + field.path()
                        + " has values of the types " + field.types() + "; choose one");
            }
        }
        if (below == null && fields.isEmpty()) {
            // An array needs a field; where the target itself has none yet, another source may have some.
            fields.addObject().put("path", "_id").putArray("from").add("_id");
        }
    }

    /** Returns whether it is the id, or a part of one that is made of fields: that of a target is always the key. */
    private static boolean isId(Profile.Field field) {
        return field.path().equals("_id") || field.path().startsWith("_id.");
    }
}
