/** What can be set; `activate` records carry it, so it is part of what the log says. */
export interface Settings {
  tenant: string
  /** A ceiling on alerts a day. */
  budgetPerDay: number
  /** Until this moment (ms UTC) events only teach; behaviours that need no habit speak at once. */
  warmupUntil: number
  /** From this moment on (ms UTC) scores are collected to compare with: half of the warm-up. */
  collectFrom: number
  seed: number
  /** Shards of memory inside the one process: changes nothing that anyone can see. */
  shards: number
}
