package org.selgen.report.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.WholeFile;
import org.selgen.report.Report;
import org.selgen.report.page.PageData.Picture;

/** {@code index.html}, the page of an experiment. Equal input gives an equal page. */
public final class Page {
    /** Its name in the report's folder. */
    public static final String FILE = "index.html";

    private static final String DATA = "data"; // as the page's code has it

    private Page() {}

    /**
     * Writes the page, moved into place when it is whole, and beside it in {@code data} what is too much for it.
     *
     * @throws BadInput if there is nothing to show, or the folder cannot be written
     */
    public static Path write(Path folder, PageInput input) {
        return write(folder, input, PageParts.MOST);
    }

    /** @param most bytes of parts that the page takes in */
    static Path write(Path folder, PageInput input, int most) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput("cannot make " + folder + ": " + IoReason.of(e) + "; check the folder and the disk", e);
        }
        WholeFile.write(
                file,
                List.of(ByteBuffer.wrap(
                        html(input, new PageParts(folder.resolve(DATA), most)).getBytes(StandardCharsets.UTF_8))));
        return file;
    }

    private static String html(PageInput input, PageParts parts) {
        Picture frontier = new Picture(
                "Capability against alignment",
                PageFile.source(Report.picture(input.about(), input.runs(), input.scores())));
        PageData data = new PageContents(input).data(parts);
        String pictures = Stream.concat(Stream.of(frontier), data.pictures().stream())
                .map(picture -> "<p><img src=\"" + picture.source() + "\" alt=\"" + PageFile.escaped(picture.title())
                        + "\"></p>")
                .collect(Collectors.joining("\n"));
        return PageFile.html(
                input.about().experiment(),
                pictures,
                Report.table(input.runs(), input.scores()),
                PageFile.json(data),
                parts.finish());
    }
}
