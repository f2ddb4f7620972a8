package org.selgen.experiment;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.RangeCheck;

/**
 * The grid of points that a picture of the plane is drawn from: {@code side}² questions of each dataset to every run.
 *
 * @param datasets whose classes of words to draw, each beside its first word
 * @param side points along one side of the grid
 */
public record RegionGrid(List<String> datasets, int side) implements Serializable {
    public RegionGrid {
        if (datasets.isEmpty()) {
            throw new BadInput("regions.datasets is empty but must name at least one; add it, or take out regions");
        }
        RangeCheck.within(2, 64, side, "regions.side");
    }
}
