package org.selgen.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selgen.data.BadInput;

/**
 * The name of a model on the Hugging Face Hub, {@code org/name} or {@code org/name@revision}.
 *
 * @param org who published it
 * @param name of the model
 * @param revision a branch, a tag or a commit of 40 hexadecimal digits; {@code main} where none was given
 */
public record ModelId(String org, String name, String revision) {
    private static final String MAIN = "main";
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
    private static final Pattern FORM = Pattern.compile("(" + WORD + ")/(" + WORD + ")(?:@(.*))?", Pattern.DOTALL);
    private static final Pattern REVISION = Pattern.compile(WORD + "(/" + WORD + "){0,4}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws BadInput if a part could mean another place than a name */
    public ModelId {
        check(org, Pattern.matches(WORD, org));
        check(name, Pattern.matches(WORD, name));
        check(revision, REVISION.matcher(revision).matches());
    }

    /**
     * What a text names; empty if it has not the form of a name on the Hub.
     *
     * @throws BadInput if it has the form, but a part that the Hub does not allow
     */
    public static Optional<ModelId> of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ModelId(form.group(1), form.group(2), form.group(3) == null ? MAIN : form.group(3)))
                : Optional.empty();
    }

    /** Whether the text is a commit's full hash. */
    static boolean commit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Without the revision, as {@code google/gemma-2b-it}. */
    public String repository() {
        return org + "/" + name;
    }

    /** Its folder in the cache. */
    String folder() {
        return "models--" + org + "--" + name;
    }

    @Override
    public String toString() {
        return revision.equals(MAIN) ? repository() : repository() + "@" + revision;
    }

    private static void check(String part, boolean holds) {
        if (!holds || part.contains("..") || part.contains("--")) {
            throw new BadInput("model name part '" + part + "' must be letters, digits and single . _ - of at most 96"
                    + " characters, as in google/gemma-2b-it@main; correct the name");
        }
    }
}
