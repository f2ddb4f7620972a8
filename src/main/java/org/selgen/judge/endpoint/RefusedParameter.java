package org.selgen.judge.endpoint;

/** An endpoint refused a call for one of its parameters, without which it is worth another try. */
final class RefusedParameter extends Exception {
    final transient RequestParameters rest;

    RefusedParameter(String message, RequestParameters rest) {
        super(message);
        this.rest = rest;
    }
}
