package org.selgen.experiment.conf;

import java.util.List;

/**
 * Where the values of a tree were given: in a file, or in settings of the command line that replace some of them. A mistake is
 * said to be where it was made.
 *
 * @param file as errors name it
 * @param settings each {@code path.to.key=value}; the last one that concerns a value counts
 */
record Origin(String file, List<String> settings) {
    /** Of the value at a path, as {@code training.batch} or {@code methods[0].kl-penalty}. */
    String of(String path) {
        String dotted = dotted(path);
        return last(key -> dotted.equals(key) || dotted.startsWith(key + "."));
    }

    /** Of a key that should not be there: a setting below it may have made it. */
    String ofUnknown(String path) {
        String dotted = dotted(path);
        return last(key -> (dotted + ".").startsWith(key + ".") || key.startsWith(dotted + "."));
    }

    /** Of what makes the values at a path together impossible, by the words that say why. */
    String ofRecord(String path, String why) {
        String dotted = dotted(path);
        String file = path.isEmpty() ? this.file : this.file + ", " + path;
        String setting = last(
                key -> dotted.equals(key) || (!dotted.isEmpty() && dotted.startsWith(key + ".")) || speaksOf(why, key));
        return setting.equals(this.file) ? file : setting;
    }

    private static boolean speaksOf(String why, String key) {
        return why.startsWith(key + " ") || (key.contains(".") && why.contains(key));
    }

    private interface Key {
        boolean matches(String key);
    }

    private String last(Key meant) {
        for (int i = settings.size() - 1; i >= 0; i--) {
            String setting = settings.get(i);
            if (meant.matches(setting.substring(0, Math.max(0, setting.indexOf('='))))) {
                return "--set " + setting;
            }
        }
        return file;
    }

    private static String dotted(String path) {
        return path.replaceAll("\\[(\\d+)]", ".$1");
    }
}
