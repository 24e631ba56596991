"""Detectors of PyOD without one defect each: with them, what a difference of ours comes from is shown, not supposed."""
import numpy as np
from pyod.models.abod import ABOD as PyodABOD
from pyod.models.hbos import HBOS as PyodHBOS
from pyod.models.inne import INNE as PyodINNE
from pyod.models.loda import LODA as PyodLODA


class _Scored:
    """Scores by `_scores` what it was fitted on, and what comes later."""

    def fit(self, rows, y=None):
        super().fit(rows)
        self.decision_scores_ = self._scores(rows)
        return self

    def decision_function(self, rows):
        return self._scores(rows)


class LODA(_Scored, PyodLODA):
    """Looks values up in the bin in which they were counted; PyOD looks them up one bin further to the right."""

    def _scores(self, rows):
        sums = np.zeros(len(rows))
        for projection, histogram, limits in zip(self.projections_, self.histograms_, self.limits_):
            places = np.searchsorted(limits[1:-1], rows @ projection, side="right")
            sums -= np.log(histogram[places])
        return sums / self.n_random_cuts


class HBOS(_Scored, PyodHBOS):
    """Looks values that lie on an edge up in the bin in which they were counted; PyOD takes the one to the left."""

    def _scores(self, rows):
        sums = np.zeros(len(rows))
        for j in range(rows.shape[1]):
            edges, heights = self.bin_edges_[:, j], np.log2(self.hist_[:, j] + self.alpha)
            places = np.clip(np.digitize(rows[:, j], edges[1:-1]), 0, len(heights) - 1)
            width = edges[1] - edges[0]
            far = (rows[:, j] < edges[0] - self.tol * width) | (rows[:, j] > edges[-1] + self.tol * width)
            sums -= np.where(far, heights.min(), heights[places])
        return sums


class INNE(PyodINNE):
    """Compares radii, as the paper does; PyOD compares their squares."""

    def _fit(self, rows):
        super()._fit(rows)
        self._ratio = 1 - np.sqrt(np.maximum(0, 1 - self._ratio))
        return self


class ABOD(PyodABOD):
    """Asks for one neighbour more, as PyOD counts a training row among its own and so loses one."""

    def __init__(self, n_neighbors=5):
        super().__init__(n_neighbors=n_neighbors + 1)
