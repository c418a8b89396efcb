package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VariablesTest {
    private final Rehearsal rehearsal = Rehearsal.automatic();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void assignSeesTheValuesFromBeforeTheState() {
        assertThat(rehearsal.output("""
                        "A":{"Type":"Pass","Assign":{"x":1,"y":2},"Next":"B"},
                        "B":{"Type":"Pass","Assign":{"x":"{% $y %}","y":"{% $x %}"},"Output":["{% $x %}","{% $y %}"],"Next":"C"},
                        "C":{"Type":"Succeed","Output":["{% $states.input %}","{% $x %}","{% $y %}"]}
                        """, "{}"))
                .as("swapped at once, and Output sees the old values")
                .isEqualTo(Rehearsal.json("[[1,2],2,1]"));
    }

    @Test
    void variablesMayHoldNullAndObjects() {
        assertThat(rehearsal.output("""
                        "A":{"Type":"Pass","Assign":{"x":null,"y":{"z":"{% [1] %}"}},"Next":"B"},
                        "B":{"Type":"Succeed","Output":["{% $x %}","{% $exists($x) %}","{% $y.z %}"]}
                        """, "{}")).isEqualTo(Rehearsal.json("[null,true,[1]]"));
    }

    @Test
    void innerScopesReadOuterVariablesAndKeepTheirOwnToThemselves() {
        assertThat(rehearsal.output("""
                        "A":{"Type":"Pass","Assign":{"outer":"o"},"Next":"M"},
                        "M":{"Type":"Map","Items":[1,2],"ItemProcessor":{"StartAt":"I","States":{
                            "I":{"Type":"Pass","Assign":{"inner":"{% $states.input & $outer %}"},"Next":"J"},
                            "J":{"Type":"Pass","Output":"{% $inner %}","End":true}}},"Next":"P"},
                        "P":{"Type":"Parallel","Branches":[
                            {"StartAt":"L","States":{"L":{"Type":"Pass","Assign":{"left":1},"Next":"L2"},
                              "L2":{"Type":"Pass","Output":"{% $outer & $exists($left) & $exists($right) %}","End":true}}},
                            {"StartAt":"R","States":{"R":{"Type":"Pass","Assign":{"right":1},"Next":"R2"},
                              "R2":{"Type":"Pass","Output":"{% $outer & $exists($left) & $exists($right) %}","End":true}}}],
                          "Output":["{% $states.input %}","{% $states.result %}"],"Next":"Z"},
                        "Z":{"Type":"Succeed","Output":["{% $states.input %}","{% $exists($inner) or $exists($left) %}"]}
                        """, "{}"))
                .isEqualTo(Rehearsal.json("[[[\"1o\",\"2o\"],[\"otruefalse\",\"ofalsetrue\"]],false]"));
    }

    @Test
    void distributedChildrenSeeNoOuterVariables() {
        assertThat(rehearsal.output("""
                        "A":{"Type":"Pass","Assign":{"x":"outer"},"Next":"M"},
                        "M":{"Type":"Map","Items":[1],"ItemSelector":{"seen":"{% $x %}"},"ItemProcessor":{
                            "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{
                            "I":{"Type":"Pass","Output":["{% $states.input.seen %}","{% $exists($x) %}"],"Assign":{"x":"own"},"Next":"J"},
                            "J":{"Type":"Pass","Output":"{% $append($states.input, $x) %}","End":true}}},"Next":"Z"},
                        "Z":{"Type":"Succeed","Output":["{% $states.input %}","{% $x %}"]}
                        """, "{}")).isEqualTo(Rehearsal.json("[[[\"outer\",false,\"own\"]],\"outer\"]"));
    }

    @Test
    void aNextStateCanReplaceAValue() {
        assertThat(rehearsal.output("""
                        "A":{"Type":"Pass","Assign":{"n":0},"Next":"B"},
                        "B":{"Type":"Choice","Choices":[{"Condition":"{% $n = 3 %}","Next":"Z"}],"Default":"C"},
                        "C":{"Type":"Pass","Assign":{"n":"{% $n + 1 %}"},"Next":"B"},
                        "Z":{"Type":"Succeed","Output":"{% $n %}"}
                        """, "{}")).isEqualTo(Rehearsal.json("3"));
    }
}
