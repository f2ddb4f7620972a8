package org.selgen.template;

import java.util.List;
import org.selgen.template.python.Namespace;
import org.selgen.template.python.Refused;
import org.selgen.template.python.Repr;
import org.selgen.template.python.Undefined;
import org.selgen.template.python.Values;

/** What values are given to. */
final class Targets {
    private Targets() {}

    /** A place for a value. */
    interface Target {
        void set(Frame frame, Object value);
    }

    record Variable(String name) implements Target {
        @Override
        public void set(Frame frame, Object value) {
            frame.scope().set(name, value);
        }
    }

    record OfNamespace(String namespace, String name) implements Target {
        @Override
        public void set(Frame frame, Object value) {
            if (!(Undefined.refuse(frame.scope().get(namespace)) instanceof Namespace known)) {
                throw new Refused(
                        "'" + namespace + "." + name + "' cannot be set: '" + namespace + "' is no namespace");
            }
            known.set(name, value);
        }
    }

    record Unpacked(List<Target> targets) implements Target {
        @Override
        public void set(Frame frame, Object value) {
            List<Object> items = Values.list(Undefined.refuse(value), frame.budget());
            if (items.size() != targets.size()) {
                throw new Refused(targets.size() + " variables cannot be set to " + items.size() + " values");
            }
            for (int i = 0; i < items.size(); i++) {
                targets.get(i).set(frame, items.get(i));
            }
        }
    }

    /** Where a block writes. */
    record Written() implements Target {
        @Override
        public void set(Frame frame, Object value) {
            frame.output().write(Repr.text(value, frame.budget()));
        }
    }
}
