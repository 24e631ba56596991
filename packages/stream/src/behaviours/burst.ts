/** The strongest surprise that a burst may claim of its own before anybody knows how often such bursts are harmless. */
export const OWN_SURPRISE = 8
