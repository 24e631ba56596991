/**
 * Which peer stands beside which of our detectors, and how both are set so that they do the same work. A detector that has
 * no line here has no peer.
 *
 * - `random`: its scores depend on a seed; means over several seeds are compared.
 * - `quadratic`: its time grows with the square of the rows; both sides get the same cut of 10,000 (speed: 20,000).
 * - `blas`: the peer rests on BLAS, so the aim is at most twice its time instead of never slower.
 * - `covariance`: both are not applicable where the covariance of the rows is singular.
 * - `labels`: it learns from labels: both sides fit on the same 70 % of the rows, as many of each kind, and score the rest.
 * - `params`: of ours, where its defaults do something else. `peers`: class, its parameters, and how it is asked (peers.py).
 */

export const pyod = (where, params = {}) => ({
  name: `PyOD ${where.split(':')[1]}`,
  make: `pyod.models.${where}`,
  ask: 'pyod',
  params,
})
const sklearn = (where, ask, params = {}) => ({
  name: `scikit-learn ${where.split(':')[1]}`,
  make: `sklearn.${where}`,
  ask,
  params,
})

export const PEERS = new Map(
  Object.entries({
    'isolation-forest': {
      random: true,
      peers: [pyod('iforest:IForest'), sklearn('ensemble:IsolationForest', 'score_samples')],
    },
    ecod: { peers: [pyod('ecod:ECOD')] },
    copod: { peers: [pyod('copod:COPOD')] },
    hbos: { peers: [pyod('hbos:HBOS')] },
    loda: { random: true, peers: [pyod('loda:LODA')] },
    pca: { blas: true, peers: [pyod('pca:PCA')] },
    mcd: {
      random: true,
      blas: true,
      covariance: true,
      peers: [pyod('mcd:MCD'), sklearn('covariance:MinCovDet', 'mahalanobis')],
    },
    mahalanobis: { blas: true, covariance: true, peers: [sklearn('covariance:EmpiricalCovariance', 'mahalanobis')] },
    'k-nearest-neighbours': {
      quadratic: true,
      peers: [pyod('knn:KNN', { n_neighbors: 5 })],
    },
    lof: {
      quadratic: true,
      peers: [
        pyod('lof:LOF', { n_neighbors: 20 }),
        sklearn('neighbors:LocalOutlierFactor', 'lof', { n_neighbors: 20 }),
      ],
    },
    cof: { quadratic: true, peers: [pyod('cof:COF', { n_neighbors: 20 })] },
    abod: { quadratic: true, peers: [pyod('abod:ABOD', { n_neighbors: 5 })] },
    inne: { random: true, peers: [pyod('inne:INNE')] },
    // Its k-means rests on BLAS: products of rows with centres.
    cblof: { random: true, blas: true, peers: [pyod('cblof:CBLOF', { n_clusters: 8 })] },
    gmm: { random: true, blas: true, peers: [pyod('gmm:GMM'), sklearn('mixture:GaussianMixture', 'score_samples')] },
    kde: { quadratic: true, peers: [pyod('kde:KDE'), sklearn('neighbors:KernelDensity', 'score_samples')] },
    'one-class-svm': {
      quadratic: true,
      blas: true,
      peers: [pyod('ocsvm:OCSVM'), sklearn('svm:OneClassSVM', 'score_samples', { gamma: 'auto' })],
    },
    'logistic-regression': {
      labels: true,
      blas: true,
      peers: [sklearn('linear_model:LogisticRegression', 'proba', { max_iter: 1000 })],
    },
    'random-forest': { labels: true, random: true, peers: [sklearn('ensemble:RandomForestClassifier', 'proba')] },
    'gradient-boosting': {
      labels: true,
      random: true,
      peers: [sklearn('ensemble:HistGradientBoostingClassifier', 'proba', { early_stopping: false })],
    },
  }),
)

/** What both sides need to know of a detector of ours. */
export const pairOf = (id) => {
  const {
    random = false,
    quadratic = false,
    blas = false,
    labels = false,
    covariance = false,
    params = {},
    peers,
  } = PEERS.get(id) ?? { peers: [] }
  return { id, random, quadratic, blas, labels, covariance, params, peers }
}
