/** Colours for a person at a terminal: not for a pipe, nor for a machine that only calls itself CI. https://no-color.org */
import picocolors from 'picocolors'

const { env, stdout } = process

export const colours = picocolors.createColors(
  env['NO_COLOR'] === undefined &&
    (env['FORCE_COLOR'] !== undefined || (stdout.isTTY === true && env['TERM'] !== 'dumb')),
)
