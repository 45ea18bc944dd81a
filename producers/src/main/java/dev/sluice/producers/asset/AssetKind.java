package dev.sluice.producers.asset;

/** What sort of thing a name stands for. Decides how an ambiguous spelling is read. */
public enum AssetKind {
  /** A container image's repository. */
  IMAGE,
  /** A source repository. */
  REPOSITORY,
  /** A Helm chart. Its name keeps the prefix {@code chart:}, for charts share registries' names. */
  CHART,
  /** A workload or release in a cluster. Its name keeps the prefix {@code deployment:}. */
  DEPLOYMENT,
  /** Not said. */
  UNKNOWN
}
