package dev.resync.mapping;

import org.bson.BsonDocument;
import org.bson.BsonValue;

/** One rule, ready to evaluate. Thread-safe. */
interface RuleEvaluator {

    /**
     * Evaluates the rule.
     *
     * @param view the bundle; told of problems and hits
     * @param element document of the array element; null for rules of the target itself
     * @return the value; null for none
     */
    BsonValue evaluate(BundleView view, BsonDocument element);
}
