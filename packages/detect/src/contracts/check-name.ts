/** The promises that the conformance suite holds every detector to. An exemption names one of them. */
export type CheckName =
  | 'finds-what-was-planted'
  | 'explains-what-was-planted'
  | 'rows-do-not-depend-on-rows-beside-them'
  | 'scoring-does-not-learn'
  | 'trust-0-changes-no-belief'
  | 'follow-equals-itself-at-any-cut'
  | 'the-seed-decides-everything'
  | 'saved-and-loaded-scores-the-same'
  | 'each-older-version-loads'
  | 'input-arrays-stay-whole'
  | 'scores-are-finite'
  | 'memory-is-bounded'
  | 'missing-values-as-declared'
  | 'columns-by-name'
  | 'unsound-input-is-refused'
  | 'damaged-models-are-refused'
  | 'a-stopped-fit-ends'
  | 'fast-path-equals-slow-twin'
  | 'cites-its-source'
  | 'agrees-with-the-reference'

/** check → the reason why this detector cannot hold it. The suite fails when an exempt check starts to pass. */
export type Exemptions = { readonly [K in CheckName]?: string }
