package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resync.error.PlanInvalid;
import dev.resync.error.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake a plan can hold is told with the place it stands at and what to do. */
class PlanErrorsTest {

    private static final String RULE = "/targets/view/fields/0";

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // where                              | what                       | pointer      | message holds
                "/planName                            | 'x'                        | /planName    | unknown field planName; did you mean plan?",
                "/sources/people/namspace             | 'db.x'                     |              | did you mean namespace?",
                "/sources/people/cardinality          | 'some'                     |              | is \"some\"; expected one of one, latest, many",
                "/sources/people/allowScan            | 'yes'                      |              | is \"yes\"; expected a boolean",
                "/sources/people/namespace            | 'people'                   |              | expected a namespace as database.collection",
                "/sources/people/namespace            | 'db.'                      |              | expected a namespace as database.collection",
                "/sources/people/namespace            | 'a b.people'               |              | expected a namespace as database.collection",
                "/sources/people/namespace            | 'admin.people'             |              | belongs to MongoDB",
                "/sources/people/namespace            | 'db.system.views'          |              | belongs to MongoDB",
                "/sources/people/key/field            | 'a..b'                     |              | expected a dotted field path",
                "/sources/people/key/transform        | ['reverse']                | /sources/people/key/transform/0 | is \"reverse\"; expected one of trim",
                "/sources/people/key/transform        | [{padStart: {length: 0, with: '0'}}] | /sources/people/key/transform/0/padStart/length | is 0; expected at least 1",
                "/sources/people/key/transform        | [{padEnd: {length: 1, with: '0'}}]   | /sources/people/key/transform/0/padEnd | unknown field padEnd; known: padStart",
                "/sources/people/key/type             | 'long'                     | /sources/people/key | gives a key of type long, but the plan's key is of type string; end the transform with toString",
                "/sources/people/key                  | {field: 'n', type: 'long', transform: ['upper']} | /sources/people/key/transform/0 | upper takes text, but the key is of type long here; put toString before it",
                "/sources/people/key/transform        | ['toNumber']               | /sources/people/key | gives a key of type number",
                "/sources/people/identity             | 'id'                       |              | identity is for cardinality many",
                "/sources/people/duplicates           | 'latest'                   |              | add latestBy",
                "/sources/moves/duplicates            | 'quarantine'               |              | cardinality latest supersedes",
                "/sources/visits/duplicates           | 'quarantine'               |              | knows no duplicates without identity",
                "/sources/visits/cardinality          | 'latest'                   | /sources/visits | nothing says by which field; add latestBy",
                "/sources/people/drives               | false                      | /sources     | no source drives",
                "/sources/people/exclude              | [{rule: 'a', reason: 'r'}] | /sources/people/exclude/0 | tests nothing; add key or where",
                "/sources/people/exclude              | [{rule: 'a', reason: 'r', key: {blank: true}, where: {field: 'f', isNull: true}}] | /sources/people/exclude/0 | tests both key and where",
                "/sources/people/exclude              | [{rule: 'a', reason: 'r', key: {blank: true}}, {rule: 'a', reason: 'r', key: {isNull: true}}] | /sources/people/exclude/1/rule | a name that this source has already",
                "/sources/people/exclude              | [{rule: 'a', reason: 'r', where: {field: 'f'}}] | /sources/people/exclude/0/where | too few entries",
                "/sources/people/exclude              | [{rule: 'a', key: {blank: true}}] | /sources/people/exclude/0 | lacks the field reason",
                "/sources/2nd                         | {}                         | /sources/2nd | letters, digits and underscores",
                "/targets/view/namespace              | 'db.visits'                |              | which is the collection of source visits",
                "/targets/other                       | {namespace: 'db.view', changeStreamConsumers: 'none', fields: [{path: 'a', from: ['$key']}]} | /targets/other/namespace | which is the collection of target view",
                "/targets/view/fields                 | []                         |              | too few entries; expected at least 1",
                "/timeZone                            | 'Europe/Londinium'         |              | no time zone",
                "/chunk                               | {documents: 0}             | /chunk/documents | is 0; expected at least 1",
                "/chunk                               | {documents: 1.5}           | /chunk/documents | is 1.5; expected a whole number",
                "/resumeWithinMinutes                 | 20000                      |              | is 20000; expected at most 10080",
                "/retention                           | 5                          |              | is 5; expected an object",
                "/retention                           | {snapshots: 0}             | /retention/snapshots | is 0; expected at least 1",
                "/retention                           | {snapshots: 1001}          | /retention/snapshots | is 1001; expected at most 1000",
                "/retention                           | {snapshots: '5'}           | /retention/snapshots | is \"5\"; expected a whole number",
                "/retention                           | {days: -1}                 | /retention/days | is -1; expected at least 0",
                "/retention                           | {days: 3651}               | /retention/days | is 3651; expected at most 3650",
                "/retention                           | {days: 0.5}                | /retention/days | is 0.5; expected a whole number",
                "/retention                           | {days: null}               | /retention/days | is null; expected a whole number",
                "/retention                           | {snapshot: 3}              | /retention/snapshot | unknown field snapshot; did you mean snapshots?",
                "/gates                               | {shrink: {maxShare: 5}}    | /gates/shrink/maxShare | is 5; expected at most 1",
                "/gates                               | {shrink: {maxShare: -0.1}} | /gates/shrink/maxShare | expected at least 0",
                "/gates                               | {fieldDropOut: {overrides: {'view.nane': 0.1}}} | /gates/fieldDropOut/overrides/view.nane | did you mean view.name?",
                "/gates                               | {sourceAge: {overrides: {poeple: 1}}} | /gates/sourceAge/overrides/poeple | did you mean people?",
                "/gates                               | {duplicateKeys: {overrides: {visit: 1}}} | /gates/duplicateKeys/overrides/visit | did you mean visits?",
                "/gates                               | {sourceAge: {maxHours: -1}} | /gates/sourceAge/maxHours | expected at least 0",
                "/gates                               | {fieldDropOut: {overrides: {'view.name': 2}}} | /gates/fieldDropOut/overrides/view.name | expected at most 1",
                "/gates                               | {neverHit: {allow: ['x']}} | /gates/neverHit/allow/0 | names the rule \"x\"",
                "/gates                               | {sourceAges: []}           | /gates/sourceAges | unknown field sourceAges",
                "/gates                               | {consumerQueries: [{name: 'q', target: 'vew', filter: {}}]} | /gates/consumerQueries/0/target | did you mean view?",
                "/gates                               | {consumerQueries: [{name: 'q', target: 'view', filter: {a: {$date: 'x'}}}]} | /gates/consumerQueries/0/filter | is no MongoDB filter",
                "/gates                               | {consumerQueries: [{name: 'q', target: 'view', filter: {}}, {name: 'q', target: 'view', filter: {}}]} | /gates/consumerQueries/1/name | the name of an earlier query",
                "/gates                               | {drift: {policy: 'ignore'}} | /gates/drift/policy | is \"ignore\"; expected one of refuse, carry",
                "/gates                               | {drift: {carry: {view: ['a']}}} | /gates/drift/carry | unknown field carry",
                "/key/sensitive                       | 'yes'                      |              | is \"yes\"; expected a boolean",
                "/sources/people/sensitive            | ['a..b']                   | /sources/people/sensitive/0 | expected a dotted field path",
                "/sources/people/sensitive            | ['a', 'a']                 |              | must have only unique items",
                "/sources/people                      | {namespace: 'd.people', key: {field: '_id', type: 'string'}, cardinality: 'one', drives: true, modifiedField: 'at.day', sensitive: ['at']} | /sources/people/modifiedField | which is sensitive, and receipts show how old",
                "/sources/visits/sensitive            | ['text', 'person']         | /sources/visits/sensitive/1 | which holds the key, and keys are shown; add \"sensitive\": true to /key",
            })
    void aMistakeInThePlanIsToldWithItsPlace(String where, String what, String pointer, String message) {
        assertOnlyProblem(PlanDocument.small().with(where, what), pointer == null ? where : pointer, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // rule                                                | pointer below the rule | message holds
                "{path: 'a'}                                           | ``          | add one of from, expression, each, countOf",
                "{path: 'a', from: ['$key'], expression: '1'}          | ``          | has from and expression; keep one of them",
                "{path: 'a', each: 'visits', countOf: 'visits'}        | ``          | has each and countOf",
                "{path: '_id', from: ['$key']}                         | /path       | _id is always the key",
                "{path: '_id.x', from: ['$key']}                       | /path       | _id is always the key",
                "{path: 'a.$b', from: ['$key']}                        | /path       | expected a dotted field path",
                "{path: 'a', from: []}                                 | /from       | too few entries",
                "{path: 'a', from: [3]}                                | /from/0     | is 3; expected <source>.<path>, $key",
                "{path: 'a', from: ['peple.name']}                     | /from/0     | names the source \"peple\", which the plan has not; did you mean people?",
                "{path: 'a', from: ['people']}                         | /from/0     | a source without a field",
                "{path: 'a', from: ['people..name']}                   | /from/0     | expected a dotted path",
                "{path: 'a', from: ['$now']}                           | /from/0     | the only names with a dollar sign",
                "{path: 'a', from: [{value: 1}, '$key']}               | /from/1     | is never reached",
                "{path: 'a', from: [{value: 1}], default: 2}           | /default    | is never used",
                "{path: 'a', from: [{value: 1, whenPresent: 'peple'}]} | /from/0/whenPresent | did you mean people?",
                "{path: 'a', from: [{valu: 1}]}                        | /from/0     | lacks the field value",
                "{path: 'a', from: [{value: 'x'}], type: 'int'}        | /from/0/value | is not the decimal text of a number",
                "{path: 'a', from: [{}]}                               | /from/0     | lacks the field value",
                "{path: 'a', from: [{value: 'x', separator: '-'}]}     | /from/0/separator | has no effect without join",
                "{path: 'a', from: [{join: ['people.a', 'people.b']}]} | /from/0/join | joins to text, but the type is any; make the type string",
                "{path: 'a', from: [{join: ['people.a', 'people.b']}], type: 'date'} | /from/0/join | joins to text, but the type is date; make the type string",
                "{path: 'a', from: [{join: 'people.a'}], type: 'string'} | /from/0/join | is \"people.a\"; expected an array",
                "{path: 'a', from: [{join: ['people.a']}], type: 'string'} | /from/0/join | has too few entries; expected at least 2",
                "{path: 'a', from: [{join: ['people.a', 3]}], type: 'string'} | /from/0/join/1 | is 3; expected <source>.<path> or $key",
                "{path: 'a', from: [{join: ['people.a', 'peple.b']}], type: 'string'} | /from/0/join/1 | did you mean people?",
                "{path: 'a', from: [{join: ['people', 'people.b']}], type: 'string'} | /from/0/join/0 | a source without a field",
                "{path: 'a', from: [{join: ['people.a', 'people..b']}], type: 'string'} | /from/0/join/1 | expected a dotted path",
                "{path: 'a', from: [{join: ['people.a', '$now']}], type: 'string'} | /from/0/join/1 | the only names with a dollar sign",
                "{path: 'a', from: [{join: ['people.a', '$runStart']}], type: 'string'} | /from/0/join/1 | a date, and a join is of texts",
                "{path: 'a', from: [{join: ['people.a', '$key'], separator: 1}], type: 'string'} | /from/0/separator | is 1; expected a string",
                "{path: 'a', from: [{join: ['people.a', '$key'], seperator: ','}], type: 'string'} | /from/0/seperator | did you mean separator?",
                "{path: 'a', from: [{join: ['people.a', '$key'], value: 'x'}], type: 'string'} | /from/0/value | has no effect together with join",
                "{path: 'a', from: [{join: ['people.a', '$key'], whenPresent: 'visits'}], type: 'string'} | /from/0/whenPresent | has no effect together with join",
                "{path: 'a', from: [{value: 'x'}, {join: ['people.a', '$key']}], type: 'string'} | /from/1 | is never reached",
                "{path: 'a', from: [{join: ['people.a', '$key']}], type: 'string', several: 'null'} | /several | nothing in from passes through",
                "{path: 'a', from: [{join: ['people.a', '$key']}], type: 'string', sensitive: true} | /sensitive | but $key, which the rule reads, is the key, and keys are shown",
                "{path: 'a', each: 'visits', fields: [{path: 'b', from: [{join: ['b', 'c']}], type: 'string', sensitive: false}, {path: 'd', from: ['c'], sensitive: true}]} | /fields/0/sensitive | is false, but visits.c, which the rule reads, is sensitive",
                "{path: 'a', each: 'visits', fields: [{path: 'b', from: [{join: ['b', 'c..d']}], type: 'string'}]} | /fields/0/from/0/join/1 | expected a dotted path",
                "{path: 'a', from: [{value: 1, when: {field: 'people.b'}}]} | /from/0/when | lacks the field in",
                "{path: 'a', from: [{value: 1, when: {in: [1]}}]}       | /from/0/when | lacks the field field",
                "{path: 'a', from: [{value: 1, when: {field: 'people.b', in: []}}]} | /from/0/when/in | too few entries",
                "{path: 'a', from: [{value: 1, when: {field: 'people.b', in: [null]}}]} | /from/0/when/in/0 | is null; expected a string or a number or a boolean",
                "{path: 'a', from: [{value: 1, when: {field: 'people.b', notIn: [1], in: [2]}}]} | /from/0/when/notIn | unknown field notIn",
                "{path: 'a', from: [{value: 1, when: {field: '', in: [1]}}]} | /from/0/when/field | expected <source>.<path>",
                "{path: 'a', from: [{value: 1, when: {field: '$key', in: [1]}}]} | /from/0/when/field | is \"$key\"; expected <source>.<path>",
                "{path: 'a', from: [{value: 1, when: {field: 'peple.b', in: [1]}}]} | /from/0/when/field | did you mean people?",
                "{path: 'a', from: [{value: 1, when: {field: 'people', in: [1]}}]} | /from/0/when/field | a source without a field",
                "{path: 'a', from: [{value: 1, when: {field: 'people..b', in: [1]}}]} | /from/0/when/field | expected a dotted path",
                "{path: 'a', from: [{value: 1, when: 'people.b'}]}     | /from/0/when | is \"people.b\"; expected an object",
                "{path: 'a', from: [{value: 1, whenPresent: 'visits', when: {field: 'people.b', in: [1]}}]} | /from/0 | has whenPresent and when; keep one of them",
                "{path: 'a', from: [{join: ['people.a', '$key'], when: {field: 'people.b', in: [1]}}], type: 'string'} | /from/0/when | has no effect together with join",
                "{path: 'a', from: [{value: 1, when: {field: 'visits.b', in: [1]}}], several: 'null'} | /several | nothing in from passes through",
                "{path: 'a', from: [{value: 1, when: {field: 'visits.person', in: ['x']}}], sensitive: true} | /sensitive | but visits.person, which the rule reads, is the key",
                "{path: 'a', from: ['people.a'], type: 'text'}         | /type       | is \"text\"; expected one of any, string",
                "{path: 'a', from: ['people.a'], type: 'int', default: 1.5}   | /default | does not fit type int without loss",
                "{path: 'a', from: ['people.a'], type: 'date', default: 'soon'} | /default | is no date",
                "{path: 'a', from: ['people.a'], sensitive: 'yes'}     | /sensitive  | is \"yes\"; expected a boolean",
                "{path: 'a', from: ['people.a', '$key'], sensitive: true} | /sensitive | but $key, which the rule reads, is the key, and keys are shown",
                "{path: 'a', from: ['visits.person'], sensitive: true} | /sensitive  | but visits.person, which the rule reads, is the key",
                "{path: 'a', each: 'visits', sensitive: true, fields: [{path: 'b', from: ['person']}]} | /fields/0 | but visits.person, which the rule reads, is the key",
                "{path: 'a', each: 'visits', sensitive: true, fields: [{path: 'b', from: ['c'], sensitive: false}]} | /fields/0/sensitive | is false within an array that is sensitive",
                "{path: 'a', each: 'visits', fields: [{path: 'b', from: ['c'], sensitive: false}, {path: 'd', from: ['c.e'], sensitive: true}]} | /fields/0/sensitive | is false, but visits.c, which the rule reads, is sensitive",
                "{path: 'a', each: 'visits', fields: [{path: 'b', expression: 'c', sensitive: false}, {path: 'd', from: ['c.e'], sensitive: true}]} | /fields/0/sensitive | is false, but c, which the expression names, is sensitive",
                "{path: 'a', each: 'visits', sensitive: false, fields: [{path: 'b', from: ['d']}, {path: 'c', from: ['c'], sensitive: true}]} | /sensitive | is false, but a[].c in it is sensitive; remove one of them",
                "{path: 'a', from: ['people.a'], type: 'int', enum: {A: 'b'}} | /enum/A  | is not the decimal text",
                "{path: 'a', from: ['people.a'], type: 'date', enum: ['b']}   | /enum    | make the type string",
                "{path: 'a', from: ['people.a'], enumOther: 'b'}       | /enumOther  | has no effect without enum",
                "{path: 'a', from: ['people.a'], format: 'yyyy'}       | /format     | is for dates, but the type is any",
                "{path: 'a', from: ['people.a'], type: 'int', as: 'text'} | /as      | is for dates, but the type is int",
                "{path: 'a', from: ['people.a'], type: 'date', format: 'bbb'} | /format | no pattern for a date",
                "{path: 'a', from: ['people.a'], type: 'date', format: 'HH:mm'} | /format | no pattern for a date",
                "{path: 'a', from: ['people.a'], type: 'date', format: 'yyyy', as: 'bsonDate'} | /format | has no effect on a BSON date",
                "{path: 'a', from: ['people.a'], type: 'date', inputFormats: ['{']} | /inputFormats/0 | no pattern for a date",
                "{path: 'a', from: ['people.a'], type: 'date', inputFormats: ['HH:mm']} | /inputFormats/0 | no date can be read with it",
                "{path: 'a', from: ['people.a'], several: 'null'}      | /several    | nothing in from passes through a source of cardinality many",
                "{path: 'a', from: ['visits.a'], several: 'first'}     | /several    | is \"first\"; expected one of quarantine, null",
                "{path: 'a', from: ['visits.a'], type: 'int', several: {join: '+'}} | /several | joins to text, but the type is int",
                "{path: 'a', expression: '1 +'}                        | /expression | is no JSONata",
                "{path: 'a', expression: '$now()'}                     | /expression | uses $now",
                "{path: 'a', expression: '1', several: 'null'}         | /several    | has no effect together with expression",
                "{path: 'a', preserve: false}                          | /preserve   | must be the constant value 'true'",
                "{path: 'a', preserve: true, default: 1}               | /default    | has no effect together with preserve",
                "{path: 'a', preserve: true, from: ['people.name']}    | ``          | has from and preserve",
                "{path: 'a', each: 'visits', fields: [{path: 'b', preserve: true}]} | /fields/0/preserve | stands within each",
                "{path: 'a', countOf: 'peple'}                         | /countOf    | did you mean people?",
                "{path: 'a', countOf: 'visits', type: 'string'}        | /type       | a count is an int or a long",
                "{path: 'a', countOf: 'visits', default: 1}            | /default    | has no effect together with countOf",
                "{path: 'a', each: 'vists', fields: [{path: 'b', from: ['b']}]} | /each | did you mean visits?",
                "{path: 'a', each: 'people', fields: [{path: 'b', from: ['b']}]} | /each | each needs many",
                "{path: 'a', each: 'visits'}                           | ``          | add fields",
                "{path: 'a', each: 'visits', required: true, fields: [{path: 'b', from: ['b']}]} | /required | has no effect together with each",
                "{path: 'a', each: 'visits', fields: [{path: 'b', countOf: 'moves'}]} | /fields/0/countOf | stands within each",
                "{path: 'a', each: 'visits', fields: [{path: 'b', each: 'visits', fields: [{path: 'c', from: ['c']}]}]} | /fields/0/each | within another each",
                "{path: 'a', each: 'visits', fields: [{path: 'b', from: ['b']}, {path: 'b', from: ['c']}]} | /fields/1/path | writes, too",
                "{path: 'a', each: 'visits', fields: [{path: 'b', from: ['b'], several: 'null'}]} | /fields/0/several | has no effect",
                "{path: 'a', from: ['people.a'], reportRepeats: true}  | /reportRepeats | unknown field reportRepeats",
                "{path: 'a', from: ['people.a'], typ: 'int'}           | /typ        | unknown field typ; did you mean type?",
            })
    void aMistakeInARuleIsToldWithItsPlace(String rule, String below, String message) {
        assertOnlyProblem(PlanDocument.small().rules(rule), RULE + below, message);
    }

    @Test
    void everySourceWhoseKeyDoesNotFitIsNamed() {
        assertThat(problems(PlanDocument.small().with("/key/type", "'int'")))
                .extracting(Problem::pointer)
                .containsExactly("/sources/people/key", "/sources/visits/key", "/sources/moves/key");
    }

    @Test
    void twoRulesForOnePathAreRefused() {
        assertOnlyProblem(
                PlanDocument.small().rules("{path: 'a', from: ['$key']}", "{path: 'a', from: ['people.a']}"),
                "/targets/view/fields/1/path",
                "is \"a\", which /targets/view/fields/0/path writes, too");
    }

    @Test
    void aPathThroughAnotherIsRefusedInEitherOrder() {
        for (List<String> paths : List.of(List.of("a", "a.b"), List.of("a.b.c", "a.b"))) {
            assertOnlyProblem(
                    PlanDocument.small()
                            .rules(
                                    "{path: '" + paths.get(0) + "', from: ['$key']}",
                                    "{path: '" + paths.get(1) + "', from: ['$key']}"),
                    "/targets/view/fields/1/path",
                    "a field cannot be a value and hold fields");
        }
        PlanDocument.small()
                .rules("{path: 'ab', from: ['$key']}", "{path: 'a', from: ['$key']}")
                .read();
    }

    @Test
    void aMissingPartIsNamed() {
        assertOnlyProblem(PlanDocument.small().without("/timeZone"), "", "lacks the field timeZone");
        assertOnlyProblem(
                PlanDocument.small().without("/targets/view/changeStreamConsumers"),
                "/targets/view",
                "lacks the field changeStreamConsumers");
    }

    @Test
    void allProblemsAreToldTogetherInTheOrderOfTheDocument() {
        PlanDocument broken = PlanDocument.small()
                .with("/timeZone", "'Nowhere/Land'")
                .with("/sources/people/colour", "'red'")
                .with("/sources/visits/cardinality", "'few'")
                .rules("{path: 'a', from: ['nobody.a'], type: 'date', format: '{'}")
                .with("/gates", "{shrink: {maxShare: 2}}");

        assertThat(problems(broken))
                .extracting(Problem::pointer)
                .containsExactly(
                        "/timeZone",
                        "/sources/people/colour",
                        "/sources/visits/cardinality",
                        "/targets/view/fields/0/from/0",
                        "/targets/view/fields/0/format",
                        "/gates/shrink/maxShare");
    }

    @Test
    void aDocumentOfTheWrongShapeIsRefusedAndNotACrash() {
        for (String document : List.of(
                "[]",
                "null",
                "{\"sources\": [], \"targets\": 3, \"gates\": \"x\", \"key\": null}",
                "{\"sources\": {\"a\": 1, \"b\": {\"key\": [], \"exclude\": [1, {}]}},"
                        + " \"targets\": {\"t\": null, \"u\": {\"fields\": [null, 1, {\"from\": {}}, {\"each\": 1},"
                        + " {\"from\": [{\"join\": 3}, {\"join\": [{}, null], \"separator\": []}, {\"value\": 1, \"when\": 3},"
                        + " {\"value\": 1, \"when\": {\"field\": [], \"in\": 3}}]}, {\"from\": [{}, null], \"several\": {}}, {\"countOf\": {}}, {\"expression\": 3}]}},"
                        + " \"gates\": {\"drift\": 1, \"consumerQueries\": [1, {}], \"fieldDropOut\": []}}")) {
            assertThatThrownBy(() -> new PlanReader().read("odd", document))
                    .describedAs(document)
                    .isInstanceOf(PlanInvalid.class);
        }
    }

    private static void assertOnlyProblem(PlanDocument document, String pointer, String message) {
        List<Problem> problems = problems(document);
        assertThat(problems)
                .anySatisfy(problem -> {
                    assertThat(problem.pointer()).isEqualTo(pointer);
                    assertThat(problem.message()).contains(message);
                })
                .allSatisfy(problem -> assertThat(
                                problem.pointer().startsWith(pointer) || pointer.startsWith(problem.pointer()))
                        .describedAs(problem.toString())
                        .isTrue());
    }

    private static List<Problem> problems(PlanDocument document) {
        PlanInvalid invalid = catchThrowableOfType(PlanInvalid.class, document::read);
        assertThat(invalid).describedAs(document.json()).isNotNull();
        return invalid.problems();
    }
}
