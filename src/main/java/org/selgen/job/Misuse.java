package org.selgen.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, in one line. */
public final class Misuse {
    private static final Pattern INVALID = Pattern.compile("Invalid value for .*?: (?!'.*?' is not an? )(.*)");

    private static final Pattern OF_GROUP = Pattern.compile("Error: Missing required argument\\(s\\): \\(?(.*?)\\)?");

    private Misuse() {}

    public static String words(ParameterException misuse) {
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), misuse.getCommandLine());
        }
        if (misuse instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing);
        }
        if (misuse instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice; give it once";
        }
        ArgSpec argument = misuse.getArgSpec();
        if (argument == null) {
            return misuse.getMessage().lines().findFirst().orElse("");
        }
        Matcher ours = INVALID.matcher(misuse.getMessage());
        return ours.matches()
                        && !argument.type().isEnum()
                        && misuse.getCause() instanceof CommandLine.TypeConversionException
                ? name(argument) + ": " + ours.group(1)
                : name(argument) + " is '" + misuse.getValue() + "' but must be " + expected(argument);
    }

    private static String unmatched(String given, CommandLine command) {
        if (given.startsWith("-")) {
            return "there is no option '" + given + "'";
        }
        return command.getSubcommands().isEmpty()
                ? "'" + given + "' is one word too many; put words that belong together in quotes"
                : "there is no verb '" + given + "'";
    }

    private static String missing(MissingParameterException missing) {
        Matcher group = OF_GROUP.matcher(missing.getMessage()); // of which getMissing() has those too that are given
        List<String> names = group.matches()
                ? List.of(group.group(1).replace('=', ' ').split(", ", -1))
                : missing.getMissing().stream().map(Misuse::full).toList();
        return String.join(" and ", names) + (names.size() == 1 ? " is missing; add it" : " are missing; add them");
    }

    private static String full(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + argument.paramLabel()
                : argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String expected(ArgSpec argument) {
        Class<?> type = argument.type();
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (argument.typeInfo().isMap()) {
            return "KEY=VALUE";
        }
        if (List.of(int.class, Integer.class, long.class, Long.class).contains(type)) {
            return "a whole number";
        }
        return List.of(float.class, Float.class, double.class, Double.class).contains(type)
                ? "a number"
                : argument.paramLabel();
    }
}
