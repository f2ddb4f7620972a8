package org.selgen.template.python;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.selgen.template.python.Environment.Filter;

/** Jinja's filters by name. */
public final class Filters {
    public static final Map<String, Filter> ALL;

    /** Filters of Jinja that no chat template needs; a template that uses one is refused where it does. */
    public static final Set<String> REFUSED = Set.of(
            "e",
            "escape",
            "filesizeformat",
            "forceescape",
            "groupby",
            "pprint",
            "random",
            "striptags",
            "urlencode",
            "urlize",
            "wordwrap",
            "xmlattr");

    static {
        Map<String, Filter> all = new HashMap<>();
        all.putAll(TextFilters.ALL);
        all.putAll(NumberFilters.ALL);
        all.putAll(ListFilters.ALL);
        all.putAll(SelectFilters.ALL);
        all.put("tojson", Json::filter);
        all.put(
                "attr",
                (value, a, e) -> AttributeAccess.attributeAlone(
                        value, a.of("attr", "name").text("name")));
        all.put("default", Filters::otherwise);
        all.put("d", Filters::otherwise);
        all.put("safe", (value, a, e) -> {
            a.none("safe");
            return new SafeText(Repr.text(value, e.budget()));
        });
        ALL = Map.copyOf(all);
    }

    private Filters() {}

    private static Object otherwise(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("default", "default_value", "boolean");
        boolean missing = value instanceof Undefined || (bound.truth("boolean") && !Values.truth(value));
        return missing ? bound.or("default_value", "") : value;
    }
}
