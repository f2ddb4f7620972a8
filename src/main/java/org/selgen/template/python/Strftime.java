package org.selgen.template.python;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;

/** Python's {@code strftime} of midnight of a day, with English names. */
public final class Strftime {
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    private Strftime() {}

    public static String of(LocalDate day, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
            } else {
                boolean plain = format.startsWith("-", i + 1);
                i += plain ? 2 : 1;
                String directive = i < format.length() ? format.substring(i, i + 1) : "";
                String text = directive(day, directive);
                out.append(plain && text.length() > 1 ? text.replaceFirst("^0+(?=\\d)", "") : text);
            }
        }
        return out.toString();
    }

    private static String directive(LocalDate day, String directive) {
        String month = MONTHS.get(day.getMonthValue() - 1);
        String name = DAYS.get(day.getDayOfWeek().getValue() - 1);
        return switch (directive) {
            case "d" -> two(day.getDayOfMonth());
            case "e" -> String.format("%2d", day.getDayOfMonth());
            case "m" -> two(day.getMonthValue());
            case "y" -> two(day.getYear() % 100);
            case "Y" -> Integer.toString(day.getYear());
            case "b", "h" -> month.substring(0, 3);
            case "B" -> month;
            case "a" -> name.substring(0, 3);
            case "A" -> name;
            case "u" -> Integer.toString(day.getDayOfWeek().getValue());
            case "w" -> Integer.toString(day.getDayOfWeek().getValue() % 7);
            case "j" -> String.format("%03d", day.getDayOfYear());
            case "V" -> two(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "G" -> Integer.toString(day.get(IsoFields.WEEK_BASED_YEAR));
            case "F" -> day.toString();
            case "D", "x" -> two(day.getMonthValue()) + "/" + two(day.getDayOfMonth()) + "/" + two(day.getYear() % 100);
            case "H", "M", "S" -> "00";
            case "I" -> "12";
            case "p" -> "AM";
            case "R" -> "00:00";
            case "T", "X" -> "00:00:00";
            case "%" -> "%";
            default -> throw new Refused("'%" + directive + "' of strftime_now is not rendered here");
        };
    }

    private static String two(int number) {
        return String.format("%02d", number);
    }
}
