package org.selgen.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jfree.chart.JFreeChart;

/** A chart as PDF; apart from {@link Pictures}, since a notebook that draws has no library for it. */
final class PdfPicture {
    private PdfPicture() {}

    /** A page of the picture's size, 72 units to an inch. Letters are outlines, so that no font is needed or embedded. */
    static byte[] of(JFreeChart chart) {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(new PDRectangle(Pictures.WIDTH, Pictures.HEIGHT));
            document.addPage(page);
            PdfBoxGraphics2D g2 = new PdfBoxGraphics2D(document, Pictures.WIDTH, Pictures.HEIGHT);
            chart.draw(g2, new Rectangle2D.Double(0, 0, Pictures.WIDTH, Pictures.HEIGHT));
            g2.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm(g2.getXFormObject());
            }
            document.setDocumentId(1L); // else a hash of the time
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
