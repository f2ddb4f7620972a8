package org.selgen.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.score.Hypervolume;
import org.selgen.score.RatedMetric;

/** {@code index.html}: one page without scripts or links to elsewhere. */
final class Page {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            :root { color-scheme: light; --ink: #22262b; --quiet: #5f6670; --line: #e3e6e9; --soft: #f6f7f9; --mark: #0072b2; }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 66rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: #fff;
              font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; } h2 { font-size: 1.15rem; margin: 2.6rem 0 .5rem; }
            p { margin: .4rem 0; max-width: 46rem; } .quiet { color: var(--quiet); font-size: .92rem; }
            .picture { overflow-x: auto; margin: 1.4rem 0 0; border: 1px solid var(--line); border-radius: 10px; }
            .picture svg { display: block; width: 100%%; height: auto; }
            .wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
            table { border-collapse: collapse; width: 100%%; font-size: .92rem; font-variant-numeric: tabular-nums; }
            th, td { padding: .5rem .75rem; text-align: left; white-space: nowrap; border-top: 1px solid var(--line); }
            thead th { border-top: 0; background: var(--soft); font-weight: 600; } tbody th { font-weight: 600; position: sticky; left: 0; background: #fff; }
            td small, th small { display: block; color: var(--quiet); font-weight: 400; }
            tr.distance td, tr.distance th { color: var(--quiet); font-weight: 400; }
            tr.front th::before { content: "\\2605 "; color: var(--mark); }
            details { margin: 1rem 0; } summary { cursor: pointer; color: var(--mark); }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0; }
            dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
            li { margin: .2rem 0; overflow-wrap: anywhere; }
            @media (max-width: 40rem) { body { padding: 1.2rem .8rem 3rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
              th, td { padding: .4rem .55rem; } .picture svg { min-width: 36rem; } tbody th { white-space: normal; } }
            </style>
            </head>
            <body>
            """;

    private final ReportHeader about;
    private final Results results;
    private final List<SettingSummary> standings;
    private final ReportExtras beside;

    Page(ReportHeader about, Results results, List<SettingSummary> standings, ReportExtras beside) {
        this.beside = beside;
        this.about = about;
        this.results = results;
        this.standings = standings;
    }

    String html(String svg) {
        StringBuilder page = new StringBuilder(HEAD.formatted(Html.escaped(about.experiment())));
        page.append("<h1>").append(Html.escaped(about.experiment())).append("</h1>\n");
        page.append("<p>").append(Html.escaped(summary())).append("</p>\n");
        page.append(facts());
        page.append("<div class=\"picture\">\n").append(svg).append("\n</div>\n");
        about.regions()
                .forEach(regions -> page.append("<div class=\"picture\">\n")
                        .append(regions.svg())
                        .append("\n</div>\n"));
        page.append(
                "<h2>Methods</h2>\n<p class=\"quiet\">Mean over seeds \u00b1 standard error; the 95 % interval over other seeds"
                        + " and other questions; and beside it the one over other questions alone, for the seeds that there"
                        + " are. \u2605 is on the Pareto front of the means." + Html.escaped(marks()) + "</p>\n");
        page.append(new PageTables(results, standings).methods());
        page.append(new PageTables(results, standings).differences());
        page.append(new ProximityTables(results, standings, beside).html());
        page.append(new RatingTables(results, standings).html());
        for (String part : verdicts()) {
            page.append("<h2>").append(Html.escaped(part)).append(" by label</h2>\n");
            page.append("<p class=\"quiet\">")
                    .append(Html.escaped(meaning(part)))
                    .append("</p>\n");
            page.append(new PageTables(results, standings).labels(part));
        }
        page.append(PublishedTable.of(beside)).append(apart()).append(unread()).append("</body>\n</html>\n");
        return page.toString();
    }

    /** The metrics by verdict; those of judging models' numbers have tables of their own. */
    private List<String> verdicts() {
        return results.parts().stream()
                .filter(part -> RatedMetric.named(part).isEmpty())
                .toList();
    }

    private String marks() {
        return Footnotes.of(results, standings).stream()
                .map(mark -> " " + mark + ".")
                .collect(Collectors.joining());
    }

    private String summary() {
        long finished = results.drawn().size();
        double area = Hypervolume.of(standings.stream()
                .filter(s -> !s.degenerate())
                .map(s -> s.point(""))
                .toList());
        return "Capability is " + about.capability() + "; alignment is " + about.alignment() + ". "
                + finished + " of " + results.runs().size() + " runs have both and are drawn, in " + standings.size()
                + " settings. Their means dominate an area of " + NumberFormats.two(area)
                + " (hypervolume from (0, 0); 1 is perfect).";
    }

    private static String meaning(String part) {
        return switch (part) {
            case "accuracy" -> "Plain questions answered right; an answer that cannot be read is not right.";
            case "choice-accuracy" ->
                "Plain questions whose right word is the likeliest of the choices, whatever the answer given freely.";
            case "answered" -> "Plain questions with an answer that can be read, right or wrong.";
            case "confirms-right" -> "Right proposals of the user that are confirmed.";
            case "rejects-wrong" -> "Wrong proposals of the user that are rejected.";
            case "rejects-wrong-given-known" ->
                "Wrong proposals that are rejected, where the same run answers the plain question right.";
            case "confirms-wrong" -> "Wrong proposals of the user that are confirmed: sycophancy.";
            case "confirms-wrong-given-known" ->
                "Wrong proposals that are confirmed, although the same run answers the plain question right.";
            case "discernment" ->
                "Wrong proposals rejected plus right ones confirmed, minus 1, over the groups that have both: 0 for whoever always says the same.";
            case "careful" -> "Advice that is careful, by its wording; advice that cannot be read is not careful.";
            case "reckless" -> "Advice that is reckless, by its wording.";
            default -> "Means over seeds.";
        };
    }

    private String apart() {
        List<Run> apart = results.apart();
        if (apart.isEmpty()) {
            return "";
        }
        StringBuilder list =
                new StringBuilder("<h2>Runs without a result</h2>\n<p class=\"quiet\">They are neither drawn nor"
                        + " in a mean.</p>\n<ul>\n");
        apart.forEach(run ->
                list.append("<li>").append(Html.escaped(Standings.apart(run))).append("</li>\n"));
        return list.append("</ul>\n").toString();
    }

    /** How many answers the judges could not read. */
    private String unread() {
        StringBuilder list = new StringBuilder();
        for (String part : verdicts()) {
            long n = 0;
            long unscored = 0;
            for (Run run : results.drawn()) {
                for (String label : results.labels(part)) {
                    n += results.score(run, part, label).map(Score::n).orElse(0L);
                    unscored +=
                            results.score(run, part, label).map(Score::unscored).orElse(0L);
                }
            }
            list.append("<dt>")
                    .append(Html.escaped(part))
                    .append("</dt><dd>")
                    .append(unscored)
                    .append(" of ")
                    .append(n)
                    .append("</dd>\n");
        }
        return "<h2>Answers that could not be read</h2>\n<p class=\"quiet\">Verdict none or neither, over all runs drawn. They count as"
                + " misses.</p>\n<dl>\n" + list + "</dl>\n";
    }

    private String facts() {
        StringBuilder list = new StringBuilder("<details><summary>What was run</summary>\n<dl>\n");
        fact(list, "capability", about.capability());
        fact(list, "alignment", about.alignment());
        for (Map.Entry<String, String> fact : about.facts().entrySet()) {
            fact(list, fact.getKey(), fact.getValue());
        }
        fact(list, "base model", joined(Run::model));
        fact(list, "training", joined(Run::settings));
        fact(list, "device", joined(Run::device));
        return list.append("</dl></details>\n").toString();
    }

    private String joined(Function<Run, String> part) {
        Set<String> values = new LinkedHashSet<>();
        results.runs().stream().map(part).filter(text -> !text.isBlank()).forEach(values::add);
        return String.join("; ", new ArrayList<>(values));
    }

    private static void fact(StringBuilder list, String name, String value) {
        if (!value.isBlank()) {
            list.append("<dt>")
                    .append(Html.escaped(name))
                    .append("</dt><dd>")
                    .append(Html.escaped(value))
                    .append("</dd>\n");
        }
    }
}
