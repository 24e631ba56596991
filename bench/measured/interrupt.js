/** The first Ctrl-C asks a long bench to stop and report what is done, the second one ends it. @returns whether to stop */
export function heedInterrupt() {
  let stop = false
  process.on('SIGINT', () => {
    if (stop) process.exit(130)
    stop = true
    console.error('\nstopping; what is done is reported')
  })
  return () => stop
}
